import { expect } from 'chai';
import { runAgainst } from './hostile.fixture.ts';
import { targets } from './hostile-targets.fixture.ts';

/** Of CPU. No measure of speed: what takes longer or holds more has lost its bounds. */
const MOST_SECONDS = 300;
/** By the clock: what has not ended by then waits for something that will not come. */
const MOST_MINUTES = 30;
/**
 * Of the process as users have it, Node's own 50 included. Less than 150 of it lives, for the worst of these runs ends alike with no
 * more: the rest is garbage that V8 lets stand while there is room, now 290 in all and now 430.
 */
const MOST_MIB = 512;

describe('every hostile target', function () {
  this.timeout(MOST_MINUTES * 60_000);

  it('is one of eighty at least', () => {
    expect(targets.length).to.be.at.least(80);
  });

  for (const target of targets) {
    it(`${target.what}: ${target.codes.join(' or ')}`, async () => {
      const { code, out, peak, seconds, report } = await runAgainst(target);
      expect(target.codes, out.slice(-2000)).to.include(code);
      expect(out).not.to.match(/failed in itself|Maximum call stack|MaxListenersExceeded|heap out of memory/);
      expect(out).not.to.match(/[\u0000-\u0008\u000b-\u001f\u007f]/);
      expect(report?.exitCode).to.equal(code);
      expect(peak, 'MiB').to.be.below(MOST_MIB);
      expect(seconds).to.be.below(MOST_SECONDS);
    });
  }
});
