import { Command, CommanderError } from 'commander';
import { InconclusiveError, UsageError } from '../src/settings/problems.ts';
import { acceptCommand } from './commands/accept.ts';
import { compareCommand } from './commands/compare.ts';
import { configCommand } from './commands/config.ts';
import { explainCommand } from './commands/explain.ts';
import { gateCommand } from './commands/gate.ts';
import { judgeCommand } from './commands/judge.ts';
import { planCommand } from './commands/plan.ts';
import { probeCommand } from './commands/probe.ts';
import { proveCommand } from './commands/prove.ts';
import { runCommand } from './commands/run.ts';
import { serveCommand } from './commands/serve.ts';
import { verifyCommand } from './commands/verify.ts';
import { waiveCommand } from './commands/waive.ts';
import type { Console } from './console.ts';
import { suite } from './suite.ts';

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
  for (const add of [
    runCommand,
    planCommand,
    explainCommand,
    configCommand,
    probeCommand,
    serveCommand,
    verifyCommand,
    gateCommand,
    acceptCommand,
    compareCommand,
    judgeCommand,
    waiveCommand,
    proveCommand,
  ])
    add(program, console, done);
  for (const command of program.commands) {
    command.exitOverride().configureOutput({ writeOut: console.out, writeErr: () => undefined });
  }
  try {
    checkCommand(console.argv, program);
    await program.parseAsync([...console.argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return report(error, console);
  }
}

/** Commander would take a misspelled command for a word too many behind `run`. */
function checkCommand([first]: readonly string[], { commands }: Command): void {
  const names = commands.map((command) => command.name());
  if (first === undefined || first.startsWith('-') || [...names, 'help'].includes(first)) return;
  throw new UsageError(`${first}: is no command; there are ${names.join(', ')}`);
}

function report(error: unknown, console: Console): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    console.err(
      `${error.message
        .replace(/^error: /, '')
        .replace(/\.$/, '')
        .replace('\n', ' ')}; see conform --help\n`,
    );
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
