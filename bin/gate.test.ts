import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { readReport } from '../src/report/json.ts';
import type { Report } from '../src/model/report.ts';
import type { Mutate } from '../src/provider/behaviour.ts';
import type { Running } from '../src/provider/provider.ts';
import { conform } from './console.fixture.ts';
import { classic, shippedHost } from './host.fixture.ts';

const readThing = fileURLToPath(new URL('../specs/shapes/read-thing', import.meta.url));
const later = (): Date => new Date('2027-03-01T12:00:00Z');
const refusesXml: Mutate = (b) => ({
  ...b,
  execute: (call) =>
    call.format === 'xml'
      ? { kind: 'refusal', by: 'service', status: 500, error: { ErrorCode: 'Exception', Message: 'no' } }
      : b.execute(call),
});

function serve(mutate?: Mutate): Promise<Running> {
  return shippedHost({ ...(mutate && { mutate }) });
}

describe('conform accept and conform gate', function () {
  this.timeout(240_000);
  let cwd: string;
  const file = (name: string): string => join(cwd, name);
  const text = (name: string): string => readFileSync(file(name), 'utf8');
  const edited = (name: string, change: (baseline: Record<string, unknown>) => object): string => {
    writeFileSync(file(name), JSON.stringify(change(JSON.parse(text('baseline.json')) as Record<string, unknown>)));
    return name;
  };

  before(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'gate-'));
    const { code, out } = await conform(['accept', '--baseline', 'baseline.json', '--reason', 'the first release'], {
      cwd,
    });
    expect(out).to.match(/^Accepted: \d{4} exchanges of http.* written to baseline\.json\./);
    expect(code).to.equal(0);
  });
  after(() => {
    rmSync(cwd, { recursive: true });
  });

  it('write a baseline that is small, sorted by line, and free of ids, addresses and credentials', () => {
    const written = text('baseline.json');
    expect(written.length).to.be.within(50_000, 500_000);
    expect(written).not.to.match(/[0-9a-f]{8}-[0-9a-f]{4}|127\.0\.0\.1|Bearer [^ ]|eyJ/);
    const { exchanges, requirements, accepted } = JSON.parse(written) as {
      exchanges: object;
      requirements: object;
      accepted: unknown;
    };
    for (const record of [exchanges, requirements])
      expect(Object.keys(record)).to.deep.equal(Object.keys(record).sort());
    expect(accepted).to.have.lengthOf(1).and.to.have.nested.property('[0].reason', 'the first release');
  });

  it('find nothing in an unchanged host, with another seed, in another order, one request at a time', async () => {
    const { code, out } = await conform(
      ['gate', '--strict', '--baseline', 'baseline.json', '--seed', '99', '--concurrency', '1'],
      { cwd },
    );
    expect(out)
      .to.match(/accepted +\d{4}-\d\d-\d\d: the first release\n/)
      .and.to.match(/\nNothing differs from baseline\.json\. Of this run alone: Conforms: .*\n$/);
    expect(code).to.equal(0);
  });

  it('tell what regressed and what changed, in every report', async () => {
    const host = await serve(refusesXml);
    try {
      const line = [
        'gate',
        '--target',
        host.url,
        '--states',
        host.stateUrl,
        '--allow-changes',
        '--only',
        'formats',
        '--baseline',
        'baseline.json',
      ];
      const { code, out } = await conform(
        [
          ...line,
          '--report',
          'terminal',
          '--report',
          'json=gate.json',
          '--report',
          'html=gate.html',
          '--report',
          'junit=gate.xml',
        ],
        { cwd, env: { CONFORM_TOKEN: host.token } },
      );
      expect(code).to.equal(1);
      expect(out)
        .to.match(/REGRESSED FORMAT-\d+/)
        .and.to.contain('Answered otherwise')
        .and.to.match(/Differs from baseline\.json: \d+ cases regressed, \d+ answers changed/);
      const read = readReport(text('gate.json'));
      expect(read.ok && read.report.comparison?.changed).to.be.an('array').that.is.not.empty;
      expect(text('gate.html')).to.contain('baseline.json');
      expect(text('gate.xml')).to.contain('baseline.json');
    } finally {
      await host.close();
    }
  });

  it('do not take silence for a pass, unless it is waived with a reason', async () => {
    const host = await serve();
    try {
      const line = [
        'gate',
        '--target',
        host.url,
        '--baseline',
        'baseline.json',
        '--only',
        'lifecycle',
        '--report',
        'terminal',
        '--report',
        'json=silent.json',
      ];
      const env = { CONFORM_TOKEN: host.token };
      const silent = await conform(line, { cwd, env });
      expect(silent.code).to.equal(1);
      expect(silent.out).to.contain('No longer exercised').and.to.contain('this run may not');
      const cases = (JSON.parse(text('silent.json')) as Report).comparison?.notExercised.cases ?? [];
      const waivers = [...new Set(cases.map((c) => c.requirement))].map((id) => ({
        id,
        reason: 'production is only read',
        owner: 'operations',
        until: '2099-12-31',
      }));
      writeFileSync(file('known.json'), JSON.stringify({ waivers }));
      const waived = await conform([...line, '--waivers', 'known.json'], { cwd, env });
      expect(waived.out).to.contain('No longer exercised, and waived').and.to.contain('production is only read');
      const { comparison } = JSON.parse(text('silent.json')) as Report;
      expect(comparison?.notExercised.cases).to.deep.equal([]);
      expect(comparison?.waived.cases).not.to.deep.equal([]);
    } finally {
      await host.close();
    }
  });

  it('object to a waiver that is not needed, though nothing differs', async () => {
    writeFileSync(
      file('stale.json'),
      JSON.stringify({ waivers: [{ id: 'ROUTE-001', reason: 'r', owner: 'o', until: '2099-12-31' }] }),
    );
    const { code, out } = await conform(
      ['gate', '--only', 'routes', '--baseline', 'baseline.json', '--waivers', 'stale.json'],
      { cwd },
    );
    expect(out)
      .to.contain('Fails the run, though it is no broken promise')
      .and.to.match(
        /\nNothing differs from baseline\.json\. The waiver of ROUTE-001 is not needed: .*; remove it\. Of this run alone: .*\n$/,
      );
    expect(code).to.equal(1);
  });

  it('keep each reason, the latest first, and take a report for a baseline', async () => {
    // Of an operation that is soon asked all there is to ask.
    const accept = ['accept', '--contract', readThing, '--baseline', 'again.json', '--reason'];
    expect((await conform([...accept, 'the first release'], { cwd })).code).to.equal(0);
    const once = text('again.json');
    expect((await conform([...accept, 'a second look'], { cwd, now: later })).code).to.equal(0);
    const { accepted } = JSON.parse(text('again.json')) as { accepted: readonly { reason: string; at: string }[] };
    expect(accepted.map((a) => a.reason)).to.deep.equal(['a second look', 'the first release']);
    expect(accepted[0]?.at).to.match(/^2027-03-01/);
    expect(
      text('again.json')
        .split('\n')
        .filter((l) => /^ {2}"[0-9a-f]{12}"/.test(l)),
    ).to.deep.equal(once.split('\n').filter((l) => /^ {2}"[0-9a-f]{12}"/.test(l)));
    await conform(['--only', 'transport', '--report', 'json=run.json'], { cwd });
    const { code, out } = await conform(['gate', '--only', 'transport', '--baseline', 'run.json'], { cwd });
    expect(out).to.contain('Nothing differs from run.json.');
    expect(code).to.equal(0);
  });

  for (const [what, name, says] of [
    ['is not there', () => 'nowhere.json', 'make one with conform accept'],
    [
      'is not JSON',
      () => {
        writeFileSync(file('text.json'), 'no');
        return 'text.json';
      },
      'is not JSON',
    ],
    [
      'is of another schema version',
      () => edited('version.json', (b) => ({ ...b, schemaVersion: 2 })),
      'schema version 2',
    ],
    [
      'is of another operation',
      () => edited('operation.json', (b) => ({ ...b, operation: 'Other' })),
      'is a baseline of Other',
    ],
    [
      'is of another profile',
      () => edited('profile.json', (b) => ({ ...b, profile: { ...classic, casing: 'camel' } })),
      'casing camel, this run declares pascal',
    ],
    ['is damaged', () => edited('damaged.json', (b) => ({ ...b, exchanges: { 'not an id': 5 } })), 'make it again'],
    ['lacks what it names', () => edited('lacking.json', (b) => ({ ...b, observations: {} })), 'has no observation'],
  ] as const) {
    it(`refuse a baseline that ${what}, in one sentence`, async () => {
      const { code, err, out } = await conform(['gate', '--baseline', name()], { cwd });
      expect({ code, out }).to.deep.equal({ code: 2, out: '' });
      expect(err)
        .to.match(/^--baseline .*\n$/)
        .and.to.contain(says);
    });
  }

  for (const [line, says] of [
    [['gate'], 'gate needs --baseline'],
    [['gate', '--baseline', 'baseline.json', '--waivers', 'none.json'], 'none.json'],
    [['accept', '--reason', 'x'], 'accept needs --baseline'],
    [['accept', '--baseline', 'new.json'], 'accept needs --reason'],
    [
      ['accept', '--baseline', 'new.json', '--reason', 'x', '--only', 'verbs'],
      "unknown option '--only'; see conform accept --help",
    ],
  ] as const) {
    it(`say what is wrong with: conform ${line.join(' ')}`, async () => {
      const { code, err } = await conform(line, { cwd });
      expect(code).to.equal(2);
      expect(err)
        .to.contain(says)
        .and.to.match(/^.*\n$/);
    });
  }

  it('accept nothing from a host that does not answer', async () => {
    const { code, err } = await conform(
      ['accept', '--target', 'http://127.0.0.1:9', '--baseline', 'new.json', '--reason', 'x'],
      { cwd, env: { CONFORM_TOKEN: 't' } },
    );
    expect(code).to.equal(3);
    expect(err).to.match(/^Nothing was accepted\. /);
  });
});
