import { relative } from 'node:path';

import type { Reporter, TestModule, Vitest } from 'vitest/node';

/** Of a file's lines; what is covered better is not worth a line of the report. */
const WELL_COVERED_PERCENT = 90;

/** What this reads of istanbul's coverage map. */
interface CoverageMap {
  files(): string[];
  fileCoverageFor(file: string): {
    toSummary(): { readonly lines: { readonly pct: number } };
  };
}

/** Ends the report with the files that tests see little of, and one line: what passed, what failed, and how long it took. */
export default class TallyReporter implements Reporter {
  #hasCoverage = false;
  #littleTested: readonly string[] = [];
  #tally = '';

  onInit(vitest: Vitest): void {
    this.#hasCoverage = vitest.config.coverage.enabled;
  }

  onCoverage(coverage: unknown): void {
    const map = coverage as CoverageMap;
    this.#littleTested = map
      .files()
      .toSorted()
      .flatMap((file) => {
        const covered = map.fileCoverageFor(file);
        const { pct } = covered.toSummary().lines;
        return pct < WELL_COVERED_PERCENT ? [`${relative('', file)}: ${pct} % of its lines are tested`] : [];
      });
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const broken = modules.filter(
      (module) => module.state() === 'failed' && module.errors().length > 0,
    ).length;
    const failed = count('failed') + broken;
    const seconds = Math.round(performance.now() / 1_000);
    this.#tally = `\n${count('passed')} passed, ${failed} failed, in ${seconds} s`;
    // Without a failure, the thresholds of the coverage are still to be told.
    if (failed > 0 || !this.#hasCoverage) console.log(this.#tally);
  }

  onFinishedReportCoverage(): void {
    for (const line of this.#littleTested) console.log(line);
    console.log(this.#tally);
  }
}
