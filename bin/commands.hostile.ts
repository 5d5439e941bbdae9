import { join } from 'node:path';
import { expect } from 'chai';
import { command, inFolder, serving, type Answer, type Ended } from '../src/exchange/hostile.fixture.ts';
import { answers } from '../src/exchange/hostile-targets.fixture.ts';
import type { Running } from '../src/provider/provider.ts';
import { shippedHost } from './host.fixture.ts';

const secret = 'a-secret-of-the-run';
const brief = ['--timeout', '500', '--patience', '1000'];

/** A command line that asks a host of ill will, beside one that means well. */
interface Asking {
  readonly argv: (url: string, folder: string, honest: Running) => readonly string[];
  readonly env?: (honest: Running) => Readonly<Record<string, string>>;
}

const asTheRun = (): Readonly<Record<string, string>> => ({ CONFORM_TOKEN: secret });
const asItsUser = ({ token }: Running): Readonly<Record<string, string>> => ({ CONFORM_TOKEN: token });
const asAUser = (): Readonly<Record<string, string>> => ({ CONFORM_PASSWORD: secret });
const asABrokersUser = (): Readonly<Record<string, string>> => ({ PACT_BROKER_TOKEN: secret });

/** Every command that speaks to somebody, and every other host that a run speaks to. */
const commands: Readonly<Record<string, Asking>> = {
  probe: { argv: (url) => ['probe', '--target', url, ...brief] },
  import: {
    argv: (url, folder) => ['import', url, '--operation', 'Move', '--out', join(folder, 'out'), ...brief],
  },
  'import --all': { argv: (url, folder) => ['import', url, '--all', '--out', join(folder, 'out'), ...brief] },
  verify: { argv: (url) => ['verify', '--target', url, '--only', 'cancel', ...brief], env: asTheRun },
  'verify --broker': { argv: (url) => ['verify', '--broker', url, ...brief], env: asABrokersUser },
  'verify --pact-url': { argv: (url) => ['verify', '--pact-url', `${url}/p`, ...brief], env: asABrokersUser },
  compare: {
    argv: (url, _, honest) => ['compare', honest.url, url, '--only', 'ROUTE-001', ...brief],
    env: asItsUser,
  },
  'run, where it signs in': {
    argv: (url) => ['--target', url, '--auth', 'session', '--user', 'me', '--only', 'ROUTE-001', ...brief],
    env: asAUser,
  },
  'run, where it asks for subjects': {
    argv: (url, _, honest) => [
      ...['--target', honest.url, '--states', `${url}/states`, '--allow-changes'],
      ...['--only', 'VERB-001,VERB-002', ...brief],
    ],
    env: asItsUser,
  },
};

/** What a state endpoint may say that no run may take for a subject. */
const subjects: Readonly<Record<string, string>> = {
  'the same subject each time': '{"ConnectionId":"3f2504e0-4f89-41d3-9a0c-0305e82c3301"}',
  'the zero Guid': '{"ConnectionId":"00000000-0000-0000-0000-000000000000"}',
  'no Guid': '{"ConnectionId":"seven"}',
  'no member': '{}',
  'a member of every object': '{"__proto__":{"ConnectionId":"3f2504e0-4f89-41d3-9a0c-0305e82c3301"}}',
  'a list': '[]',
  null: 'null',
  'a number': '{"ConnectionId":7}',
  'a path': '{"ConnectionId":"../../../admin"}',
  'a megabyte': `{"ConnectionId":"${'a'.repeat(1024 * 1024)}"}`,
};

const tokens: Readonly<Record<string, string>> = {
  'prints without an end': 'yes',
  'prints nothing': 'true',
  'prints a control': String.raw`printf 'a\033[2J\007b'`,
  'prints bytes that are no text': String.raw`printf '\377\376'`,
  'prints a token of 60 kB': `head -c 60000 /dev/zero | tr '\\0' a`,
  'ends itself': 'kill -9 $$',
};

describe('every command', function () {
  // By the clock, on whatever machine.
  this.timeout(1_800_000);
  let honest: Running;
  before(async () => {
    honest = await shippedHost();
  });
  after(() => honest.close());

  const holds = ({ code, out, peak, seconds }: Ended): void => {
    expect(code, out.slice(-2000)).to.be.oneOf([0, 1, 2, 3]);
    expect(out).not.to.match(/failed in itself|Maximum call stack|MaxListenersExceeded|heap out of memory|Error:/);
    expect(out).not.to.match(/[\u0000-\u0008\u000b-\u001f\u007f]/);
    expect(out).not.to.contain(secret);
    expect(peak, 'MiB').to.be.below(400);
    expect(seconds).to.be.below(120);
  };
  const against = (asking: Asking, answer: Answer): Promise<Ended> =>
    serving(answer, (url) =>
      inFolder((folder) => command(asking.argv(url, folder, honest), folder, asking.env?.(honest) ?? {})),
    );

  // Each answer is met by two commands, each command by some seven answers: all by all takes half an hour, and was gone through once.
  const all = Object.entries(commands);
  for (const [i, [what, answer]] of Object.entries(answers).entries())
    for (const step of [0, 4]) {
      const [name, asking] = all[(i + step) % all.length] ?? all[0]!;
      it(`${name} bears ${what}`, async () => {
        holds(await against(asking, answer));
      });
    }

  for (const [what, text] of Object.entries(subjects))
    it(`run takes ${what} for no subject of a state endpoint, and not for a fault of the target`, async () => {
      const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n`;
      const ended = await against(commands['run, where it asks for subjects']!, (_, socket) => {
        socket.write(`${head}${text}`);
      });
      holds(ended);
      expect(ended.code, ended.out.slice(-2000)).to.be.oneOf([0, 2, 3]);
      expect(ended.out).not.to.match(/^FAIL /m);
    });

  for (const [what, line] of Object.entries(tokens))
    it(`run bears a token command that ${what}`, async () => {
      const ended = await inFolder((folder) =>
        command(['--target', honest.url, '--token-command', line, '--only', 'ROUTE-001', ...brief], folder),
      );
      holds(ended);
      expect(ended.code, ended.out.slice(-2000)).to.be.oneOf([2, 3]);
    });
});
