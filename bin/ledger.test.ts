// Everything that must not hide a verdict: waivers, repetition, completeness, the ledger, on one host.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { connectionStatusUpdate as contract } from '../contracts/connection-status-update.ts';
import type { Report } from '../src/model/report.ts';
import type { Waiver } from '../src/model/waiver.ts';
import type { Mutate } from '../src/provider/behaviour.ts';
import type { Running } from '../src/provider/provider.ts';
import type { Ledger } from '../src/report/ledger.ts';
import { conform, type Ran } from './console.fixture.ts';
import { shippedHost } from './host.fixture.ts';

const now = (): Date => new Date('2026-11-24T12:00:00Z');
const broken = {
  kind: 'refusal',
  by: 'service',
  status: 500,
  error: { ErrorCode: 'Exception', Message: 'no' },
} as const;
const refusesXml: Mutate = (b) => ({ ...b, execute: (call) => (call.format === 'xml' ? broken : b.execute(call)) });
/** Every third call of the operation goes wrong. */
const unsteady = (): Mutate => {
  let calls = 0;
  return (b) => ({
    ...b,
    execute: (call) => {
      calls += 1;
      return calls % 3 === 0 ? broken : b.execute(call);
    },
  });
};

describe('verdicts that hide nothing', function () {
  this.timeout(120_000);
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'ledger-'));
  });
  afterEach(() => {
    rmSync(cwd, { recursive: true });
  });

  const text = (name: string): string => readFileSync(join(cwd, name), 'utf8');
  const json = (name: string): unknown => JSON.parse(text(name));
  const ledger = (): Ledger => json('ledger.json') as Ledger;
  const run = (...argv: readonly string[]): Promise<Ran> =>
    conform([...argv, '--report', 'terminal', '--report', 'json=report.json'], { cwd, now });
  const report = (): Report => json('report.json') as Report;
  const against = async (
    mutate: Mutate | null,
    use: (host: Running, line: readonly string[]) => Promise<void>,
  ): Promise<void> => {
    const host = await shippedHost({ ...(mutate && { mutate }) });
    try {
      await use(host, [
        'run',
        '--target',
        host.url,
        '--concurrency',
        '1',
        '--report',
        'terminal',
        '--report',
        'json=report.json',
        '--report',
        'ledger=ledger.json',
      ]);
    } finally {
      await host.close();
    }
  };
  const failing = (): readonly string[] =>
    report()
      .requirements.filter((r) => r.verdict === 'fail')
      .map((r) => r.id);

  describe('conform waive', () => {
    const line = (id: string, ...more: readonly string[]): readonly string[] => [
      'waive',
      id,
      '--reason',
      'known as OPS-112',
      '--until',
      '2027-01-31',
      '--owner',
      'gateway',
      ...more,
    ];

    it('adds to the file, sorted, and renews what stands there', async () => {
      for (const id of ['VALID-002', 'ROUTE-001']) expect((await conform(line(id), { cwd, now })).code).to.equal(0);
      expect((await conform(line('VALID-002', '--until', '2027-03-31'), { cwd, now })).out).to.match(
        /^Renewed: VALID-002 until 2027-03-31/,
      );
      expect(json('conform.waivers.json')).to.deep.equal({
        waivers: [
          { id: 'ROUTE-001', reason: 'known as OPS-112', owner: 'gateway', until: '2027-01-31' },
          { id: 'VALID-002', reason: 'known as OPS-112', owner: 'gateway', until: '2027-03-31' },
        ],
      });
    });

    it('names you as the owner where nobody is named, and writes to the file that the configuration names', async () => {
      writeFileSync(
        join(cwd, 'conform.config.json'),
        JSON.stringify({ targets: { staging: { url: 'https://staging.example', waivers: 'staging.json' } } }),
      );
      const { code, err } = await conform(
        ['waive', 'ROUTE-001', '--reason', 'r', '--until', '2026-11-24', '--target', 'staging'],
        { cwd, now, env: { USER: 'dana' } },
      );
      expect([code, err]).to.deep.equal([0, '']);
      expect(json('staging.json')).to.deep.equal({
        waivers: [{ id: 'ROUTE-001', reason: 'r', owner: 'dana', until: '2026-11-24' }],
      });
    });

    for (const [argv, says] of [
      [line('ROUTE-999'), 'no such requirement; there are ROUTE-001'],
      [line('ROUTE-*'), 'wildcards are not taken'],
      [line('ROUTE-001', '--until', '2026-11-23'), 'has gone by, today is 2026-11-24'],
      [line('ROUTE-001', '--until', '2027-02-30'), 'takes a day, YYYY-MM-DD'],
      [line('ROUTE-001', '--reason', ' '), 'waive needs --reason'],
      [line('ROUTE-001', '--case', 'nowhere POST'), 'has no such case'],
      [['waive', 'ROUTE-001', '--reason', 'r', '--owner', 'me'], 'waive needs --until'],
      [['waive', 'ROUTE-001', '--reason', 'r', '--until', '2027-01-31'], 'waive needs --owner'],
    ] as const) {
      it(`writes nothing when: ${says}`, async () => {
        const { code, err } = await conform(argv, { cwd, now });
        expect(err)
          .to.contain(says)
          .and.to.match(/^.*\n$/);
        expect(code).to.equal(2);
        expect(() => text('conform.waivers.json')).to.throw('ENOENT');
      });
    }

    it('leaves a file alone that it cannot read', async () => {
      writeFileSync(
        join(cwd, 'conform.waivers.json'),
        '{"waivers": [{"id": "ROUTE-*", "reason": "r", "owner": "o", "until": "2027-01-31"}]}',
      );
      const { code, err } = await conform(line('ROUTE-001'), { cwd, now });
      expect(err).to.match(/^conform\.waivers\.json: at \/waivers\/0\/id it must match pattern .* no wildcards/);
      expect(code).to.equal(2);
      expect(text('conform.waivers.json')).to.contain('ROUTE-*');
    });
  });

  for (const [argv, option] of [
    [['verify', '--repeat', '2'], '--repeat'],
    [['verify', '--complete'], '--complete'],
    [['judge', 'x.har', '--waivers', 'known.json'], '--waivers'],
    [['accept', '--baseline', 'b.json', '--reason', 'r', '--waivers', 'known.json'], '--waivers'],
  ] as const) {
    it(`has no option that ${argv[0]} would not keep to: ${option}`, async () => {
      const { code, err } = await conform(argv, { cwd, now });
      expect(err).to.match(new RegExp(`^unknown option '${option}'.*; see conform ${argv[0]} --help\n$`));
      expect(code).to.equal(2);
    });
  }

  it('lets a waived failure pass, with its findings, and nothing else', async () => {
    await against(refusesXml, async (host, line) => {
      const surroundings = { cwd, now, env: { CONFORM_TOKEN: host.token } };
      const all = [...line, '--only', 'FORMAT-00*', '--states', host.stateUrl, '--allow-changes'];
      expect((await conform(all, surroundings)).code).to.equal(1);
      const ids = failing();
      expect(ids).not.to.deep.equal([]);
      for (const id of ids)
        await conform(
          ['waive', id, '--reason', 'known as OPS-112', '--until', '2026-11-24', '--owner', 'gateway'],
          surroundings,
        );
      const waived = await conform(all, surroundings);
      expect(waived.out).to.match(/\nConforms except where it is waived: \d+ promises kept, \d+ broken and waived\./);
      expect(waived.code).to.equal(0);
      expect(
        report()
          .requirements.filter((r) => ids.includes(r.id))
          .map((r) => r.verdict),
      ).to.deep.equal(ids.map(() => 'waived'));
      expect(
        report()
          .requirements.flatMap((r) => r.cases)
          .filter((c) => c.verdict === 'waived' && c.findings.length === 0),
      ).to.deep.equal([]);
      expect(ledger().counts.waived).to.be.greaterThan(0);
      const expired = await conform(all, { ...surroundings, now: () => new Date('2026-11-25T00:00:00Z') });
      expect(expired.code).to.equal(1);
      expect(failing()).to.deep.equal(ids);
      expect(report().objections?.map((o) => o.says))
        .to.have.lengthOf(ids.length)
        .and.to.satisfy((all: readonly string[]) => all.every((s) => s.includes('has expired')));
    });
  });

  it('fails for a waiver that is not needed or matches nothing, and leaves out those of what is not selected', async () => {
    const waiver = (id: string, name?: string): Waiver => ({
      id,
      ...(name !== undefined && { case: name }),
      reason: 'r',
      owner: 'o',
      until: '2027-01-31',
    });
    writeFileSync(
      join(cwd, 'known.json'),
      JSON.stringify({
        waivers: [waiver('ROUTE-001'), waiver('ROUTE-001', 'nowhere'), waiver('ROUTE-999'), waiver('VALID-002')],
      }),
    );
    const { code, out } = await run('--only', 'ROUTE-001', '--waivers', 'known.json');
    expect(out)
      .to.contain('The waiver of ROUTE-001 is not needed')
      .and.to.match(/\nFails though no promise is broken, 1 kept: .* 2 more waivers do not hold either\./);
    expect(code).to.equal(1);
    expect(report().objections?.map((o) => o.says.replace(/:.*/, ''))).to.deep.equal([
      'The waiver of ROUTE-001 is not needed',
      "The waiver of ROUTE-001 'nowhere' matches nothing",
      'The waiver of ROUTE-999 matches nothing',
    ]);
  });

  it('fails an incomplete run when it was to be complete, and says what would complete it', async () => {
    await against(null, async (host, line) => {
      const surroundings = { cwd, now, env: { CONFORM_TOKEN: host.token } };
      const partly = await conform([...line, '--only', 'lifecycle'], surroundings);
      expect(partly.code).to.equal(0);
      expect(partly.out).to.match(
        /Of \d+ MUSTs, \d+ were not exercised to the full; to exercise .*run: conform --target http:\S+ .*--connections FILE --allow-changes/,
      );
      const complete = await conform([...line, '--only', 'lifecycle', '--complete'], surroundings);
      expect(complete.code).to.equal(1);
      expect(complete.out).to.match(/\nIncomplete: no promise broken/);
      expect(
        ledger()
          .entries.filter((e) => e.standing === 'not exercised')
          .every((e) => e.reason !== undefined),
      ).to.equal(true);
    });
    expect((await run('--only', 'lifecycle', '--complete')).code).to.equal(0);
    expect(report()).not.to.have.property('objections');
  });

  it('finds nothing in a steady host, however often it is asked', async () => {
    const once = await run('--only', 'lifecycle');
    const sent = report().summary.exchanges;
    const twice = await run('--only', 'lifecycle', '--repeat', '2');
    expect([once.code, twice.code]).to.deep.equal([0, 0]);
    expect(report().repetitions).to.equal(2);
    // The pre-flight is sent once.
    expect(report().summary.exchanges).to.be.within(sent * 2 - contract.routes.length, sent * 2);
    expect(report().exchanges.filter((x) => x.notes?.some((n) => n.startsWith('sent ')))).to.deep.equal([]);
  });

  it('says what could not be sent every time', async () => {
    await against(null, async (host, line) => {
      writeFileSync(join(cwd, 'subjects.json'), JSON.stringify(host.connections.slice(0, 8)));
      const all = [
        ...line,
        '--only',
        'lifecycle',
        '--connections',
        'subjects.json',
        '--allow-changes',
        '--repeat',
        '2',
      ];
      const { out } = await conform(all, { cwd, now, env: { CONFORM_TOKEN: host.token } });
      expect(out).to.match(/note +\d+ scripts of \d+ could not be sent every time, for want of subjects or budget/);
      expect(report().requirements.filter((r) => r.verdict === 'fail')).to.deep.equal([]);
    });
  });

  it('does not retry an answer into a pass: what is not always the same is a finding, and is shown', async () => {
    await against(unsteady(), async (host, line) => {
      const { code } = await conform(
        [...line, '--only', 'verbs', '--states', host.stateUrl, '--allow-changes', '--repeat', '4'],
        { cwd, now, env: { CONFORM_TOKEN: host.token } },
      );
      expect(code).to.equal(1);
      const { requirements, exchanges } = report();
      const findings = requirements.flatMap((r) =>
        r.cases.flatMap((c) => c.findings.map((f) => ({ ...f, verdict: c.verdict }))),
      );
      const repeated = findings.filter((f) => f.where.endsWith('status, repeated'));
      expect(repeated).not.to.deep.equal([]);
      expect(
        repeated.every(
          (f) =>
            f.verdict === 'fail' &&
            f.class === 'service' &&
            /^the same all [234] times$/.test(f.expected) &&
            f.actual.includes('500 ('),
        ),
      ).to.equal(true);
      const told = exchanges.filter((x) => x.notes?.some((n) => n.includes('not answered alike')));
      expect(told.some((x) => x.response?.status === 500)).to.equal(true);
    });
  });
});
