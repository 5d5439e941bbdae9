import { expect } from 'chai';
import { observations } from '../specs/observations.ts';
import { baselineOf, type Baseline } from '../src/gate/baseline.ts';
import { compare } from '../src/gate/compare.ts';
import type { Comparison } from '../src/model/comparison.ts';
import type { ExchangeId } from '../src/model/exchange.ts';
import type { Redacted } from '../src/model/redacted.ts';
import type { Report } from '../src/model/report.ts';
import type { PlainObject } from '../src/model/value.ts';
import type { Mutate, Outcome, Refusal, Reply } from '../src/provider/behaviour.ts';
import { openRun } from '../src/run/open/open.ts';
import { askedBy, plan } from '../src/run/plan/plan.ts';
import { runPlan } from '../src/run/run-plan.ts';
import { readSettings } from '../src/settings/settings.ts';
import { silent } from './console.fixture.ts';
import { embedded } from '../src/embedded/embedded.ts';
import { shippedSuite } from './suites.ts';

const suite = shippedSuite();

const world = silent();

interface Observed {
  readonly report: Redacted<Report>;
  readonly asked: ReadonlyMap<ExchangeId, number>;
}

/** The observations alone: what they are answered is nobody's promise. */
async function observed(mutate?: Mutate, seed = 1): Promise<Observed> {
  const settings = { ...readSettings({ target: 'embedded' }, suite.contract, world), seed };
  const run = await openRun(suite, settings, world, embedded(mutate === undefined ? {} : { mutate }));
  try {
    const planned = plan([], run.composer, run.ability, observations(run.composer));
    const report = await runPlan(planned, run, []);
    return { report, asked: askedBy(planned) };
  } finally {
    await run.close();
  }
}

/** A refusal whose ResponseStatus is another. */
const telling =
  (change: (error: PlainObject, refusal: Refusal) => PlainObject): Mutate =>
  (b) => {
    const changed = <T extends Outcome | Refusal | null>(outcome: T): T =>
      outcome?.kind === 'refusal' && outcome.error !== null
        ? { ...outcome, error: change(outcome.error, outcome) }
        : outcome;
    return { ...b, execute: (call) => changed(b.execute(call)), validate: (call) => changed(b.validate(call)) };
  };
const errorsOf = (error: PlainObject): readonly PlainObject[] => (error['Errors'] ?? []) as readonly PlainObject[];
const answering =
  (change: (reply: Reply) => Reply): Mutate =>
  (b) => ({ ...b, respond: (call, reply) => change(b.respond(call, reply)) });
const withHeader = (name: string, value: string): Mutate =>
  answering((reply) => ({ ...reply, headers: [...reply.headers, [name, value]] }));

const faults: Readonly<Record<string, Mutate>> = {
  'a second call succeeds': (b) => ({
    ...b,
    execute: (call) => {
      const outcome = b.execute(call);
      return outcome.kind === 'refusal' && outcome.status === 409 ? { kind: 'success', value: {} } : outcome;
    },
  }),
  'another error code': telling((error) => ({
    ...error,
    ErrorCode: error['ErrorCode'] === 'Conflict' ? 'AlreadyDone' : (error['ErrorCode'] ?? null),
  })),
  'the errors the other way round': telling((error) => ({ ...error, Errors: errorsOf(error).toReversed() })),
  'another field is named': telling((error) => ({
    ...error,
    Errors: errorsOf(error).map((e) => ({ ...e, FieldName: 'Other' })),
  })),
  'a member more': telling((error) => ({ ...error, Severity: 'Error' })),
  'a member of another type': telling((error) => ({ ...error, Message: 5 })),
  'an error less': telling((error) => ({ ...error, Errors: errorsOf(error).slice(1) })),
  'a message that is empty': telling((error) => ({ ...error, Message: '' })),
  'Cache-Control': withHeader('Cache-Control', 'private, max-age=5'),
  'an ETag': withHeader('ETag', '"1"'),
  Allow: withHeader('Allow', 'POST'),
  'a cookie': withHeader('Set-Cookie', 'track=1; Path=/'),
  'a header more': withHeader('X-Served-By', 'web-1'),
  'leave for other origins': withHeader('Access-Control-Allow-Origin', '*'),
  'no Vary': answering((reply) => ({ ...reply, headers: reply.headers.filter(([name]) => name !== 'Vary') })),
  'no charset': answering((reply) => ({
    ...reply,
    headers: reply.headers.map(([name, value]) => [name, name === 'Content-Type' ? value.replace(/;.*/, '') : value]),
  })),
  'another realm': answering((reply) => ({
    ...reply,
    headers: reply.headers.map(([name, value]) => [
      name,
      name === 'WWW-Authenticate' ? 'Bearer realm="elsewhere"' : value,
    ]),
  })),
  'a redirect elsewhere': answering((reply) => ({
    ...reply,
    headers: reply.headers.map(([name, value]) => [
      name,
      name === 'Location' ? value.replace('/login', '/signin') : value,
    ]),
  })),
  'another status': answering((reply) => (reply.status === 405 ? { ...reply, status: 501 } : reply)),
  'another framing': (b) => ({ ...b, write: (call, reply) => ({ ...b.write(call, reply), framing: 'length' }) }),
  'a compact Guid is refused': (b) => ({
    ...b,
    bind: (call, batch) =>
      /[0-9a-f]{32}/.test(call.target)
        ? { kind: 'refusal', by: 'binding', status: 400, error: { ErrorCode: 'FormatException', Message: 'no' } }
        : b.bind(call, batch),
  }),
  'no answer to an odd verb': (b) => ({
    ...b,
    write: (call, reply) => ({ ...b.write(call, reply), reset: call.sentVerb === 'PROPFIND' }),
  }),
};

const harmless: Readonly<Record<string, Mutate>> = {
  'other message texts': telling((error) => ({
    ...error,
    Message: `Entschuldigung: ${JSON.stringify(error['Message'])}`,
    Errors: errorsOf(error).map((e) => ({ ...e, Message: 'anders' })),
  })),
  'other ids in messages and headers': (b) => {
    let n = 0;
    const id = (): string => `00000000-0000-4000-8000-${`${(n += 1)}`.padStart(12, '0')}`;
    return {
      ...telling((error) => ({ ...error, Message: `no ${id()}` }))(b),
      respond: (call, reply) => ({ ...b.respond(call, reply), reason: id() }),
    };
  },
  'other dates': answering((reply) => ({
    ...reply,
    headers: [...reply.headers, ['Date', 'Thu, 01 Jan 2026 00:00:00 GMT']],
  })),
  'headers in another order': answering((reply) => ({ ...reply, headers: reply.headers.toReversed() })),
  'headers in another casing': answering((reply) => ({
    ...reply,
    headers: reply.headers.map(([name, value]) => [name.toUpperCase(), value]),
  })),
  'members in another order': telling((error) => Object.fromEntries(Object.entries(error).toReversed())),
  'a delay': (b) => ({ ...b, write: (call, reply) => ({ ...b.write(call, reply), delayMs: 3 }) }),
};

/**
 * Tests of a host that behaves otherwise than before, in what nobody promised: what it does otherwise is seen, and what says
 * the same to a client is not.
 *
 * @param isTried by the name of a change
 */
export function itIsSeenToChange(isTried: (name: string) => boolean): void {
  let baseline: Baseline;
  const against = async (mutate?: Mutate, seed = 1): Promise<Comparison> => {
    const { report, asked } = await observed(mutate, seed);
    return compare(baseline, report, { against: 'before', strict: true, asked, waivers: [] });
  };
  before(async () => {
    baseline = baselineOf((await observed()).report);
  });

  for (const [name, mutate] of Object.entries(faults).filter(([each]) => isTried(each))) {
    it(`is seen to change: ${name}`, async () => {
      const { changed, exitCode, notExercised } = await against(mutate);
      expect(changed).not.to.deep.equal([]);
      expect(exitCode).to.equal(1);
      expect(notExercised.cases).to.deep.equal([]);
    });
  }

  for (const [name, mutate] of Object.entries(harmless).filter(([each]) => isTried(each))) {
    it(`is the same for a client: ${name}`, async () => {
      const { changed, exitCode, says } = await against(mutate, 2);
      expect(changed).to.deep.equal([]);
      expect({ exitCode, says }).to.deep.equal({ exitCode: 0, says: 'Nothing differs from before.' });
    });
  }
}

/** Every change there is. */
export const changes: readonly string[] = Object.keys({ ...faults, ...harmless });
