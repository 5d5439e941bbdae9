import { createComposer } from '../../src/catalogue/composer.ts';
import { contentsOf, explanation } from '../../src/catalogue/explain.ts';
import { askedBy } from '../../src/settings/asked.ts';
import { UsageError } from '../../src/settings/problems.ts';
import type { Values } from '../../src/settings/table.ts';
import { addOptions, type Define } from '../options.ts';
import { suites } from '../suites.ts';

/** `conform explain [ID]`: what a requirement says, why, on whose word, and what is sent and expected; or all of them. */
export const explainCommand: Define = (command, console) => {
  command.argument('[id]', 'a requirement id, such as VALID-003, in any case; without it, all are listed by area');
  const taken = addOptions(command, 'Target', 'Profile');
  command.action(async (id: string | undefined, flags: Values) => {
    const { redactor } = console;
    const { suite, settings } = askedBy(flags, suites, console, taken);
    const { contract, members, catalogue, sources } = suite;
    if (id === undefined) {
      console.out(redactor.text(contentsOf(catalogue)));
      return;
    }
    const wanted = id.toUpperCase();
    const requirement = catalogue.flatMap((a) => a.requirements).find((r) => r.id === wanted);
    if (requirement === undefined)
      throw new UsageError(`explain ${id}: there is no requirement of that id; conform explain lists all`);
    // The mutants, with the provider that they are faults of: a list of requirements needs none of them.
    const { zoo } = await import('../../specs/zoo.ts');
    const proofs = zoo.filter(({ kills }) => kills.includes(requirement.id));
    const composer = createComposer(contract, members, settings.profile);
    console.out(redactor.text(explanation(requirement, composer, sources, proofs)));
  });
};
