import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { baselineOf } from '../src/gate/baseline.ts';
import { compare } from '../src/gate/compare.ts';
import type { Comparison } from '../src/model/comparison.ts';
import type { Contract } from '../src/model/contract.ts';
import type { Redacted } from '../src/model/redacted.ts';
import type { Report } from '../src/model/report.ts';
import type { PlainObject, PlainValue } from '../src/model/value.ts';
import type { Mutate } from '../src/provider/behaviour.ts';
import { openRun } from '../src/run/open/open.ts';
import { runCatalogue } from '../src/run/run-catalogue.ts';
import { readSettings } from '../src/settings/settings.ts';
import { silent } from './console.fixture.ts';
import { embedded } from '../src/embedded/embedded.ts';
import { suiteOf } from '../specs/suite.ts';

const file = new URL('../specs/shapes/find-tools/contract.json', import.meta.url);
const contract: Contract = { ...(JSON.parse(readFileSync(file, 'utf8')) as Contract), effect: 'reads' };

/** The items that a success lists, changed. */
const listing =
  (change: (items: readonly PlainObject[], nth: number) => readonly PlainValue[]): Mutate =>
  (b) => {
    let nth = 0;
    return {
      ...b,
      execute: (call) => {
        const outcome = b.execute(call);
        if (outcome.kind !== 'success') return outcome;
        nth += 1;
        return { ...outcome, value: change(outcome.value as readonly PlainObject[], nth) };
      },
    };
  };

const without = (name: string, item: PlainObject): PlainObject =>
  Object.fromEntries(Object.entries(item).filter(([each]) => each !== name));

describe('data that live', function () {
  this.timeout(120_000);
  const console = silent();
  let accepted: Redacted<Report>;

  async function report(mutate: Mutate = (b) => b, repeat = 1): Promise<Redacted<Report>> {
    const settings = { ...readSettings({ target: 'embedded' }, contract, console), only: ['types', 'formats'], repeat };
    const run = await openRun(suiteOf(contract), settings, console, embedded({ mutate }));
    try {
      return await runCatalogue(run);
    } finally {
      await run.close();
    }
  }
  function held(now: Redacted<Report>): Comparison {
    return compare(baselineOf(accepted), now, { against: 'a', strict: true, asked: new Map(), waivers: [] });
  }
  before(async () => {
    accepted = await report();
  });

  for (const [what, change] of [
    ['one more', (items) => [...items, ...items.slice(0, 1)]],
    ['none', () => []],
    ['another order', (items) => items.toReversed()],
    ['other numbers', (items) => items.map((item) => ({ ...item, Id: '4711' }))],
  ] as readonly (readonly [string, Parameters<typeof listing>[0]])[])
    it(`are no change: ${what}`, async () => {
      const { changed, regressed, exitCode } = held(await report(listing(change)));
      expect([changed, regressed, exitCode]).to.deep.equal([[], [], 0]);
    });

  it('are no answer that is not always the same', async () => {
    const { requirements } = await report(
      listing((items, nth) =>
        [...items, ...items].slice(0, 1 + (nth % 4)).map((item) => ({ ...item, Id: String(nth) })),
      ),
      2,
    );
    expect(requirements.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)).to.deep.equal([]);
  });

  it('are a change where a member is gone', async () => {
    const { changed, exitCode } = held(await report(listing((items) => items.map((item) => without('Id', item)))));
    expect(changed).not.to.have.length(0);
    expect(exitCode).to.equal(1);
  });
});
