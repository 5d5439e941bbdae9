// One host of several operations: every command that takes all of them, and how their shards come together.

import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { HostReport } from '../src/model/host-report.ts';
import type { Report } from '../src/model/report.ts';
import { conform, type Ran } from './console.fixture.ts';

type HostFile = Omit<HostReport, 'operations'> & { readonly operations: readonly Report[] };

const shapes = fileURLToPath(new URL('../specs/shapes', import.meta.url));

interface Told {
  readonly url: string;
  readonly token: string;
  readonly connections: readonly object[];
}

/** Serves all operations of a folder until the signal is aborted. */
function served(contracts: string, signal: AbortSignal): Promise<Told> {
  return new Promise((resolve) => {
    void conform(['serve', '--contracts', contracts], {
      now: () => new Date('2026-11-26T12:00:00Z'),
      signal,
      out: (text) => {
        resolve(JSON.parse(text) as Told);
      },
    });
  });
}

/** What stands before a host and counts what is asked, by method and path. */
async function counted(
  url: string,
): Promise<{ readonly url: string; readonly asked: ReadonlyMap<string, number>; readonly close: () => void }> {
  const asked = new Map<string, number>();
  const front = http.createServer((request, response) => {
    const { method = '', url: path = '', headers } = request;
    const what = `${method} ${path}`;
    asked.set(what, (asked.get(what) ?? 0) + 1);
    const onward = http.request(new URL(path, url), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  await once(front.listen(0, '127.0.0.1'), 'listening');
  const { port } = front.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked, close: () => void front.close() };
}

describe('all operations of a host', function () {
  this.timeout(120_000);
  let folder: string;
  let url: string;
  let env: Record<string, string>;
  const stop = new AbortController();
  const at = (name: string): string => join(folder, name);
  const read = (name: string): string => readFileSync(at(name), 'utf8');
  const host = (name: string): HostFile => JSON.parse(read(name)) as HostFile;

  /** A clock that stands still: what two runs report differs in nothing then but the Date of the answers. */
  const still = { now: () => new Date('2026-11-26T12:00:00Z'), elapsed: () => 0 };
  const run = (argv: readonly string[], given: object = {}): Promise<Ran> =>
    conform([...argv, '--contracts', at('contracts')], { cwd: folder, env, ...still, ...given });
  const dateless = (text: string): string => text.replace(/\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/g, 'DATE');

  /** An operation that reads, at a route of its own. */
  const contractOf = (name: string): void => {
    mkdirSync(at(`contracts/${name}`), { recursive: true });
    const text = readFileSync(join(shapes, 'read-thing', 'contract.json'), 'utf8');
    writeFileSync(
      at(`contracts/${name}/contract.json`),
      text.replaceAll('ReadThing', name).replaceAll('/things', `/${name.toLowerCase()}s`),
    );
    cpSync(join(shapes, 'read-thing', 'said.json'), at(`contracts/${name}/said.json`));
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'host-'));
    for (const name of ['ReadThing', 'ReadOther', 'SeeThing']) contractOf(name);
    const told = await served(at('contracts'), stop.signal);
    ({ url } = told);
    env = { CONFORM_TOKEN: told.token };
    // The host does not serve it.
    contractOf('Absent');
  });

  after(async () => {
    stop.abort();
    rmSync(folder, { recursive: true });
  });

  const only = ['--only', 'verbs,routes'];
  const formats = (name: string): readonly string[] =>
    ['json', 'junit', 'har', 'ledger', 'html'].flatMap((kind) => ['--report', `${kind}=${at(`${name}.${kind}`)}`]);

  describe('in one run', () => {
    let ran: Ran;
    before(async () => {
      ran = await run(['run', '--target', url, ...only, ...formats('whole'), '--report', 'github']);
    });

    it('are judged though one of them is not there, and the worst exit code counts', () => {
      const { operations, exitCode, wanted, summary } = host('whole.json');
      expect(operations.map(({ suite }) => suite.operation)).to.deep.equal([
        'Absent',
        'ReadOther',
        'ReadThing',
        'SeeThing',
      ]);
      expect(wanted).to.equal(4);
      const codes = operations.map((each) => each.exitCode);
      expect(codes, ran.out + ran.err).to.deep.equal([1, 0, 0, 0]);
      expect([ran.code, exitCode]).to.deep.equal([1, 1]);
      expect(summary.pass).to.equal(operations.reduce((n, each) => n + each.summary.pass, 0));
    });

    it('have ids that name their operation, in every report', () => {
      const ids = host('whole.json').operations.flatMap(({ requirements }) => requirements.map(({ id }) => id));
      expect(ids).to.include('ReadThing:VERB-002');
      expect(ids.filter((id) => !/^\w+:[A-Z]+-/.test(id))).to.deep.equal([]);
      expect(new Set(ids).size).to.equal(ids.length);
      expect(read('whole.junit')).to.include('<testcase name="ReadThing:VERB-002').and.include('name="SeeThing.verbs"');
      expect(read('whole.ledger')).to.include('"operation":"SeeThing","requirement":"SeeThing:VERB-');
      expect(read('whole.har')).to.include('"pageref":"ReadThing"');
      expect(ran.out)
        .to.match(/^FAIL Absent:ROUTE-001 {2}MUST/m)
        .and.include('3 other operations conform');
      expect(ran.out.split('\n').length, ran.out).to.be.below(45);
    });

    it('have an index and a page each', () => {
      const pages = readdirSync(at('whole.operations'));
      expect(pages).to.have.members(['Absent.html', 'ReadOther.html', 'ReadThing.html', 'SeeThing.html']);
      for (const page of pages) expect(read('whole.html')).to.include(`href="whole.operations/${page}"`);
      expect(read('whole.operations/ReadThing.html'))
        .to.include('href="../whole.html"')
        .and.include('ReadThing:VERB-002');
      expect(readdirSync(folder).filter((name) => name.startsWith('.conform'))).to.deep.equal([]);
    });

    it('are the same in shards that are merged, to the byte, in every format', async () => {
      const shards: string[] = [];
      for (const index of [1, 2, 3]) {
        const ended = await run([
          'run',
          '--target',
          url,
          ...only,
          '--shard',
          `${index}/3`,
          '--report',
          `json=${at(`${index}.json`)}`,
        ]);
        expect(ended.err).to.equal('');
        shards.push(at(`${index}.json`));
      }
      const sizes = shards.map((file) => (JSON.parse(readFileSync(file, 'utf8')) as HostFile).wanted);
      expect(sizes.toSorted()).to.deep.equal([1, 1, 2]);
      const merged = await conform(
        ['merge', ...shards.toReversed(), ...formats('merged'), '--report', 'github'],
        still,
      );
      expect(merged.code, merged.err).to.equal(ran.code);
      expect(dateless(merged.out)).to.equal(dateless(ran.out));
      for (const kind of ['json', 'junit', 'har', 'ledger'])
        expect(dateless(read(`merged.${kind}`)) === dateless(read(`whole.${kind}`)), kind).to.equal(true);
      const named = (text: string): string => dateless(text).replaceAll('merged', 'whole');
      expect(named(read('merged.html'))).to.equal(named(read('whole.html')));
      for (const page of readdirSync(at('whole.operations')))
        expect(named(read(`merged.operations/${page}`)) === named(read(`whole.operations/${page}`)), page).to.equal(
          true,
        );

      const [one = '', two = '', three = ''] = shards;
      let others = 0;
      const other = (change: (file: HostFile) => object): string => {
        others += 1;
        writeFileSync(
          at(`other${others}.json`),
          JSON.stringify(change(JSON.parse(readFileSync(two, 'utf8')) as HostFile)),
        );
        return at(`other${others}.json`);
      };
      for (const [files, says] of [
        [[one, three], /^of 3 shards, 2 is missing: give the JSON reports of all\n$/],
        [[one, one, three], /are both shard 1 of 3: give each shard once\n$/],
        [
          [one, other((s) => ({ ...s, suite: { ...s.suite, seed: 2 } })), three],
          /is a report with seed 2, and .* with seed 1/,
        ],
        [[one, other((s) => ({ ...s, suite: { ...s.suite, version: '9' } })), three], /is a report of version 9, and /],
        [
          [one, other((s) => ({ ...s, asked: 'x' })), three],
          /was made of other contracts or with another --only than /,
        ],
        [[one, other((s) => ({ ...s, operations: host('1.json').operations })), three], /both hold \w+: give each/],
        [[at('whole.json'), one], /whole\.json is a report of all operations, of no shard/],
        [[other(() => ({ schemaVersion: 7 }))], /has schemaVersion 7, this version reads 1/],
        [[at('contracts/ReadThing/contract.json')], /is no report of several operations/],
      ] as const) {
        const refused = await conform(['merge', ...files], { cwd: folder });
        expect([refused.code, refused.out]).to.deep.equal([2, '']);
        expect(refused.err).to.match(says);
        expect(refused.err.trim().split('\n')).to.have.length(1);
      }
    });
  });

  it('ask once for what the host says of all of them, and each tells it', async () => {
    const front = await counted(url);
    try {
      await run(['run', '--target', front.url, '--only', '*Thing:routes', '--report', 'json=once.json']);
    } finally {
      front.close();
    }
    // Once to see whether the host is there at all.
    expect(front.asked.get('GET /api/metadata/app.json')).to.equal(2);
    const asked = host('once.json').operations.map(({ exchanges }) =>
      exchanges.filter(({ request }) => request.url.endsWith('/api/metadata/app.json')).map((x) => x.response?.status),
    );
    expect(asked).to.deep.equal([[200], [200]]);
  });

  it('are chosen by operation and id, with patterns', async () => {
    const ended = await run([
      'run',
      '--target',
      url,
      '--only',
      '*Thing:VERB-00*,ReadOther:routes',
      '--report',
      `json=${at('some.json')}`,
    ]);
    expect(ended.code, ended.out + ended.err).to.equal(0);
    const ids = host('some.json').operations.map(({ requirements }) => requirements.map(({ id }) => id));
    expect(ids.map(([first = '']) => first.replace(/-.*/, ''))).to.deep.equal([
      'ReadOther:ROUTE',
      'ReadThing:VERB',
      'SeeThing:VERB',
    ]);
  });

  it('are planned one by one, and accepted and gated by a baseline each', async () => {
    for (const name of ['ReadOther', 'ReadThing'])
      cpSync(at(`contracts/${name}`), at(`few/${name}`), { recursive: true });
    const few = (argv: readonly string[]): Promise<Ran> =>
      conform([...argv, '--contracts', at('few')], { cwd: folder, env, ...still });
    const some = ['--target', url, '--only', 'ReadOther:verbs,ReadThing:verbs'];
    const planned = await few(['plan', ...some, '--as', 'json']);
    expect(Object.keys(JSON.parse(planned.out) as object)).to.deep.equal(['ReadOther', 'ReadThing']);
    const accepted = await few(['accept', '--target', url, '--baseline', at('baselines'), '--reason', 'a test']);
    expect(accepted.code, accepted.err).to.equal(0);
    expect(readdirSync(at('baselines'))).to.have.members(['ReadOther.json', 'ReadThing.json']);
    const gate = ['gate', ...some, '--baseline', at('baselines'), '--strict'];
    const gated = await few([...gate, '--seed', '2']);
    expect(gated.code, gated.out + gated.err).to.equal(0);
    const baseline = JSON.parse(read('baselines/ReadOther.json')) as { observations: Record<string, object> };
    const changed = Object.fromEntries(Object.keys(baseline.observations).map((key) => [key, { status: '418' }]));
    writeFileSync(at('baselines/ReadOther.json'), JSON.stringify({ ...baseline, observations: changed }));
    const differing = await few([...gate, '--report', `json=${at('gated.json')}`]);
    expect(differing.code, differing.out).to.equal(1);
    expect(host('gated.json').operations.map(({ verdict }) => verdict)).to.deep.equal(['differs', 'conforms']);
    rmSync(at('baselines/ReadThing.json'));
    const without = await few(gate);
    expect([without.code, without.err]).to.deep.equal([
      2,
      `--baseline ${at('baselines')}: has none of ReadThing; make it with conform accept --contracts DIR --baseline ${at('baselines')} --reason TEXT\n`,
    ]);
  });

  it('have waivers by operation; one of an operation that is not there is an objection', async () => {
    const waived = await run([
      'waive',
      'readthing:verb-002',
      '--reason',
      'known',
      '--owner',
      'ann',
      '--until',
      '2099-01-01',
      '--waivers',
      'w.json',
    ]);
    expect(waived.code, waived.err).to.equal(0);
    const waiver = { reason: 'known', owner: 'ann', until: '2099-01-01' };
    const waiverOf = (id: string): void => {
      writeFileSync(at('w.json'), JSON.stringify({ waivers: [{ id, ...waiver }] }));
    };
    expect((JSON.parse(read('w.json')) as { waivers: { id: string }[] }).waivers[0]?.id).to.equal('ReadThing:VERB-002');
    const verbs = ['run', '--target', url, '--only', 'ReadOther:VERB-002,ReadThing:VERB-002', '--waivers', 'w.json'];
    const stale = await run(verbs);
    expect(stale.code, stale.out).to.equal(1);
    expect(stale.out).to.include('The waiver of ReadThing:VERB-002 is not needed');
    waiverOf('Gone:VERB-002');
    const gone = await run(verbs);
    expect(gone.code, gone.out).to.equal(1);
    expect(gone.out).to.include('The waiver of Gone:VERB-002 matches nothing: there is no such operation; remove it.');
    waiverOf('VERB-002');
    const general = await run(verbs);
    expect([general.code, general.err]).to.deep.equal([
      2,
      'the waiver of VERB-002 names no operation: with --contracts, its id is Operation:VERB-002\n',
    ]);
  });

  it('spend subjects of their own, one of which is without is only read', async () => {
    mkdirSync(at('two'));
    cpSync(at('contracts/ReadThing'), at('two/ReadThing'), { recursive: true });
    cpSync(fileURLToPath(new URL('../contracts/connection-status-update', import.meta.url)), at('two/Cancel'), {
      recursive: true,
    });
    const made = (name: string): unknown => JSON.parse(readFileSync(name, 'utf8'));
    const { operation } = made(at('two/Cancel/contract.json')) as { operation: string };
    const end = new AbortController();
    const { url: here, token, connections } = await served(at('two'), end.signal);
    try {
      const give = (subjects: unknown): void => {
        writeFileSync(at('subjects.json'), JSON.stringify(subjects));
      };
      const spending = (...words: readonly string[]): Promise<Ran> =>
        conform(
          [
            'run',
            '--contracts',
            at('two'),
            '--target',
            here,
            '--connections',
            at('subjects.json'),
            '--allow-changes',
            '--only',
            'ROUTE-002',
            ...words,
          ],
          { cwd: folder, env: { CONFORM_TOKEN: token }, ...still },
        );
      give({ [operation]: connections });
      const spent = await spending('--report', `json=${at('spent.json')}`);
      expect(spent.code, spent.out + spent.err).to.equal(0);
      const [update, read] = host('spent.json').operations;
      expect(update?.exchanges.filter(({ effect }) => effect === 'own')).to.have.length.above(0);
      expect(read?.exchanges.filter(({ effect }) => effect === 'own')).to.deep.equal([]);
      expect(readFileSync(at('subjects.json.spent'), 'utf8')).to.include(`"id":"${operation.toLowerCase()} `);
      for (const [subjects, says] of [
        [
          connections,
          /^--connections .*: with --contracts, write an object with a list of subjects for each operation/,
        ],
        [{ Nope: connections }, /^--connections: has subjects of Nope, which is no operation of /],
        [{ [operation]: [{}] }, /entry 1 has no /],
      ] as const) {
        give(subjects);
        const refused = await spending();
        expect([refused.code, refused.out]).to.deep.equal([2, '']);
        expect(refused.err).to.match(says);
      }
    } finally {
      end.abort();
    }
  });

  it('are not asked one by one where nobody is there', async () => {
    const nobody = await run(['run', '--target', 'http://127.0.0.1:9', '--report', `json=${at('nobody.json')}`]);
    expect(nobody.code, nobody.out).to.equal(3);
    const { operations, says } = host('nobody.json');
    expect(operations.flatMap(({ exchanges }) => exchanges)).to.deep.equal([]);
    expect(says).to.match(/^Inconclusive: 4 of 4 operations could not be judged, 0 conform\. .*nothing listens there/);
  });

  it('are told as far as they were run where the run is interrupted, and no file is left half-written', async () => {
    const end = new AbortController();
    const ended = await run(
      ['run', '--target', url, ...only, '--report', `html=${at('ended.html')}`, '--report', `json=${at('ended.json')}`],
      {
        signal: end.signal,
        elapsed: (() => {
          let ms = 0;
          return () => (ms += 5000);
        })(),
        err: () => {
          end.abort();
        },
      },
    );
    expect(ended.code).to.equal(130);
    const { says, wanted, operations } = host('ended.json');
    expect(operations.length).to.be.below(wanted);
    expect(says).to.match(/^Interrupted: \d of 4 operations were run to the end\.$/);
    expect(readdirSync(folder).filter((name) => name.startsWith('.conform'))).to.deep.equal([]);
  });

  for (const [argv, says] of [
    [
      ['run', '--contract', 'contracts/ReadThing'],
      /^--contract and --contracts are two places of contracts; name one of them$/,
    ],
    [['run', '--only', 'Nope:VERB-002'], /^--only Nope:VERB-002: no operation of .* has that name$/],
    [['run', '--only', 'ReadThing:NOPE-1'], /^--only NOPE-1: no requirement or area has that name/],
    [['run', '--shard', '3/2'], /^--shard 3\/2: takes a part and how many there are, such as 2\/5/],
    [['run', '--report', 'html=-'], /^--report html=-: with --contracts there is a page for each operation/],
    [['verify'], /^--contracts .*: this is about one operation at a time; name it with --contract /],
    [['explain'], /^--contracts .*: this is about one operation at a time/],
    [['waive', 'VERB-002'], /^waive VERB-002: with --contracts, an id names its operation, as Operation:VERB-002$/],
  ] as const)
    it(`says in one sentence what is wrong with ${argv.join(' ')}`, async () => {
      const { code, err } = await run(argv);
      expect(code, err).to.equal(2);
      expect(err.trim()).to.match(says);
    });

  it('leave no draft behind where a report cannot be had', async () => {
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = at('temporary');
    try {
      mkdirSync(at('temporary'));
      const { code } = await run(['run', '--report', `html=${at('pages.html')}`, '--report', 'html=-']);
      expect(code).to.equal(2);
      expect(readdirSync(at('temporary'))).to.deep.equal([]);
      expect(readdirSync(folder).filter((name) => name.startsWith('.conform'))).to.deep.equal([]);
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
  });

  it('are never passed over in silence by a command about one', async () => {
    for (const argv of [
      ['compare', url, url],
      ['judge', 'x.har'],
      ['prove', '--list'],
    ]) {
      const refused = await conform(argv, { cwd: folder, env: { CONFORM_CONTRACTS: at('contracts') } });
      expect(refused.code, refused.out).to.equal(2);
      expect(refused.err).to.match(
        /^CONFORM_CONTRACTS=.*: this is about one operation at a time; name it with --contract /,
      );
    }
  });

  it('says which contract cannot be read, before anything is sent', async () => {
    mkdirSync(at('contracts/Broken'));
    writeFileSync(at('contracts/Broken/contract.json'), '{}');
    const broken = await run(['run', '--report', `json=${at('never.json')}`]);
    rmSync(at('contracts/Broken'), { recursive: true });
    expect(broken.code).to.equal(2);
    expect(broken.err).to.match(/Broken/);
    expect(existsSync(at('never.json'))).to.equal(false);
  });
});
