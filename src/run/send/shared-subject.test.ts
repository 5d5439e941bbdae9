import { expect } from 'chai';
import type { Engine } from '../../exchange/engine.ts';
import { nothingToHide } from '../../exchange/redact.ts';
import type { NonEmpty } from '../../model/contract.ts';
import type { Subject, TransportFailure, WireRequest } from '../../model/exchange.ts';
import type { Level, Refuses } from '../../model/requirement.ts';
import { plannedScript, type PlannedScript } from '../plan/planned-script.ts';
import type { Ended, Run, ScriptResult } from '../run.ts';
import { secondIn } from '../plan/second-success.ts';
import { sendShared } from './shared-subject.ts';
import { tellApart } from './tell-apart.ts';
import { sharing } from '../plan/sharing.ts';
import { widgetComposer } from '../widget.fixture.ts';

const c = widgetComposer();
const success = c.request(c.route('paint'));

/** A script of one request that is to be refused, which its host knows by a header; and of a success, where that is its own. */
function refusal(variant: string, refuses: Refuses): PlannedScript {
  const refused = c.request(c.route('paint'), { headers: [['X-Variant', variant]] });
  return plannedScript(refuses === 'every request' ? c.onFresh(refused) : c.onFresh(refused, success), 'own', 1);
}

/** Scripts by the variants that they ask for, sharing a subject. */
function group(
  variants: readonly string[],
  { refuses = 'every request', level = 'MUST' }: { readonly refuses?: Refuses; readonly level?: Level } = {},
): readonly PlannedScript[] {
  return sharing(variants.map((variant) => ({ planned: refusal(variant, refuses), refuses, success, level })));
}

/**
 * What a host does with a request that it is to refuse: tells that it did it, does it and refuses, does so where another such
 * request came before it, or is silent.
 */
type Fault = 'does it openly' | 'does it and refuses' | 'does it after another' | TransportFailure['kind'];

interface Sent {
  readonly run: Run;
  /** Variants in the order sent, with the subject of each; `success` is a call in order. */
  readonly log: readonly (readonly [variant: string, subject: string])[];
}

/** Sends a group to a host with faults, as far as its subjects reach. */
async function sent(
  scripts: readonly PlannedScript[],
  faults: Readonly<Record<string, Fault>>,
  {
    subjects = 40,
    second = 409,
    requests = Number.POSITIVE_INFINITY,
  }: { readonly subjects?: number; readonly second?: number; readonly requests?: number } = {},
): Promise<Sent> {
  const log: [string, string][] = [];
  const done = new Set<string>();
  const answer = (status: number) => ({
    kind: 'response' as const,
    response: { httpVersion: '1.1', status, reason: '', headers: [], body: new Uint8Array() },
  });
  const host = ({ headers, target }: WireRequest) => {
    const variant = headers.find(([name]) => name === 'X-Variant')?.[1] ?? 'success';
    const subject = /widgets\/([^/]+)/.exec(target)?.[1] ?? '';
    log.push([variant, subject]);
    const wasDone = done.has(subject);
    if (variant === 'success') {
      done.add(subject);
      return answer(wasDone ? second : faults[variant] === undefined ? 200 : 400);
    }
    const fault = faults[variant];
    if (fault === undefined) return answer(400);
    if (fault === 'does it after another') {
      const isAfter = log.slice(0, -1).some(([other, of]) => of === subject && faults[other] === fault);
      if (isAfter) done.add(subject);
      return answer(400);
    }
    done.add(subject);
    if (fault === 'does it openly') return answer(200);
    return fault === 'does it and refuses'
      ? answer(400)
      : { kind: 'failure' as const, failure: { kind: fault, message: 'no answer' } };
  };
  const engine: Engine = {
    send: (request) => Promise.resolve({ outcome: host(request), ms: 1, notes: [] }),
    close: () => undefined,
  };
  let given = 0;
  const subject = (): Subject => {
    given += 1;
    return { WidgetId: `w${given}`, ColourId: 'c' };
  };
  const ended: Ended[] = [];
  const run: Pick<
    Run,
    | 'composer'
    | 'engine'
    | 'target'
    | 'identity'
    | 'redactor'
    | 'source'
    | 'world'
    | 'overdue'
    | 'ended'
    | 'hung'
    | 'results'
  > = {
    composer: c,
    engine,
    target: new URL('http://host.example'),
    identity: {
      secrets: [],
      user: null,
      kind: 'bearer',
      scheme: null,
      canPresent: () => true,
      resolve: () => ({ kind: 'presented', headers: [], query: [] }),
    } as unknown as Run['identity'],
    redactor: nothingToHide,
    source: {
      says: 'a file',
      offers: (state) => state === c.fresh,
      left: () => subjects - given,
      setUp: () =>
        Promise.resolve(
          given < subjects ? { kind: 'ready', subject: subject() } : { kind: 'exhausted', reason: 'none is left' },
        ),
      tearDown: () => Promise.resolve(),
    },
    world: {
      now: () => new Date(0),
      elapsed: () => 0,
      sleep: () => Promise.resolve(),
      signal: new AbortController().signal,
    },
    overdue: () => (log.length < requests ? null : 'the run has taken as long as it may'),
    ended,
    hung: [],
    results: new Map(),
  };
  const doubt = await sendShared(scripts, run as Run);
  await tellApart(doubt === null ? [] : [doubt], run as Run);
  return { run: run as Run, log };
}

const variantOf = ({ script }: PlannedScript): string =>
  script.steps[0].headers.find(([name]) => name === 'X-Variant')?.[1] ?? '';

/** What became of each script: refused and nothing done, answered otherwise, or in doubt together with others. */
function fates(scripts: readonly PlannedScript[], { run }: Sent): Readonly<Record<string, string>> {
  const fate = (result: ScriptResult | undefined): string => {
    if (result?.kind !== 'ran') return result === undefined ? 'nothing' : `not run: ${result.cause}`;
    const last = result.exchanges.at(-1)?.outcome;
    const said = last?.kind === 'response' ? `${last.response.status}` : (last?.failure.kind ?? 'nothing sent');
    const held = result.heldBack === undefined ? '' : ', held back';
    return `${said}${held}${result.doubt === undefined ? '' : ', in doubt'}`;
  };
  return Object.fromEntries(scripts.map((each) => [variantOf(each), fate(run.results.get(each.key))]));
}

/** Every one of these is so. */
const all = (variants: readonly string[], fate: string): Readonly<Record<string, string>> =>
  Object.fromEntries(variants.map((variant) => [variant, fate]));

const eight: NonEmpty<string> = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

describe('refusals that share a subject', () => {
  it('are sent one after the other on it, with a success at the end that shows that nothing was done', async () => {
    const scripts = group(eight);
    const ran = await sent(scripts, {});
    expect(fates(scripts, ran)).to.deep.equal(all(eight, '400'));
    // Behind the success comes what tells a second one from the first.
    expect(ran.log).to.deep.equal([...eight, 'success', 'success'].map((variant) => [variant, 'w1']));
  });

  it('name the one that is carried out silently: halves on fresh subjects tell it from the others', async () => {
    for (const guilty of eight) {
      const scripts = group(eight, { refuses: 'all but the last' });
      const ran = await sent(scripts, { [guilty]: 'does it and refuses' });
      // The success behind each was accepted, but for the one behind the guilty one.
      expect(fates(scripts, ran)).to.deep.equal({ ...all(eight, '200'), [guilty]: '409' });
      // One for all, then two each time they are halved.
      expect(new Set(ran.log.map(([, subject]) => subject)).size, 'subjects').to.be.at.most(1 + 2 * 3);
    }
  });

  for (const fault of ['does it openly', 'timeout', 'reset'] as const) {
    it(`end where one ${fault === 'does it openly' ? fault : `is not answered: ${fault}`}; what comes behind it has a fresh subject`, async () => {
      const scripts = group(eight);
      const ran = await sent(scripts, { d: fault });
      const said = fault === 'does it openly' ? '200' : fault;
      expect(fates(scripts, ran)).to.deep.equal({ ...all(eight, '400'), d: said });
      const subjectOf = new Map(ran.log);
      // What came before is in doubt and asked again; what comes behind was not asked of a spent subject.
      for (const behind of ['e', 'f', 'g', 'h']) expect(subjectOf.get(behind)).not.to.equal('w1');
      const onFirst = ran.log.filter(([, subject]) => subject === 'w1').map(([variant]) => variant);
      expect(onFirst.slice(0, 4)).to.deep.equal(['a', 'b', 'c', 'd']);
      for (const before of ['a', 'b', 'c'])
        expect(new Set(ran.log.filter(([v]) => v === before).map(([, subject]) => subject)).size).to.equal(2);
    });
  }

  it('have failed, each with the names of all, where no subject is left to tell which it was, and are never skipped', async () => {
    const scripts = group(eight);
    const ran = await sent(scripts, { c: 'does it and refuses' }, { subjects: 1 });
    expect(fates(scripts, ran)).to.deep.equal(all(eight, '400, in doubt'));
    const named = scripts.flatMap(({ exchanges: [first] }) => first ?? []);
    for (const { key } of scripts) {
      const result = ran.run.results.get(key);
      const doubt = result?.kind === 'ran' ? result.doubt : undefined;
      expect(doubt).to.match(/^one of 8 scripts on one subject changed it/);
      for (const id of named) expect(doubt).to.include(id);
    }
  });

  it('before one that is carried out openly are explained by it where no subject is left: how they are refused is judged, and no more', async () => {
    const scripts = group(eight, { refuses: 'all but the last' });
    const ran = await sent(scripts, { d: 'does it openly' }, { subjects: 1 });
    expect(fates(scripts, ran)).to.deep.equal({
      ...all(['a', 'b', 'c'], '400, held back'),
      d: '409',
      ...all(['e', 'f', 'g', 'h'], 'not run: subjects'),
    });
  });

  it('are explained by the simplest that is carried out, and with few subjects none of them is in doubt that was not with it to the end', async () => {
    const scripts = group(eight, { refuses: 'all but the last' });
    // One for all, one to see that the success succeeds, three halves: the last of them is one by itself.
    const ran = await sent(scripts, { a: 'does it and refuses', e: 'does it and refuses' }, { subjects: 5 });
    expect(fates(scripts, ran)).to.deep.equal({ ...all(eight, '400, held back'), a: '409' });
    const fewer = await sent(scripts, { a: 'does it and refuses' }, { subjects: 4 });
    expect(fates(scripts, fewer)).to.deep.equal({
      ...all(eight, '400, held back'),
      ...all(['a', 'b'], '409, in doubt'),
    });
  });

  it('have failed together where parts of them leave a subject as it was, and all of them change it once more', async () => {
    const scripts = group(['a', 'b', 'c', 'd', 'e', 'f'], { refuses: 'all but the last' });
    const faults = { b: 'does it after another', e: 'does it after another' } as const;
    const fate = fates(scripts, await sent(scripts, faults));
    expect([...new Set(Object.values(fate))]).to.deep.equal(['409, in doubt']);
  });

  it('are not at fault where the success itself fails on a subject that nothing else was asked of', async () => {
    const scripts = group(eight, { refuses: 'all but the last' });
    const ran = await sent(scripts, { success: 'does it and refuses' });
    expect(fates(scripts, ran)).to.deep.equal(all(eight, '400'));
    expect(new Set(ran.log.map(([, subject]) => subject)).size, 'subjects').to.equal(2);
  });

  it('stand there without a success, and none of them is in doubt, where the run ends before that', async () => {
    const scripts = group(eight, { refuses: 'all but the last' });
    const ran = await sent(scripts, {}, { requests: eight.length });
    expect(fates(scripts, ran)).to.deep.equal(all(eight, '400'));
  });

  it('leave no doubt on what stood before a SHOULD that is carried out: it was fresh until then', async () => {
    const must = group(['a', 'b', 'c']);
    const [last] = group(['lesser'], { level: 'SHOULD' });
    const scripts = [...must, ...(last === undefined ? [] : [last])];
    const ran = await sent(scripts, { lesser: 'does it openly' }, { subjects: 1 });
    expect(fates(scripts, ran)).to.deep.equal({ ...all(['a', 'b', 'c'], '400'), lesser: '200' });
  });
});

describe('whether a second success is told from the first', () => {
  for (const [second, told] of [
    [409, 'told apart'],
    [200, 'answered alike'],
  ] as const) {
    it(`is learned on the subject of the refusals, once they are done: ${told} where it is answered with ${second}`, async () => {
      const ran = await sent(group(eight), {}, { second, subjects: 1 });
      expect(secondIn(ran.run.results, success, c)).to.equal(told);
      expect(ran.log.slice(-2)).to.deep.equal([
        ['success', 'w1'],
        ['success', 'w1'],
      ]);
    });
  }

  it('is not learned by halves: no success shows it where what was refused was done', async () => {
    const ran = await sent(group(['a']), { a: 'does it and refuses' }, { subjects: 1 });
    expect(secondIn(ran.run.results, success, c)).to.equal(null);
  });
});
