import { fileURLToPath } from 'node:url';
import { conform } from '../../bin/console.fixture.ts';
import { inFolder, serving, textOf, type Files, type Host } from './seam.fixture.ts';

const pacts = fileURLToPath(new URL('../../pacts', import.meta.url));

/**
 * Command lines in the order in which they are run, in one folder: later ones read what earlier ones wrote. Words in
 * capitals stand for places: HOST is sound and STATES makes subjects there, OTHER differs where nothing is promised,
 * BROKEN has a fault against a SHOULD, WORSE one against a MUST. NAME=value in front is of the environment, ^C in front
 * was pressed before the start.
 */
const lines: readonly string[] = [
  '--version',
  '--help',
  'frobnicate',
  '--frobnicate',
  'run --only routes',
  'run --only routes --fail-on should',
  'run --only ROUTE-001 --repeat 2',
  'run --only NONE-001',
  'run --only VERB-011',
  'run --hosting both',
  'run --timeout soon',
  'CONFORM_TIMEOUT=soon run',
  'run --config none.json',
  'run --profile none.json',
  'run --waivers none.json',
  'run --report nonsense=x',
  'run --only routes --report json=none/such/folder/report.json',
  'run --only routes --report har=own.har --report junit=own.xml --report html=own.html --report ledger=own.jsonl',
  'run --states STATES',
  'run --target stagin',
  'run --target ftp://host.example',
  'run --target https://user:secret@host.example',
  'run --target https://host.example?x=1',
  'run --target HOST --allow-changes',
  'run --target HOST --allow-changes --connections none.json',
  'run --target HOST --allow-changes --states STATES --protected-host 127.0.0.1',
  'run --target HOST --auth session',
  '^C run --only routes',
  'run --target http://127.0.0.1:9 --only routes',
  'CONFORM_TOKEN=wrong run --target HOST --only routes',
  'CONFORM_TOKEN= run --target HOST --only ROUTE-002',
  'run --target HOST --only routes',
  'run --target HOST --only LIFE-001',
  'run --target HOST --only routes --complete',
  'run --target HOST --only ROUTE-002',
  'run --target HOST --only LIFE-001 --allow-changes --states STATES',
  'run --target BROKEN --only VERB-004',
  'run --target BROKEN --only VERB-004 --fail-on should',
  'run --target WORSE --only AUTH-003',
  'plan',
  'plan --as json --target HOST',
  'plan --as curl --only routes',
  'plan --as yaml',
  'plan --only NONE-001',
  'explain VALID-003',
  'explain valid-003',
  'explain NONE-001',
  'config',
  'config --hosting both',
  'probe --target HOST',
  'probe --target http://127.0.0.1:9',
  'probe',
  'serve --mutant none',
  'serve --port none',
  '^C serve',
  'accept --baseline baseline.json',
  'accept --reason golden',
  'accept --baseline baseline.json --reason golden --only routes',
  'accept --baseline baseline.json --reason golden',
  'gate',
  'gate --baseline none.json',
  'gate --baseline own.har',
  'gate --baseline baseline.json --hosting endpoints',
  'gate --baseline baseline.json --only routes --strict',
  'gate --baseline baseline.json --target HOST --only routes',
  'gate --baseline baseline.json --target WORSE --only AUTH-003',
  'gate --baseline baseline.json --target http://127.0.0.1:9 --only AUTH-003',
  'compare HOST',
  'compare embedded HOST',
  'compare HOST HOST --only routes --strict',
  'compare HOST HOST --only routes --allow-changes --states STATES',
  'compare HOST WORSE --only AUTH-003',
  'compare HOST OTHER --only routes',
  'compare HOST OTHER --only routes --strict',
  'run --target WORSE --only AUTH-003 --report har=worse.har --report json=worse.json',
  'gate --baseline worse.json --target HOST --only AUTH-003',
  'judge',
  'judge none.har',
  'judge baseline.json',
  'judge own.har --target HOST',
  'judge own.har --only routes',
  'judge own.har --only AUTH-003',
  'judge worse.har --only AUTH-003',
  'waive NONE-001 --reason golden --owner golden --until 2999-12-31',
  'waive AUTH-003 --owner golden --until 2999-12-31',
  'waive AUTH-003 --reason golden --owner golden --until 1999-12-31',
  'waive AUTH-003 --reason golden --owner golden --until 2999-12-31 --waivers known.json',
  'run --target WORSE --only AUTH-003 --waivers known.json',
  'run --target HOST --only AUTH-003 --waivers known.json',
  'verify --pacts none',
  'verify --pacts PACTS --publish',
  'verify --pacts PACTS --broker http://broker.example',
  'verify --pacts PACTS',
  'verify --pacts PACTS --target HOST',
  'prove --mutant none',
  'prove --mutant auth-no-challenge-to-get',
];

/** What `serve` is told for each host that a line names. */
const hosts: readonly (readonly [name: string, options: readonly string[]])[] = [
  ['HOST', []],
  ['OTHER', ['--mutant', 'harmless-headers']],
  ['BROKEN', ['--mutant', 'verb-head-not-allowed']],
  ['WORSE', ['--mutant', 'auth-no-challenge-to-get']],
];

/** The exit code of each command line. */
export function commandFiles(): Promise<Files> {
  return lending(hosts, (lent) =>
    inFolder(async (cwd) => {
      const codes: string[] = [];
      for (const line of lines) codes.push(`${await codeOf(line, lent, cwd)} ${line}`);
      return new Map([['exit-codes.txt', textOf(codes)]]);
    }),
  );
}

type Hosts = ReadonlyMap<string, Host>;

function lending<T>(
  [first, ...rest]: typeof hosts,
  use: (lent: Hosts) => Promise<T>,
  lent: Hosts = new Map(),
): Promise<T> {
  if (first === undefined) return use(lent);
  const [name, options] = first;
  return serving(options, (host) => lending(rest, use, new Map([...lent, [name, host]])));
}

async function codeOf(line: string, lent: Hosts, cwd: string): Promise<number> {
  const sound = lent.get('HOST');
  const places = new Map([
    ...[...lent].map(([name, { url }]) => [name, url] as const),
    ['STATES', sound?.stateUrl ?? ''],
    ['PACTS', pacts],
  ]);
  const [, interrupted, variable, value, command = ''] = /^(\^C )?(?:(\w+)=(\S*) )?(.*)$/.exec(line) ?? [];
  const { code } = await conform(
    command.split(' ').map((word) => places.get(word) ?? word),
    {
      cwd,
      env: {
        PATH: process.env['PATH'],
        CONFORM_TOKEN: sound?.token,
        ...(variable !== undefined && { [variable]: value }),
      },
      ...(interrupted !== undefined && { signal: AbortSignal.abort() }),
    },
  );
  return code;
}
