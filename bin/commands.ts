import type { Define } from './options.ts';

/** A command by name; what it does is loaded when it is asked for. */
interface Entry {
  readonly name: string;
  /** Its heading in the help of the program. */
  readonly group:
    'Check a host' | 'Look first; nothing is sent to an operation' | 'Keep a release' | 'Try the suite itself';
  readonly says: string;
  readonly load: () => Promise<Define>;
}

export const defaultCommand = 'run';

/** All commands, in the order of the help: what most people do first stands first. */
export const commands: readonly Entry[] = [
  {
    name: 'run',
    group: 'Check a host',
    says: 'run the catalogue against a target and report; the default',
    load: async () => (await import('./commands/run.ts')).runCommand,
  },
  {
    name: 'verify',
    group: 'Check a host',
    says: "verify the consumers' pacts against a target; --only takes a part of a description",
    load: async () => (await import('./commands/verify.ts')).verifyCommand,
  },
  {
    name: 'judge',
    group: 'Check a host',
    says: 'judge the traffic recorded in an HTTP Archive; sends nothing',
    load: async () => (await import('./commands/judge.ts')).judgeCommand,
  },
  {
    name: 'merge',
    group: 'Check a host',
    says: 'put the reports of all shards of a run together, as one run would have made it',
    load: async () => (await import('./commands/merge.ts')).mergeCommand,
  },
  {
    name: 'import',
    group: 'Look first; nothing is sent to an operation',
    says: 'write the contract of an operation from what its service publishes of itself',
    load: async () => (await import('./commands/import.ts')).importCommand,
  },
  {
    name: 'pact',
    group: 'Look first; nothing is sent to an operation',
    says: 'write a client of an operation, and the pact that it relies on, from the contract',
    load: async () => (await import('./commands/pact.ts')).pactCommand,
  },
  {
    name: 'probe',
    group: 'Look first; nothing is sent to an operation',
    says: "read a host's own metadata, without credentials, and print a profile to commit",
    load: async () => (await import('./commands/probe.ts')).probeCommand,
  },
  {
    name: 'plan',
    group: 'Look first; nothing is sent to an operation',
    says: 'list what a run with the same options would send',
    load: async () => (await import('./commands/plan.ts')).planCommand,
  },
  {
    name: 'config',
    group: 'Look first; nothing is sent to an operation',
    says: 'print what a run with the same options would hold to, and where each value comes from',
    load: async () => (await import('./commands/config.ts')).configCommand,
  },
  {
    name: 'explain',
    group: 'Look first; nothing is sent to an operation',
    says: 'explain a requirement; without an id, list them all',
    load: async () => (await import('./commands/explain.ts')).explainCommand,
  },
  {
    name: 'gate',
    group: 'Keep a release',
    says: 'run and compare with a baseline: what regressed, changed, is silent',
    load: async () => (await import('./commands/gate.ts')).gateCommand,
  },
  {
    name: 'accept',
    group: 'Keep a release',
    says: 'run and make the present behaviour the baseline',
    load: async () => (await import('./commands/accept.ts')).acceptCommand,
  },
  {
    name: 'compare',
    group: 'Keep a release',
    says: 'run against two targets and compare them, exchange by exchange',
    load: async () => (await import('./commands/compare.ts')).compareCommand,
  },
  {
    name: 'waive',
    group: 'Keep a release',
    says: 'let a known failure pass until a day; it still runs, and a waiver that is not needed fails',
    load: async () => (await import('./commands/waive.ts')).waiveCommand,
  },
  {
    name: 'serve',
    group: 'Try the suite itself',
    says: 'start the reference provider; prints one line of JSON when it is ready',
    load: async () => (await import('./commands/serve.ts')).serveCommand,
  },
  {
    name: 'prove',
    group: 'Try the suite itself',
    says: 'show that the catalogue finds every mutant and flags no harmless variation',
    load: async () => (await import('./commands/prove.ts')).proveCommand,
  },
];

/** What most people do first, in this order. */
export const examples = `What most people do first:
  conform                                             check the embedded reference provider: no network, no questions
  conform probe --target URL > profile.json           what a host says of itself
  conform plan --target URL --profile profile.json    what a run would send there
  CONFORM_TOKEN=… conform --target URL --profile profile.json --report html=report.html
  conform explain VERB-002                            what broke, why it matters, which fault shows it
`;

export const exitCodes = `Exit codes:
  0    conforms: no promise that counts was broken
  1    does not: one was, or --complete, a waiver, the gate is not satisfied
  2    usage or configuration is wrong, or nothing was judged that counts
  3    could not be judged: not reachable, credentials refused, unanswered
  130  interrupted`;
