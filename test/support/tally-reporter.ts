import type { Reporter, TestModule } from 'vitest/node';

/** Ends the report with one plain line, `12 passed, 0 failed`, for whoever reads the log by machine. */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const broken = modules.filter(
      (module) => module.state() === 'failed' && module.errors().length > 0,
    ).length;
    console.log(`\n${count('passed')} passed, ${count('failed') + broken} failed`);
  }
}
