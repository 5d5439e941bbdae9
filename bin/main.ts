import { Command, CommanderError } from 'commander';
import packageJson from 'platform-api-conformance/package.json' with { type: 'json' };
import { environmentNotes, secretsIn } from '../src/settings/environment.ts';
import { settings } from '../src/settings/table.ts';
import { InconclusiveError, UsageError } from '../src/settings/problems.ts';
import { commands, defaultCommand, examples, exitCodes } from './commands.ts';
import type { Console } from './console.ts';

/** What messages are made of, besides what they repeat. */
const ownWords = [
  ...settings.map(({ name, help }) => `${name} ${help}`),
  ...commands.map(({ name, says }) => `${name} ${says}`),
];

/** Columns of a help text that goes to no terminal. */
const helpWidth = 100;

/**
 * Runs one command line.
 *
 * @param console arguments, environment and output
 * @returns the exit code: 0 conforms, 1 does not, 2 usage, 3 could not be judged, 130 interrupted
 */
export async function main(console: Console): Promise<number> {
  let exitCode = 0;
  const argv = withoutHelpCommand(console.argv);
  const chosen = chosenIn(argv);
  const { redactor } = console;
  redactor.know({ secrets: secretsIn(console.env), own: ownWords });
  for (const note of environmentNotes(console.env)) console.err(redactor.say`note: ${note}\n`);
  try {
    if (chosen === null) throw new UsageError(notACommand(argv[0] ?? ''));
    const program = commandLine(console);
    const command = program.commands.find((each) => each.name() === chosen);
    // Only what is asked for is loaded: the help and the version of the program need none of it.
    const define = isAboutProgram(argv) ? undefined : await commands.find(({ name }) => name === chosen)?.load();
    if (command !== undefined)
      define?.(command, console, (code) => {
        exitCode = code;
      });
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return await report(error, console, chosen);
  }
}

/** The program with all its commands, each still bare. */
function commandLine({ out, terminal, redactor }: Console): Command {
  const output = {
    writeOut: (text: string) => {
      out(redactor.text(text));
    },
    writeErr: () => undefined,
    getOutHelpWidth: () => terminal?.columns ?? helpWidth,
    getOutHasColors: () => false,
  };
  const program = new Command('conform')
    .usage('[command] [options]')
    .description('Checks that a host keeps what is promised of an operation. `run` is the default command.')
    .version(packageJson.version)
    .helpCommand(false)
    .exitOverride()
    .configureOutput(output)
    .addHelpText('before', examples)
    .addHelpText(
      'after',
      `\n${exitCodes}\n\nconform run --help lists the options of a run, conform COMMAND --help those of another.`,
    );
  for (const { name, group, says } of commands)
    program
      .command(name, { isDefault: name === defaultCommand })
      .description(says)
      .helpGroup(`${group}:`)
      .exitOverride()
      .configureOutput(output);
  return program;
}

/** `conform help gate` is `conform gate --help`. */
function withoutHelpCommand([first, ...rest]: readonly string[]): readonly string[] {
  if (first === 'help') return [...rest, '--help'];
  return first === undefined ? [] : [first, ...rest];
}

/** Whether the help or the version of the program as a whole is wanted. */
function isAboutProgram([first]: readonly string[]): boolean {
  return first !== undefined && ['-h', '--help', '-V', '--version'].includes(first);
}

/** The command that a line is for; null for a word that is none: commander would take it for one too many behind `run`. */
function chosenIn([first]: readonly string[]): string | null {
  if (first === undefined || first.startsWith('-')) return defaultCommand;
  return commands.find(({ name }) => name === first)?.name ?? null;
}

function notACommand(word: string): string {
  return `${word}: is no command; there are ${commands.map(({ name }) => name).join(', ')}; see conform --help`;
}

async function report(error: unknown, console: Console, command: string | null): Promise<number> {
  const { visibleLines } = await import('../src/report/visible.ts');
  const { say } = console.redactor;
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    const says = error.message
      .replace(/^error: /, '')
      .replace(/\.$/, '')
      .replace('\n', ' ')
      // Whoever takes a secret for an option has it on their own screen already, and need not have it in a log.
      .replace(/^(unknown option '[\w-]+)=.*'/, "$1'");
    console.err(say`${visibleLines(says)}; see conform ${command === null ? '' : `${command} `}--help\n`);
    return 2;
  }
  if (error instanceof UsageError || error instanceof InconclusiveError) {
    // It may repeat what a file or an argument holds.
    console.err(say`${visibleLines(error.message)}\n`);
    return error instanceof UsageError ? 2 : 3;
  }
  const message = error instanceof Error ? error.message : String(error);
  console.err(
    say`conform failed in itself: ${visibleLines(message)}; please report this with the command line you used\n`,
  );
  return 3;
}
