import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { shippedSuite } from '../bin/suites.ts';
import { readSubjects } from '../src/exchange/subjects-file.ts';
import { baselineOf, baselineText, readBaseline } from '../src/gate/baseline.ts';
import { readHar } from '../src/recordings/har.ts';
import { readPact } from '../src/pacts/pact.ts';
import { harReport } from '../src/report/har.ts';
import { jsonReport, readReport } from '../src/report/json.ts';
import { failingReport } from '../src/report/report.fixture.ts';
import { openWaivers } from '../src/run/conclude/waiver-file.ts';
import { readContract } from '../src/schema/contract.ts';
import { readConfigFile, readProfileFile } from '../src/settings/config-file.ts';
import { environmentNotes, secretsIn } from '../src/settings/environment.ts';
import { proxyFor } from '../src/settings/proxy.ts';
import { readSettings } from '../src/settings/settings.ts';
import { settings, variableOf } from '../src/settings/table.ts';
import { UsageError } from '../src/settings/problems.ts';

const suite = shippedSuite();
const pactFile = new URL('../pacts/connections-client-platform-api.json', import.meta.url);
const contractFile = new URL('../contracts/connection-status-update/contract.json', import.meta.url);

const contract: unknown = JSON.parse(readFileSync(contractFile, 'utf8'));

/** What a reader makes of a text: nothing where it reads it, else what is wrong. */
type Read = (text: string) => string | null;

const problemOf = (read: { readonly ok: true } | { readonly ok: false; readonly problem: string }): string | null =>
  read.ok ? null : read.problem;

function refusalOf(work: () => unknown): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** The problem of JSON that another reader has taken already. */
function ofValue(text: string, read: (value: unknown) => string | null): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'is not JSON';
  }
  return read(value);
}

describe('every reader of a file', function () {
  this.timeout(120_000);
  let cwd: string;
  before(() => {
    cwd = mkdtempSync(join(tmpdir(), 'readers-'));
  });
  after(() => {
    rmSync(cwd, { recursive: true });
  });

  const subject = Object.fromEntries(suite.members.map(({ name }) => [name, '11111111-1111-4111-8111-000000000001']));
  const readers: Readonly<Record<string, readonly [sample: string, read: Read]>> = {
    'a configuration': [
      JSON.stringify({
        protectedHost: ['a.test'],
        failOn: 'should',
        targets: { staging: { url: 'https://a.test', limits: { rate: '5/s' }, addHeader: { 'X-A': '${A}' } } },
      }),
      (text) => refusalOf(() => readConfigFile(text, 'conform.config.json', join(cwd, 'conform.config.json'))),
    ],
    'a profile': [
      JSON.stringify({
        hosting: 'classic',
        casing: 'pascal',
        serializer: 'servicestack',
        guids: 'compact',
        debug: false,
      }),
      (text) => refusalOf(() => readProfileFile(text, 'profile.json')),
    ],
    subjects: [JSON.stringify([subject]), (text) => problemOf(readSubjects(text, 'connections.json', suite.members))],
    waivers: [
      JSON.stringify({ waivers: [{ id: 'ROUTE-001', reason: 'r', owner: 'o', until: '2099-12-31' }] }),
      (text) => {
        writeFileSync(join(cwd, 'waivers.json'), text);
        return refusalOf(() => openWaivers('waivers.json', { cwd }));
      },
    ],
    'a baseline': [baselineText(baselineOf(failingReport())), (text) => problemOf(readBaseline(text))],
    'a report': [jsonReport(failingReport()), (text) => problemOf(readReport(text))],
    'a recording': [harReport(failingReport()), (text) => problemOf(readHar(text))],
    'a pact': [readFileSync(pactFile, 'utf8'), (text) => problemOf(readPact(text, 'a.json'))],
    'what a person adds to a contract': [
      readFileSync(new URL('said.json', contractFile), 'utf8'),
      (text) => ofValue(text, (value) => problemOf(readContract(contract, value))),
    ],
    'a contract': [
      readFileSync(contractFile, 'utf8'),
      (text) => ofValue(text, (value) => problemOf(readContract(value, null))),
    ],
  };

  /** What a text is broken with: JSON of every kind, names of built-ins, depth, controls. */
  const pieces = fc.constantFrom(
    ...['{', '}', '[', ']', ',', ':', '"', 'null', '0', '-1', '1e999', 'true', '""', '{}', '[]', '\\u0000', '\\ud800'],
    ...['"__proto__":{}', '"constructor":1', '"toString"', '\u0000', '\u001b[2J', '\ufeff', '['.repeat(5000)],
  );

  for (const [what, [sample, read]] of Object.entries(readers)) {
    it(`reads ${what} or says what is wrong, whatever is in it`, () => {
      expect(read(sample)).to.equal(null);
      const broken = fc.tuple(fc.nat(sample.length), fc.nat(12), fc.array(pieces, { maxLength: 3 }));
      fc.assert(
        fc.property(broken, ([at, length, put]) => {
          const problem = read(sample.slice(0, at) + put.join('') + sample.slice(at + length));
          if (problem !== null) expect(problem).to.be.a('string').and.not.equal('');
        }),
        { seed: 14, numRuns: 25 },
      );
    });

    it(`reads ${what} or says what is wrong, whatever value stands in a place of it`, () => {
      const value: unknown = JSON.parse(sample);
      const places = placesIn(value);
      fc.assert(
        fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 2 }), (place, put) => {
          const problem = read(JSON.stringify(withValueAt(value, place, put)));
          if (problem !== null) expect(problem).to.be.a('string').and.not.equal('');
        }),
        { seed: 14, numRuns: 25 },
      );
    });
  }
});

describe('every reader of what a person says', () => {
  /** What people write, and what nobody should. */
  const said = fc.array(
    fc.constantFrom(
      ...['http://', 'https://', 'a.test', '[::1]', '127.0.0.1', ':80', '/', '?a=b', '#', '@', '%', '*', '.', ','],
      ...[
        'X-A',
        ': ',
        '${HOME}',
        '${',
        '0',
        '1e9',
        '-1',
        '5/s',
        '10s',
        'true',
        'bearer',
        'basic',
        'session',
        '{"a":',
        '}',
      ],
      ...['__proto__', 'constructor', '\u0000', '\r\n', '\u202e', '\ud800', 'ä', ' ', 'junit=', 'html', '-'],
    ),
    { maxLength: 5 },
  );
  const texts = said.map((pieces) => pieces.join(''));

  it('takes what stands in the environment or on the command line, or says what is wrong with it', () => {
    const given = fc.dictionary(fc.constantFrom(...settings.map(({ name }) => name)), texts, { maxKeys: 4 });
    fc.assert(
      fc.property(given, fc.boolean(), (values, inEnvironment) => {
        const env = Object.fromEntries(Object.entries(values).map(([name, text]) => [variableOf(name), text]));
        const flags = Object.fromEntries(
          settings.flatMap(({ name, flag, takes }) => {
            const text = values[name];
            if (text === undefined || flag === null) return [];
            return [
              [name, takes.kind === 'list' || takes.kind === 'lines' ? [text] : takes.kind === 'switch' ? true : text],
            ];
          }),
        );
        const problem = refusalOf(() =>
          inEnvironment
            ? readSettings({}, suite.contract, { env, cwd: '/nowhere' })
            : readSettings(flags, suite.contract, { env: {}, cwd: '/nowhere' }),
        );
        if (problem !== null) expect(problem).to.be.a('string').and.not.equal('');
        secretsIn(env);
        environmentNotes(env);
      }),
      { seed: 14, numRuns: 300 },
    );
  });

  it('takes a proxy, or says what is wrong with it', () => {
    fc.assert(
      fc.property(texts, texts, (proxy, except) => {
        const env = { HTTP_PROXY: proxy, NO_PROXY: except };
        refusalOf(() => proxyFor(new URL('http://a.test/'), env));
        secretsIn(env);
      }),
      { seed: 14, numRuns: 300 },
    );
  });
});

type Place = readonly (string | number)[];

function placesIn(value: unknown, at: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Array.isArray(value) ? value.map((item: unknown, i) => [i, item] as const) : Object.entries(value);
  return [at, ...inner.slice(0, 20).flatMap(([name, item]) => placesIn(item, [...at, name]))];
}

function withValueAt(value: unknown, [first, ...rest]: Place, put: unknown): unknown {
  if (first === undefined) return put;
  if (Array.isArray(value)) return value.map((item: unknown, i) => (i === first ? withValueAt(item, rest, put) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => [name, name === first ? withValueAt(item, rest, put) : item]),
  );
}
