// Counts what passed and failed, and says so as it goes.
export class Checks {
  passed = 0;
  failed = 0;
  #broken = false;
  #start = Date.now();

  // Steps that build on one another: after the first failure the others fail without being tried.
  group(name) {
    this.#broken = false;
    this.#say(`---- ${name}`);
  }

  get broken() {
    return this.#broken;
  }

  async check(name, run) {
    if (this.#broken) return this.#fail(name, "not tried, a step before it failed");
    try {
      await run();
      this.passed++;
      this.#say(`ok   ${name}`);
    } catch (error) {
      this.#broken = true;
      this.#fail(name, String(error?.stack ?? error).split("\n").slice(0, 6).join(" | "));
    }
  }

  // The last line of a run, and its exit status.
  finish() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exitCode = this.failed > 0 || this.passed === 0 ? 1 : 0;
  }

  #fail(name, why) {
    this.failed++;
    this.#say(`FAIL ${name}: ${why}`);
  }

  #say(line) {
    console.log(`${((Date.now() - this.#start) / 1000).toFixed(1).padStart(5)}s ${line}`);
  }
}
