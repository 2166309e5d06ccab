// Names the tests that passed only when they were tried again, which CI allows once: a busy machine may be the reason,
// and whoever reads the run must know.
// biome-ignore lint/style/noDefaultExport: vitest loads a reporter by its file's default export.
export default class FlakyReporter {
  #names = [];

  onTestCaseResult(test) {
    if (test.diagnostic()?.flaky) this.#names.push(`${test.module.relativeModuleId} > ${test.fullName}`);
  }

  onTestRunEnd() {
    if (this.#names.length === 0) return;
    console.log(`\nFLAKY (failed, and passed when tried again):\n${this.#names.map((name) => `  ${name}`).join('\n')}`);
  }
}
