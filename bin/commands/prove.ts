import { resolve } from 'node:path';
import { foundIn, foundText } from '../../src/proof/found.ts';
import { holds } from '../../src/proof/proof.ts';
import { proofText, suspectsText } from '../../src/proof/text.ts';
import { proveBy } from '../../src/proof/zoo.ts';
import { writeReport } from '../../src/report/write.ts';
import { contractIn, settingsOfOne, suiteIn } from '../../src/settings/asked.ts';
import { UsageError } from '../../src/settings/problems.ts';
import type { Values } from '../../src/settings/table.ts';
import { checkFile } from '../../src/settings/outputs.ts';
import { addOptions, type Define } from '../options.ts';
import { suites } from '../suites.ts';
import { mutantsOf, worker } from '../zoo.ts';

type Flags = Values & {
  readonly mutant: string;
  readonly list?: boolean;
  readonly everywhere?: boolean;
  readonly subjects?: string;
  readonly json?: string;
};

/** As many as the provider begins with. */
const MOST_SUBJECTS = 40;

/** `conform prove`: runs the catalogue against every mutant, and says whether it finds the faults and only those. */
export const proveCommand: Define = (command, console, done) => {
  const taken = addOptions(command, 'contract');
  command
    .option('--mutant <glob>', 'only those whose name matches', '*')
    .option('--list', 'list the mutants, what each does and what it must be found by; runs nothing')
    .option(
      '--everywhere',
      'look for each fault in all areas, not only in those that its mutant names: slower, and finds what is reported astray',
    )
    .option('--subjects <count>', 'find what can be found with so many subjects, as a file of them would offer')
    .option('--json <file>', 'write what was found, mutant by mutant')
    .action(async (flags: Flags) => {
      // No secret of the environment reaches the hosts of this process, which alone are asked.
      const { assembled } = console.redactor;
      const effective = settingsOfOne(flags, console, taken);
      const zoo = mutantsOf(suiteIn(effective, suites, console), flags.mutant);
      const { requirements } = zoo;
      const subjects = subjectsIn(flags);
      if (flags.list === true) {
        console.out(assembled(suspectsText(zoo.suspects)));
        return;
      }
      if (flags.json !== undefined) await checkFile(resolve(console.cwd, flags.json));
      const { judged, proof } = await proveBy(zoo, {
        worker,
        contract: contractIn(effective, suites, console),
        subjects,
        everywhere: flags.everywhere === true,
        signal: console.signal,
      });
      if (flags.json !== undefined) {
        const written = await writeReport(
          resolve(console.cwd, flags.json),
          assembled(`${JSON.stringify(judged, null, 2)}\n`),
        );
        if (!written.ok) throw new UsageError(written.problem);
      }
      if (subjects !== null) {
        const found = foundIn(requirements, judged);
        console.out(assembled(foundText(found, subjects)));
        done(console.signal.aborted ? 130 : found.falseAlarms.length === 0 ? 0 : 1);
        return;
      }
      console.out(assembled(proofText(requirements, judged, proof)));
      done(console.signal.aborted ? 130 : holds(proof) ? 0 : 1);
    });
};

function subjectsIn({ subjects }: Flags): number | null {
  if (subjects === undefined) return null;
  const count = /^\d+$/.test(subjects) ? Number(subjects) : Number.NaN;
  if (!(count <= MOST_SUBJECTS))
    throw new UsageError(`--subjects ${subjects}: takes a whole number from 0 to ${MOST_SUBJECTS}`);
  return count;
}
