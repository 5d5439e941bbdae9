import { Command, CommanderError } from 'commander';
import { InconclusiveError, UsageError, type Console } from './console.ts';
import { suite } from './suite.ts';

type AddCommand = (program: Command, console: Console, done: (code: number) => void) => void;

/** In the order of the help. A command line loads the one it names: the others would only delay it. */
const commands: Readonly<Record<string, () => Promise<AddCommand>>> = {
  run: async () => (await import('./commands/run.ts')).runCommand,
  plan: async () => (await import('./commands/plan.ts')).planCommand,
  explain: async () => (await import('./commands/explain.ts')).explainCommand,
  config: async () => (await import('./commands/config.ts')).configCommand,
  probe: async () => (await import('./commands/probe.ts')).probeCommand,
  serve: async () => (await import('./commands/serve.ts')).serveCommand,
  verify: async () => (await import('./commands/verify.ts')).verifyCommand,
  gate: async () => (await import('./commands/gate.ts')).gateCommand,
  accept: async () => (await import('./commands/accept.ts')).acceptCommand,
  compare: async () => (await import('./commands/compare.ts')).compareCommand,
  judge: async () => (await import('./commands/judge.ts')).judgeCommand,
  waive: async () => (await import('./commands/waive.ts')).waiveCommand,
  prove: async () => (await import('./commands/prove.ts')).proveCommand,
};

/**
 * Runs one command line.
 *
 * @param console arguments, environment and output
 * @returns the exit code: 0 conforms, 1 does not, 2 usage, 3 could not be judged, 130 interrupted
 */
export async function main(console: Console): Promise<number> {
  let exitCode = 0;
  const done = (code: number): void => {
    exitCode = code;
  };
  const program = new Command('conform')
    .description(`Checks that a target keeps the promises of ${suite.operation}`)
    .version(suite.version)
    .exitOverride()
    .configureOutput({ writeOut: console.out, writeErr: () => undefined });
  for (const load of wanted(console.argv)) (await load())(program, console, done);
  for (const command of program.commands) {
    command.exitOverride().configureOutput({ writeOut: console.out, writeErr: () => undefined });
  }
  try {
    checkCommand(console.argv);
    await program.parseAsync([...console.argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, console);
  }
}

/** The command that a command line names, `run` where it names none; all of them where it asks for help. */
function wanted([first = 'run']: readonly string[]): readonly (() => Promise<AddCommand>)[] {
  const named = first.startsWith('-') ? commands['run'] : commands[first];
  return named === undefined || ['-h', '--help', 'help'].includes(first) ? Object.values(commands) : [named];
}

/** Commander would take a misspelled command for a word too many behind `run`. */
function checkCommand([first]: readonly string[]): void {
  const names = Object.keys(commands);
  if (first === undefined || first.startsWith('-') || [...names, 'help'].includes(first)) return;
  throw new UsageError(`${first}: is no command; there are ${names.join(', ')}`);
}

function report(error: unknown, console: Console): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    console.err(`${error.message.replace(/^error: /, '').replace(/\.$/, '').replace('\n', ' ')}; see conform --help\n`);
    return 2;
  }
  if (error instanceof UsageError || error instanceof InconclusiveError) {
    console.err(`${error.message}\n`);
    return error instanceof UsageError ? 2 : 3;
  }
  const message = error instanceof Error ? error.message : String(error);
  console.err(`conform failed in itself: ${message}; please report this with the command line you used\n`);
  return 3;
}
