// One command, `conform verify`, from files: what it takes, skips, fences and says.

import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { pactVerifier } from '../src/pacts/verifier-process.ts';
import type { Mutate } from '../src/provider/behaviour.ts';
import { having } from '../src/provider/content-faults.ts';
import { answeredOtherwise, onAbsent } from '../src/provider/faults.ts';
import type { Running } from '../src/provider/provider.ts';
import { conform, type Ran } from './console.fixture.ts';
import { shippedHost } from './host.fixture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const committed = join(root, 'pacts/connections-client-platform-api.json');

interface PactFile {
  readonly interactions: readonly { readonly description: string }[];
}

/** Processes that this one has started and that still run; null where the system does not tell. */
function children(): readonly string[] | null {
  try {
    return readdirSync('/proc')
      .filter((pid) => /^\d+$/.test(pid))
      .filter((pid) => {
        try {
          const [, state, parent] =
            readFileSync(`/proc/${pid}/stat`, 'utf8')
              .split(') ')
              .at(-1)
              ?.match(/^(\S) (\d+)/) ?? [];
          return (
            parent === String(process.pid) &&
            state !== 'Z' &&
            readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--eval')
          );
        } catch {
          return false;
        }
      });
  } catch {
    return null;
  }
}

async function listening(listener: RequestListener): Promise<{ readonly server: Server; readonly url: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}

describe('conform verify', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'verify-'));
  });
  afterEach(async () => {
    rmSync(dir, { recursive: true });
    // What was killed is gone when the system has got round to it.
    for (let i = 0; i < 50 && (children() ?? []).length > 0; i += 1) await new Promise((r) => setTimeout(r, 100));
    expect(children() ?? []).to.deep.equal([]);
  });

  const verify = (
    argv: readonly string[],
    env: Readonly<Record<string, string>> = {},
    signal = new AbortController().signal,
  ): Promise<Ran> => conform(['verify', ...argv], { cwd: dir, env: { PATH: process.env['PATH'], ...env }, signal });

  function oneSentence(ran: Ran, code: number, ...words: readonly string[]): void {
    expect(ran.err).to.match(/^[^\n]+\n$/);
    for (const word of words) expect(ran.err).to.include(word);
    expect(ran).to.include({ code, out: '' });
  }

  /** The committed pact, changed as text. */
  function pactWith(change: (text: string) => string): void {
    writeFileSync(join(dir, 'p.json'), change(readFileSync(committed, 'utf8')));
  }

  /** How many interactions the committed pact has. */
  const all = (JSON.parse(readFileSync(committed, 'utf8')) as PactFile).interactions.length;

  /** A consumer's own pact of some of the committed interactions. */
  function pactOf(consumer: string, wanted: (interaction: PactFile['interactions'][number]) => boolean): string {
    const pact = JSON.parse(readFileSync(committed, 'utf8')) as PactFile;
    return JSON.stringify({ ...pact, consumer: { name: consumer }, interactions: pact.interactions.filter(wanted) });
  }

  describe('ends with 2 and one sentence when', () => {
    it('the folder of pacts is not there', async () => {
      oneSentence(await verify([]), 2, '--pacts pacts', 'no such folder');
    });

    it('the folder holds no pact', async () => {
      oneSentence(await verify(['--pacts', '.']), 2, 'holds no pact');
    });

    it('a pact is not JSON', async () => {
      pactWith((text) => text.slice(1));
      oneSentence(await verify(['--pacts', '.']), 2, 'p.json', 'not JSON');
    });

    for (const [what, version] of [
      ['unknown', '"9.0"'],
      ['missing', 'null'],
    ] as const) {
      it(`the version of a pact is ${what}`, async () => {
        pactWith((text) => text.replace('"version": "4.0"', `"version": ${version}`));
        oneSentence(await verify(['--pacts', '.']), 2, 'p.json', 'version');
      });
    }

    it('a filter matches nothing', async () => {
      cpSync(committed, join(dir, 'p.json'));
      oneSentence(await verify(['--pacts', '.', '--only', 'a merge']), 2, "'a merge'", 'nothing was verified');
    });

    it('flags contradict each other', async () => {
      oneSentence(await verify(['--publish']), 2, '--publish', '--broker');
      oneSentence(await verify(['--branch', 'main']), 2, '--branch', '--broker');
      oneSentence(await verify(['--broker', 'http://b.example', '--pacts', '.']), 2, '--pacts', '--broker');
      oneSentence(await verify(['--broker', 'http://b.example', '--publish']), 2, '--provider-version');
      oneSentence(await verify(['--broker', 'http://b.example', '--consumer-version-selectors', '{}']), 2, 'selectors');
      const live = [
        '--broker',
        'http://b.example',
        '--target',
        'http://t.example',
        '--publish',
        '--provider-version',
        '1',
      ];
      oneSentence(await verify(live), 2, '--allow-changes');
      const broker = ['--broker', 'http://b.example'];
      oneSentence(await verify([...broker, '--publish', '--provider-version', '1']), 2, '--publish needs --target');
      oneSentence(await verify([...broker, '--provider-version', '1']), 2, '--provider-version goes with --publish');
      oneSentence(await verify([...broker, '--pact-url', 'http://b.example/p']), 2, '--broker and --pact-url');
      oneSentence(await verify([...broker, '--branch', '']), 2, '--branch: is empty');
      oneSentence(await verify([...broker, '--include-wip-since', '2026-01-31']), 2, 'needs --branch');
      oneSentence(await verify([...broker, '--include-wip-since', 'x', '--branch', 'b']), 2, 'takes a day');
      oneSentence(await verify(['--include-wip-since', '2026-01-31']), 2, '--include-wip-since goes with --broker');
      const ran = await verify(['--broker', 'http://u:secret@b.example']);
      oneSentence(ran, 2, 'PACT_BROKER_TOKEN');
      expect(ran.err).not.to.include('secret');
    });
  });

  it("takes a consumer's own pact, of one file, that needs one state of many", async () => {
    const own = pactOf('web', (i) => i.description === 'a cancel of an unknown connection');
    writeFileSync(join(dir, 'web.json'), own);
    writeFileSync(join(dir, 'other.json'), 'no pact at all');
    const ran = await verify(['--pacts', 'web.json']);
    expect(ran).to.include({ code: 0, err: '' });
    expect(ran.out)
      .to.include('pact of web: from web.json')
      .and.match(/contracts +1 /);
  });

  it('takes a state that nobody sets up for an error of its interaction, and verifies the others', async () => {
    pactWith((text) => text.replace('"name": "an active connection"', '"name": "a frozen connection"'));
    const ran = await verify(['--pacts', '.']);
    expect(ran.out).to.include("the state 'a frozen connection' has no handler");
    expect(ran.out).to.match(new RegExp(`contracts +${String(all - 1)} +· +· +· +1 `));
    expect(ran.code).to.equal(3);
  });

  it('sets pacts of other providers aside', async () => {
    cpSync(committed, join(dir, 'p.json'));
    writeFileSync(join(dir, 'q.json'), pactOf('web', () => true).replace('"name":"platform-api"', '"name":"billing"'));
    const ran = await verify(['--pacts', '.']);
    expect(ran).to.include({ code: 0, err: '' });
    expect(ran.out)
      .to.include('set aside: q.json, a pact of web with billing')
      .and.match(new RegExp(`contracts +${String(all)} `));
    oneSentence(
      await verify(['--pacts', '.', '--provider', 'orders']),
      2,
      'no pact with orders',
      'platform-api, billing',
    );
  });

  it('gives equal reports of equal runs', async () => {
    cpSync(committed, join(dir, 'p.json'));
    const host = await shippedHost({ seed: 1 });
    const once = async (): Promise<unknown> => {
      const argv = ['--pacts', '.', '--target', host.url, '--report', 'json=r.json'];
      await verify(argv, { CONFORM_TOKEN: host.token });
      const timed = /"(startedAt|durationMs|ms)": ?("[^"]*"|[\d.]+)|\[\s*"Date",\s*"[^"]*"\s*\]/g;
      return readFileSync(join(dir, 'r.json'), 'utf8').replace(timed, '');
    };
    try {
      expect(await once()).to.equal(await once());
    } finally {
      await host.close();
    }
  });

  it('verifies only what a filter names', async () => {
    cpSync(committed, join(dir, 'p.json'));
    const ran = await verify(['--pacts', '.', '--only', 'confirmed or refused']);
    expect(ran.out).to.match(/contracts +2 /);
    expect(ran.code).to.equal(0);
  });

  it('is narrowed by its own option alone, whatever narrows the catalogue', async () => {
    cpSync(committed, join(dir, 'p.json'));
    const ran = await verify(['--pacts', '.'], { CONFORM_ONLY: 'VALID-001' });
    expect(ran.out).to.match(new RegExp(`contracts +${String(all)} `));
    expect(ran.code).to.equal(0);
    const { out } = await verify(['--help']);
    expect(out).to.match(/--only <text> +verify the interactions whose description/);
    expect(out).not.to.include('requirement ids');
    oneSentence(await verify(['--pacts', '.', '--only', '']), 2, '--only: is empty');
  });

  it('clears away what was set up when all is verified, or it is interrupted, and no sooner', async () => {
    cpSync(committed, join(dir, 'p.json'));
    const host = await shippedHost({ seed: 1 });
    const stop = new AbortController();
    const verifying = async (interruptAfter: number, signal?: AbortSignal): Promise<readonly string[]> => {
      const actions: string[] = [];
      const { server, url } = await listening((request, response) => {
        void (async () => {
          const chunks: Buffer[] = [];
          for await (const chunk of request) chunks.push(chunk as Buffer);
          const body = Buffer.concat(chunks).toString('utf8');
          const answer = await fetch(host.stateUrl, { method: 'POST', body });
          actions.push((JSON.parse(body) as { readonly action: string }).action);
          if (actions.length === interruptAfter) stop.abort();
          response.writeHead(answer.status).end(await answer.text());
        })();
      });
      const argv = ['--pacts', '.', '--target', host.url, '--states', url, '--allow-changes'];
      await verify(argv, { CONFORM_TOKEN: host.token }, signal);
      server.close();
      server.closeAllConnections();
      return actions;
    };
    try {
      const times = (n: number, action: string): readonly string[] => new Array<string>(n).fill(action);
      expect(await verifying(0)).to.deep.equal([...times(8, 'setup'), ...times(8, 'teardown')]);
      expect(await verifying(3, stop.signal)).to.deep.equal([...times(3, 'setup'), ...times(2, 'teardown')]);
    } finally {
      await host.close();
    }
  });

  describe('of what a stranger is refused', () => {
    /** Takes any token where there is something to change, and hides what there is not. */
    const careless: Mutate = (b) => ({
      ...b,
      authenticate: (call) =>
        call.credentials === 'presented' && !onAbsent(call) ? { kind: 'accepted' } : b.authenticate(call),
    });
    const asked = ['--pacts', '.', '--only', 'token that is refused'];
    const against = async (use: (host: Running) => readonly string[]): Promise<Ran> => {
      const host = await shippedHost({ seed: 1, mutate: careless });
      try {
        return await verify([...asked, '--target', host.url, ...use(host)], { CONFORM_TOKEN: host.token });
      } finally {
        await host.close();
      }
    };

    it('asks it on what exists, where there is a source of it', async () => {
      cpSync(committed, join(dir, 'p.json'));
      const ran = await against(({ stateUrl }) => ['--states', stateUrl, '--allow-changes']);
      expect(ran.out)
        .to.match(/expected +[^]*401[^]*actual +200/)
        .and.not.include('where it says less');
      expect(ran.code).to.equal(1);
    });

    it('asks it on what does not, where there is none, and says that this is weak', async () => {
      cpSync(committed, join(dir, 'p.json'));
      const ran = await against(() => []);
      expect(ran.out.replace(/\s+/g, ' '))
        .to.include("where it says less: 'a cancel with a token that is refused'")
        .and.include('with --allow-changes and --connections or --states');
      expect(ran.code).to.equal(0);
    });
  });

  it('takes a media type in any letter case, by a rule or without', async () => {
    cpSync(committed, join(dir, 'p.json'));
    const plain = { ...(JSON.parse(pactOf('web', ({ description }) => description === 'a cancel by POST')) as object) };
    writeFileSync(join(dir, 'q.json'), JSON.stringify(plain).replace(/"header":\{"Content-Type"[^}]*\}\]\}\},/, ''));
    const capitals = answeredOtherwise(
      () => true,
      (reply) => having('Content-Type', 'Application/JSON; charset=utf-8', reply),
    );
    const host = await shippedHost({ seed: 1, mutate: capitals });
    const argv = ['--pacts', '.', '--target', host.url, '--states', host.stateUrl, '--allow-changes'];
    const ran = await verify(argv, { CONFORM_TOKEN: host.token });
    await host.close();
    expect(ran.out).to.match(new RegExp(`contracts +${String(all + 1)} +· `));
    expect(ran.code).to.equal(0);
  });

  it('takes nothing from the environment that the command line does not name', async () => {
    cpSync(committed, join(dir, 'p.json'));
    const ran = await verify(['--pacts', '.'], {
      PACT_DESCRIPTION: 'nothing',
      PACT_BROKER_BASE_URL: 'http://127.0.0.1:9',
      PACT_PROVIDER_STATE: 'none',
    });
    expect(ran.out).to.match(new RegExp(`contracts +${String(all)} `));
    expect(ran.code).to.equal(0);
  });

  it('says what to install where Pact is not, which nothing else here loads', async () => {
    const job = { path: '', only: null, providerUrl: '', statesUrl: '', timeoutMs: 1 };
    const verifier = pactVerifier({ env: {} }, pathToFileURL(join(dir, 'x.js')).href);
    const answer = await verifier.verify(job, new AbortController().signal);
    expect(answer).to.have.property('reason').that.includes('npm install').and.includes('@pact-foundation/pact');
    const shipped = ['bin', 'src'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .map((name) => join(root, folder, name)),
    );
    expect(shipped.filter((name) => /(from|import) '@pact-foundation/.test(readFileSync(name, 'utf8')))).to.deep.equal(
      [],
    );
  });

  it('sends a live target no id that a pact brings along', async () => {
    const provider = await shippedHost({ seed: 1 });
    const id = provider.connections[0]?.['ConnectionId'] ?? '';
    interface Loose {
      readonly description: string;
      readonly request: { path: string; generators: { path?: unknown } };
    }
    pactWith((text) => {
      const pact = JSON.parse(text) as { readonly interactions: readonly Loose[] };
      const { request } =
        pact.interactions.find((i) => i.description === 'a cancel of an unknown connection') ?? expect.fail();
      delete request.generators.path;
      request.path = `/api/connections/${id}/cancel`;
      return JSON.stringify(pact);
    });
    const ran = await verify(['--pacts', '.', '--target', provider.url, '--only', 'unknown'], {
      CONFORM_TOKEN: provider.token,
    });
    const changed = provider.inspect().filter((entry) => entry.changes > 0);
    await provider.close();
    expect(ran.out).to.include('was neither made nor');
    expect(ran.out).to.match(/contracts +· +· +1 /);
    expect(changed).to.deep.equal([]);
  });

  describe('ends with 3 when', () => {
    let provider: Running;
    let env: Readonly<Record<string, string>>;
    beforeEach(async () => {
      provider = await shippedHost({ seed: 1 });
      env = { CONFORM_TOKEN: provider.token };
      cpSync(committed, join(dir, 'p.json'));
    });
    afterEach(() => provider.close());

    const changing = (target: string, states: string): readonly string[] => [
      '--pacts',
      '.',
      '--target',
      target,
      '--states',
      states,
      '--allow-changes',
      '--timeout',
      '700',
    ];

    it('the target is not there', async () => {
      await provider.close();
      const ran = await verify(['--pacts', '.', '--target', provider.url], env);
      expect(ran.out).to.match(/Inconclusive: .*ECONNREFUSED/);
      expect(ran.code).to.equal(3);
      provider = await shippedHost({ seed: 1 });
    });

    for (const [what, end] of [
      ['dies', 'close'],
      ['hangs', 'hang'],
    ] as const) {
      it(`the target ${what} half-way, with what came before reported`, async () => {
        let served = 0;
        const { server, url } = await listening((request, response) => {
          served += 1;
          if (served > 9 && end === 'hang') return;
          if (served > 9) {
            server.close();
            server.closeAllConnections();
            return;
          }
          const chunks: Buffer[] = [];
          request
            .on('data', (chunk: Buffer) => chunks.push(chunk))
            .on('end', () => {
              const headers = Object.entries(request.headers).filter(
                ([name]) => !/^(host|connection|content-length)$/.test(name),
              ) as [string, string][];
              void fetch(provider.url + (request.url ?? ''), {
                method: request.method ?? 'GET',
                headers,
                ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
              }).then(async (answer) => {
                response.writeHead(
                  answer.status,
                  Object.fromEntries(
                    [...answer.headers].filter(
                      ([name]) =>
                        !/^(transfer-encoding|connection|keep-alive|content-encoding|content-length)$/.test(name),
                    ),
                  ),
                );
                response.end(await answer.text());
              });
            });
        });
        const ran = await verify(changing(url, provider.stateUrl), env);
        server.close();
        server.closeAllConnections();
        expect(ran.out).to.match(new RegExp(`contracts +7 .* ${String(all - 7)} `));
        expect(ran.code).to.equal(3);
      });
    }

    for (const [what, listener] of [
      [
        'answers 500',
        (_, response) => {
          response.writeHead(500).end();
        },
      ],
      ['hangs', () => undefined],
      [
        'gives no JSON',
        (_, response) => {
          response.end('<html>');
        },
      ],
    ] as readonly (readonly [string, RequestListener])[]) {
      it(`the source of states ${what}`, async () => {
        const { server, url } = await listening(listener);
        const ran = await verify(changing(provider.url, url), env);
        server.close();
        server.closeAllConnections();
        expect(ran.out).to.include('state endpoint');
        expect(ran.code).to.equal(3);
      });
    }
  });

  it('ends with 130 when it is interrupted', async () => {
    cpSync(committed, join(dir, 'p.json'));
    const stop = new AbortController();
    let asked = 0;
    const { server, url } = await listening((_, response) => {
      asked += 1;
      if (asked === 1) response.writeHead(404).end();
      else stop.abort();
    });
    const ran = await verify(['--pacts', '.', '--target', url], { CONFORM_TOKEN: 'a-token' }, stop.signal);
    server.close();
    server.closeAllConnections();
    expect(asked, 'one in the pre-flight, one by the verifier').to.equal(2);
    expect(ran.code).to.equal(130);
  });
});
