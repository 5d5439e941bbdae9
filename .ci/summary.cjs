const { Spec } = require('mocha').reporters;

/** Mocha's own report, and its outcome once more as a last line that a program can read. */
module.exports = class Summary extends Spec {
  epilogue() {
    super.epilogue();
    console.log(`${this.stats.passes} passed, ${this.stats.failures} failed`);
  }
};
