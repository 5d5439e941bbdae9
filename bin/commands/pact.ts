import { resolve } from 'node:path';
import { createComposer } from '../../src/catalogue/composer.ts';
import { filesOf } from '../../src/import/files.ts';
import { clientText } from '../../src/pacts/client.ts';
import { generatePact } from '../../src/pacts/generate.ts';
import { dtoNameOf } from '../../src/values/dto-name.ts';
import { quantity } from '../../src/values/words.ts';
import { askedBy } from '../../src/settings/asked.ts';
import { UsageError } from '../../src/settings/problems.ts';
import type { Values } from '../../src/settings/table.ts';
import { stagedFiles } from '../../src/sources/staged.ts';
import { addOptions, type Define } from '../options.ts';
import { suites } from '../suites.ts';

interface Asked {
  readonly out?: string;
  readonly consumer?: string;
  readonly provider: string;
}

/** `conform pact`: writes what a consumer of an operation relies on, and a client that does, from the contract; sends nothing. */
export const pactCommand: Define = (command, console) => {
  command
    .option('--out <dir>', 'the folder to write client.ts, dtos.ts and the pact into')
    .option('--consumer <name>', 'who relies on it; default: the name of the operation and -client')
    .option('--provider <name>', 'who is relied on', 'platform-api');
  const taken = addOptions(command, 'config', 'contract', 'Profile', 'seed');
  command.action(async ({ out, consumer, provider, ...flags }: Values & Asked) => {
    const { redactor } = console;
    const {
      suite: { contract, members },
      settings: { profile, seed },
    } = askedBy(flags, suites, console, taken);
    if (out === undefined) throw new UsageError('pact needs --out DIR: the folder to write into');
    const sides = { consumer: consumer ?? `${contract.operation.toLowerCase()}-client`, provider };
    const composer = createComposer(contract, members, profile);
    const { text, descriptions, left } = generatePact(composer, sides, seed);
    const staged = await stagedFiles(resolve(console.cwd, out));
    try {
      await staged.write('client.ts', redactor.text(clientText(composer, dtoNameOf(contract.request))));
      await staged.write('dtos.ts', redactor.text(filesOf(contract).get('dtos.ts') ?? ''));
      await staged.write(`${sides.consumer}-${sides.provider}.json`, redactor.text(text));
      await staged.commit();
    } finally {
      await staged.discard();
    }
    for (const each of left) console.err(redactor.say`left out: ${each}\n`);
    console.out(
      redactor.say`pact: wrote a client and ${quantity(descriptions.length, 'interaction')} into ${out}: ${descriptions.join(', ')}\n`,
    );
  });
};
