/** Something that keeps the process from starting, told to whoever starts it: a sentence for each problem. */
export class StartupProblem extends Error {
  override readonly name = 'StartupProblem';
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: { cause: unknown }) {
    super(problems.join('\n'), options);
    this.problems = problems;
  }
}
