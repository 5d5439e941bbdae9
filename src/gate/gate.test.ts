// One comparison: every side on which a case or an answer may come to stand.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Comparison, Observation } from '../model/comparison.ts';
import type { ExchangeId } from '../model/exchange.ts';
import type { Profile } from '../model/profile.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report, ReportedExchange, ReportedRequirement } from '../model/report.ts';
import type { Level } from '../model/requirement.ts';
import type { VerdictWord } from '../model/verdict.ts';
import type { Waiver } from '../model/waiver.ts';
import { jsonReport } from '../report/json.ts';
import { exchange, exchangeId, passingReport } from '../report/report.fixture.ts';
import type { Settings } from '../settings/settings.ts';
import { baselineOf, baselineText, misfit, openBaseline, readBaseline, type Baseline } from './baseline.ts';
import { compare, narrowed, type Terms } from './compare.ts';
import { sparing } from './two-hosts.ts';

const id = (name: string): ExchangeId => exchangeId(Buffer.from(name).toString('hex').padEnd(12, '0').slice(0, 12));
const named = (name: string): ReportedExchange => ({ ...exchange(name), id: id(name) });
const seen: Observation = { status: '200', body: '{}' };

type Cases = Readonly<Record<string, VerdictWord>>;

/** A requirement with a case of each name. */
function requirement(name: string, cases: Cases, level: Level = 'MUST', reason?: string): ReportedRequirement {
  return {
    id: name as ReportedRequirement['id'],
    area: 'routes',
    level,
    basis: 'http',
    title: `${name} is kept`,
    why: 'w',
    cites: [],
    verdict: 'pass',
    cases: Object.entries(cases).map(([variant, verdict]) => ({
      key: variant === 'the only case' ? {} : { variant },
      verdict,
      findings: [],
      exchanges: [],
      ...(reason !== undefined && { reason }),
    })),
  };
}

function report(
  requirements: readonly ReportedRequirement[],
  observed: Readonly<Record<string, Observation>> = {},
  change: Partial<Report> = {},
): Redacted<Report> {
  const exchanges = Object.entries(observed).map(([name, observation]) => ({
    ...named(name),
    observed: observation,
  }));
  return { ...passingReport(), requirements, exchanges, ...change };
}

const names = (cases: readonly { readonly requirement: string; readonly case: string }[]): readonly string[] =>
  cases.map((c) => `${c.requirement} ${c.case}`);

describe('a baseline', () => {
  const made = baselineOf(
    report([requirement('ROUTE-002', { b: 'pass', a: 'pass', c: 'fail', d: 'skip' }), requirement('ROUTE-001', {})], {
      two: { status: '200', body: '{}' },
      one: { body: '{}', status: '200' },
      three: { status: '404' },
    }),
  );

  it('holds verdicts by case, and each distinct observation once', () => {
    expect(made.schemaVersion).to.equal(1);
    expect(made.accepted).to.deep.equal([]);
    expect(made.requirements).to.deep.equal({
      'ROUTE-002': { level: 'MUST', cases: { pass: ['a', 'b'], fail: ['c'] } },
      'ROUTE-001': { level: 'MUST', cases: {} },
    });
    expect(Object.values(made.observations)).to.deep.equal([{ status: '200', body: '{}' }, { status: '404' }]);
    expect(made.exchanges[id('one')]).to.equal(made.exchanges[id('two')]);
    expect(made.exchanges[id('one')]).not.to.equal(made.exchanges[id('three')]);
    expect(made.exchanges[id('one')]).to.match(/^[0-9a-f]{8}$/);
    expect(baselineOf({ ...report([]), exchanges: [named('one')] }).exchanges).to.deep.equal({});
  });

  it('is text that is the same whatever the order, and is read back', () => {
    const accepted = [{ at: '2026-11-24T10:00:00.000Z', reason: 'first', suite: '1.0.0' }];
    const text = baselineText({ ...made, accepted });
    const names = [...text.matchAll(/"(ROUTE-\d+|status|body)":/g)].map(([, name]) => name);
    expect(names).to.deep.equal(['ROUTE-001', 'ROUTE-002', ...names.slice(2)]);
    expect(names.slice(2).join()).to.match(/^(body,status,status|status,body,status)$/);
    expect(text.endsWith('}\n')).to.equal(true);
    expect(readBaseline(text)).to.deep.equal({ ok: true, baseline: { ...made, accepted } });
  });

  it('may be the report of a run', () => {
    const whole = report(passingReport().requirements, { one: seen });
    expect(readBaseline(jsonReport(whole))).to.deep.equal({ ok: true, baseline: baselineOf(whole) });
  });

  const text = baselineText(made);
  const broken = (change: object): string => JSON.stringify({ ...(JSON.parse(text) as object), ...change });
  for (const [what, given, says] of [
    ['no JSON', 'x', /^is not JSON: name a file that conform accept or --report json=FILE wrote$/],
    ['no object', '1', /^holds no JSON object: name a file/],
    ['null', 'null', /^holds no JSON object: name a file/],
    ['another version', '{"schemaVersion":2}', /^has schema version 2, this version reads 1: make it again/],
    ['an empty object', '{}', /^is no baseline: at its root it must have/],
    ['a wrong place', broken({ operation: 1 }), /^is no baseline: at \/operation it must be string; make it again/],
    ['a missing observation', broken({ observations: {} }), /^is no baseline: it has no observation [0-9a-f]{8}; make/],
    ['a report that is none', '{"startedAt":1}', /^is no report that can serve as a baseline: .*[^.]$/],
    [
      'an interrupted run',
      jsonReport(report(passingReport().requirements, { one: seen }, { interrupted: true })),
      /^is the report of a run that came to no verdict: run it again/,
    ],
    [
      'a run without a verdict',
      jsonReport(report(passingReport().requirements, { one: seen }, { verdict: 'inconclusive' })),
      /^is the report of a run that came to no verdict/,
    ],
    [
      'a report of an older version',
      jsonReport({ ...report(passingReport().requirements), exchanges: [named('one')] }),
      /^is a report without observed behaviour, of an older version: make it again/,
    ],
  ] as const)
    it(`is not read from ${what}`, () => {
      const read = readBaseline(given);
      expect(read.ok ? 'read' : read.problem).to.match(says);
    });

  it('fits a run of the same operation and profile', () => {
    const { operation, profile } = made;
    expect(misfit(made, operation, profile)).to.equal(null);
    expect(misfit(made, 'Other', profile)).to.equal(
      `is a baseline of ${operation}, this suite is about Other: name another file`,
    );
    const other: Profile = {
      ...profile,
      casing: profile.casing === 'camel' ? 'pascal' : 'camel',
      debug: !profile.debug,
    };
    expect(misfit(made, operation, other)).to.match(
      /^is a baseline of another profile \(casing \w+, this run declares \w+; debug \w+, this run declares \w+\): declare that profile/,
    );
  });

  describe('in a file', () => {
    let cwd: string;
    before(() => {
      cwd = mkdtempSync(join(tmpdir(), 'baseline-'));
      writeFileSync(join(cwd, 'good.json'), text);
      writeFileSync(join(cwd, 'bad.json'), 'x');
    });
    after(() => {
      rmSync(cwd, { recursive: true });
    });
    const open = (name: string, profile: Profile = made.profile): Baseline =>
      openBaseline(name, { operation: made.operation }, { profile }, { cwd });

    it('is opened', () => {
      expect(open('good.json')).to.deep.equal({ ...made });
    });

    it('is refused by its name, with what to do', () => {
      expect(() => open('none.json')).to.throw(
        /^--baseline none\.json: there is no such file; make one with conform accept --baseline none\.json --reason TEXT$/,
      );
      expect(() => open('bad.json')).to.throw(/^--baseline bad\.json: is not JSON/);
      expect(() => open('good.json', { ...made.profile, debug: !made.profile.debug })).to.throw(
        /^--baseline good\.json: is a baseline of another profile/,
      );
    });
  });
});

describe('a comparison', () => {
  const terms: Terms = { against: 'b.json', strict: false, asked: new Map(), waivers: [] };
  const between = (before: Redacted<Report>, now: Redacted<Report>, change: Partial<Terms> = {}): Comparison =>
    compare(baselineOf(before), now, { ...terms, ...change });
  const one = (verdict: VerdictWord, level: Level = 'MUST'): Redacted<Report> =>
    report([requirement('ROUTE-001', { a: verdict, b: 'pass' }, level)], { x: seen });

  it('finds nothing between a run and itself', () => {
    const made = between(one('pass'), one('pass'));
    expect(made.exitCode).to.equal(0);
    expect(made.says).to.equal('Nothing differs from b.json.');
    expect(made.against).to.equal('b.json');
    expect(made.accepted).to.equal(null);
    expect(made.strict).to.equal(false);
    expect([made.regressed, made.changed, made.fixed]).to.deep.equal([[], [], []]);
  });

  it('says who accepted what it is held against', () => {
    const accepted = { at: '2026-11-24T10:00:00.000Z', reason: 'first', suite: '1.0.0' };
    expect(compare(baselineOf(one('pass'), [accepted]), one('pass'), terms).accepted).to.equal(accepted);
  });

  for (const [was, is, sides, exitCode] of [
    ['pass', 'fail', 'regressed', 1],
    ['pass', 'error', 'regressed', 1],
    ['pass', 'blocked', 'regressed', 1],
    ['pass', 'waived', '', 0],
    ['pass', 'skip', 'notExercised', 1],
    ['fail', 'pass', 'fixed', 0],
    ['error', 'pass', 'fixed', 0],
    ['waived', 'pass', 'fixed', 0],
    ['fail', 'fail', '', 0],
    ['waived', 'fail', '', 0],
    ['fail', 'skip', 'notExercised', 1],
    ['error', 'fail', '', 1],
    ['blocked', 'fail', '', 1],
    ['skip', 'fail', 'new', 1],
    ['skip', 'pass', 'new', 0],
    ['skip', 'skip', '', 0],
  ] as const)
    it(`${was} then and ${is} now is ${sides === '' ? 'no difference' : sides}: ${exitCode}`, () => {
      const made = between(one(was), one(is));
      const told = (['regressed', 'fixed'] as const).filter((name) => made[name].length > 0) as readonly string[];
      const sided = (['new', 'gone', 'notExercised', 'waived'] as const).filter((name) => made[name].cases.length > 0);
      expect([...told, ...sided].join()).to.equal(sides);
      expect(made.exitCode, made.says).to.equal(exitCode);
    });

  it('takes a SHOULD that newly fails for no broken promise', () => {
    expect(between(one('skip', 'SHOULD'), one('fail', 'SHOULD')).exitCode).to.equal(0);
  });

  it('names MUSTs that fail and were never accepted as failing, the first five', () => {
    const failing = (n: number): Redacted<Report> =>
      report(Array.from({ length: n }, (_, i) => requirement(`ROUTE-00${i}`, { a: 'fail', b: 'fail', c: 'pass' })));
    const before = report([requirement('ROUTE-000', { c: 'pass' })]);
    expect(between(before, failing(1)).says).to.equal(
      'Differs from b.json: 2 cases new. 1 MUST fails that was never accepted as failing: ROUTE-000.',
    );
    expect(between(before, failing(7)).says).to.match(
      / 7 MUSTs fail that were never accepted as failing: ROUTE-000, ROUTE-001, ROUTE-002, ROUTE-003, ROUTE-004 and 2 more\.$/,
    );
    expect(between(before, failing(5)).says).to.match(/ROUTE-003, ROUTE-004\.$/);
  });

  it('tells what is new and what is gone', () => {
    const before = report([requirement('ROUTE-001', { a: 'pass', gone: 'pass' })], { x: seen, y: seen });
    const now = report([requirement('ROUTE-001', { a: 'pass', new: 'pass', never: 'skip' })], { x: seen, z: seen });
    const made = between(before, now, { asked: new Map([[id('x'), 1]]) });
    expect(names(made.new.cases)).to.deep.equal(['ROUTE-001 new']);
    expect(made.new.exchanges).to.deep.equal([id('z')]);
    expect(names(made.gone.cases)).to.deep.equal(['ROUTE-001 gone']);
    expect(made.gone.exchanges).to.deep.equal([id('y')]);
    expect(made.exitCode).to.equal(0);
    expect(made.says).to.equal('Differs from b.json: 1 case and 1 exchange new, 1 case and 1 exchange gone.');
  });

  it('takes silence for a failure, with the reason', () => {
    const before = report([requirement('ROUTE-001', { a: 'pass', b: 'pass' })], { x: seen, y: seen, z: seen });
    const now = report(
      [
        requirement('ROUTE-001', { a: 'skip', b: 'skip' }, 'MUST', 'it may not'),
        requirement('ROUTE-002', { a: 'pass' }),
      ],
      { x: seen },
    );
    const asked = new Map([
      [id('y'), 0],
      [id('z'), 2],
    ]);
    const made = between(before, now, { asked });
    expect(names(made.notExercised.cases)).to.deep.equal(['ROUTE-001 a', 'ROUTE-001 b']);
    expect(made.notExercised.exchanges).to.deep.equal([id('y')]);
    expect(made.gone.exchanges).to.deep.equal([]);
    expect(made.exitCode).to.equal(1);
    expect(made.says).to.equal(
      'Differs from b.json: 2 cases and 1 exchange no longer exercised (it may not), 1 case new.',
    );
  });

  it('tells the reason of most that is silent', () => {
    const before = report(['1', '2', '3', '4'].map((n) => requirement(`ROUTE-00${n}`, { a: 'pass' })));
    const because = (...reasons: readonly (string | undefined)[]): string =>
      between(
        before,
        report(reasons.map((reason, i) => requirement(`ROUTE-00${i + 1}`, { a: 'skip' }, 'MUST', reason))),
      ).says;
    expect(because('r', 'q', 'r', 'r')).to.contain('4 cases no longer exercised (3 of them: r)');
    expect(because('q', 'q', 'r', 'r')).to.contain('(2 of them: q)');
    expect(because('q', 'p', 'r', 'r')).to.contain('(2 of them: r)');
    expect(because('q', 'p', 'o', 'r')).to.match(/4 cases no longer exercised\.$/);
    expect(because(undefined, undefined, undefined, 'r')).to.match(/4 cases no longer exercised\.$/);
  });

  it('takes cases of a requirement that is skipped as a whole for silent, not for gone', () => {
    const before = report([requirement('ROUTE-001', { a: 'pass', b: 'fail' })], { x: seen });
    const now = report([requirement('ROUTE-001', { 'the only case': 'skip' }, 'MUST', 'not here')], { x: seen });
    const made = between(before, now);
    expect(names(made.gone.cases)).to.deep.equal([]);
    expect(made.notExercised.cases).to.deep.equal(
      [
        {
          requirement: 'ROUTE-001',
          level: 'MUST',
          title: 'ROUTE-001 is kept',
          case: 'b',
          was: 'fail',
          is: 'skip',
          reason: 'not here',
        },
        {
          requirement: 'ROUTE-001',
          level: 'MUST',
          title: 'ROUTE-001 is kept',
          case: 'a',
          was: 'pass',
          is: 'skip',
          reason: 'not here',
        },
      ].sort(
        (a, b) =>
          made.notExercised.cases.findIndex((c) => c.case === a.case) -
          made.notExercised.cases.findIndex((c) => c.case === b.case),
      ),
    );
  });

  it('lets silence be that is waived', () => {
    const waiver: Waiver = { id: 'ROUTE-001', reason: 'known', owner: 'ann', until: '2099-12-31' };
    const made = between(one('pass'), one('skip'), { waivers: [waiver] });
    expect(made.notExercised.cases).to.deep.equal([]);
    expect(made.waived.cases).to.have.length(1);
    expect(made.waived.cases[0]?.reason).to.equal('known (ann, until 2099-12-31)');
    expect(made.waived.exchanges).to.deep.equal([]);
    expect(made.exitCode).to.equal(0);
    expect(made.says).to.equal('Differs from b.json: 1 case no longer exercised and waived.');
  });

  describe('of answers', () => {
    const observed = (x: Observation, y: Observation): Redacted<Report> =>
      report([requirement('ROUTE-001', { a: 'pass' })], { x, y });
    const before = observed({ status: '200', body: '{}' }, { status: '200', body: '{}' });

    it('groups those that changed alike, aspect by aspect', () => {
      const made = between(before, observed({ status: '404', location: 'l' }, { status: '404', location: 'l' }));
      expect(made.changed).to.have.length(1);
      expect(made.changed[0]?.changes).to.have.deep.members([
        { aspect: 'status', was: '200', is: '404' },
        { aspect: 'body', was: '{}', is: null },
        { aspect: 'location', was: null, is: 'l' },
      ]);
      expect(made.changed[0]?.exchanges.map((x) => x.id)).to.deep.equal([id('x'), id('y')]);
      expect(made.changed[0]?.exchanges[0]?.request).to.match(/^POST .*\/api\/orders\//);
      expect(made.exitCode).to.equal(0);
      expect(made.says).to.equal(
        'Differs from b.json: 2 answers changed. Changed behaviour that was never promised fails with --strict alone.',
      );
    });

    it('tells others apart', () => {
      const made = between(before, observed({ status: '404', body: '{}' }, { status: '500', body: '{}' }));
      expect(made.changed).to.have.length(2);
    });

    it('fails where it is to be strict', () => {
      const made = between(before, observed({ status: '404' }, seen), { strict: true });
      expect([made.exitCode, made.says]).to.deep.equal([1, 'Differs from b.json: 1 answer changed.']);
      expect(made.strict).to.equal(true);
      expect(between(before, before, { strict: true }).exitCode).to.equal(0);
    });
  });

  it('says 130 for a run that was interrupted', () => {
    const { exitCode, says } = between(one('pass'), { ...one('fail'), interrupted: true, says: 'It was.' });
    expect([exitCode, says]).to.deep.equal([130, 'Interrupted: It was.']);
  });

  it('says 3 for a run that judged nothing, and goes on where it judged something', () => {
    const none = report(
      [{ ...requirement('ROUTE-001', { a: 'error' }), verdict: 'error' }],
      {},
      { exitCode: 3, says: 'No.' },
    );
    expect(between(one('pass'), none)).to.deep.include({ exitCode: 3, says: 'No.' });
    for (const verdict of ['pass', 'fail', 'waived'] as const) {
      const some = { ...none, requirements: none.requirements.map((r) => ({ ...r, verdict })) };
      expect(between(one('pass'), some).exitCode, verdict).to.equal(1);
    }
  });

  it('says 2 where nothing was compared', () => {
    const made = between(
      report([requirement('ROUTE-001', { a: 'pass' })]),
      report([requirement('ROUTE-002', { a: 'pass' })]),
    );
    expect(made.exitCode).to.equal(2);
    expect(made.says).to.equal('Nothing was compared: this run and b.json have no exchange in common.');
    expect(between(report([], { x: seen }), report([], { x: seen })).exitCode).to.equal(0);
  });

  it('repeats an objection', () => {
    const objection = { kind: 'waiver', requirement: 'ROUTE-001', says: 'It is stale.' } as const;
    const objected = (n: number): string =>
      between(one('pass'), { ...one('pass'), objections: Array.from({ length: n }, () => objection) }).says;
    expect(objected(1)).to.equal('Nothing differs from b.json. It is stale.');
    expect(objected(2)).to.equal('Nothing differs from b.json. It is stale. There is 1 more objection.');
    expect(objected(3)).to.equal('Nothing differs from b.json. It is stale. There are 2 more objections.');
    expect(between(one('pass'), { ...one('pass'), objections: [objection] }).exitCode).to.equal(1);
  });

  it('is narrowed to what was selected', () => {
    const before = baselineOf(
      report([requirement('ROUTE-001', { a: 'pass' }), requirement('ROUTE-002', {})], { x: seen, y: seen }),
    );
    const narrow = narrowed(before, new Set(['ROUTE-002']), new Set([id('y')]));
    expect(Object.keys(narrow.requirements)).to.deep.equal(['ROUTE-002']);
    expect(Object.keys(narrow.exchanges)).to.deep.equal([id('y')]);
    expect(narrow.observations).to.equal(before.observations);
  });
});

describe('two targets', () => {
  const settings = (change: object): Settings =>
    ({
      target: { kind: 'live' },
      subjects: { kind: 'none' },
      changes: 'forbidden',
      profile: 'a',
      ...change,
    }) as unknown as Settings;
  const file = (name: string): object => ({ changes: 'allowed', subjects: { kind: 'file', file: name } });

  it('are asked under the profile of the first', () => {
    const [a, b] = sparing(settings({}), settings({ profile: 'b' }));
    expect([a.profile, b.profile]).to.deep.equal(['a', 'a']);
  });

  it('are only read unless both may be changed', () => {
    for (const [a, b] of [
      [file('x'), {}],
      [{}, file('x')],
    ]) {
      for (const each of sparing(settings(a!), settings(b!)))
        expect(each).to.deep.include({ changes: 'forbidden', subjects: { kind: 'none' } });
    }
    const [embedded] = sparing(settings({ target: { kind: 'embedded' }, ...file('x') }), settings({}));
    expect(embedded.changes).to.equal('allowed');
  });

  it('may be changed where each has subjects of its own', () => {
    const both = sparing(settings(file('x')), settings(file('y')));
    expect(both.map((each) => each.changes)).to.deep.equal(['allowed', 'allowed']);
    expect(sparing(settings({ changes: 'allowed' }), settings({ changes: 'allowed' }))[0].changes).to.equal('allowed');
    expect(() => sparing(settings(file('x')), settings(file('x')))).to.throw(
      /^--allow-changes: both targets would spend the same subjects; give each its own/,
    );
  });
});
