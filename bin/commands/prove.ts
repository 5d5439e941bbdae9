import { extname, resolve } from 'node:path';
import { zoo } from '../../specs/zoo.ts';
import { foundIn, foundText } from '../../src/proof/found.ts';
import { judgeAll } from '../../src/proof/judge-all.ts';
import { holds, prove } from '../../src/proof/proof.ts';
import { provable } from '../../src/proof/suspects.ts';
import { proofText, suspectsText } from '../../src/proof/text.ts';
import { writeReport } from '../../src/report/write.ts';
import { UsageError } from '../../src/settings/problems.ts';
import { effectiveSettings } from '../../src/settings/effective.ts';
import { readSettings } from '../../src/settings/settings.ts';
import type { Values } from '../../src/settings/table.ts';
import { matchesGlob } from '../../src/values/glob.ts';
import { checkFile } from '../../src/settings/outputs.ts';
import { addOptions, type Define } from '../options.ts';
import { contractIn, openSuite, shippedSuite } from '../suites.ts';

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
      // No host is asked but those of this process, and no secret of the environment reaches them.
      const { assembled } = console.redactor;
      const mutants = zoo.filter(({ name }) => matchesGlob(name, flags.mutant));
      if (mutants.length === 0)
        throw new UsageError(`--mutant ${flags.mutant}: no mutant has such a name; conform prove --list lists all`);
      const effective = effectiveSettings(flags, console, taken);
      const suite = openSuite(flags, console, taken);
      const contract = contractIn(effective, console);
      const { profile } = readSettings({ target: 'embedded' }, suite.contract, { env: {}, cwd: console.cwd }, taken);
      const isShipped = suite.contract === shippedSuite().contract;
      const { suspects, requirements } = provable(mutants, suite, profile, isShipped ? 'all' : 'any');
      const few = subjectsIn(flags);
      if (flags.list === true) {
        console.out(assembled(suspectsText(suspects)));
        return;
      }
      if (flags.json !== undefined) await checkFile(resolve(console.cwd, flags.json));
      const here = import.meta.url;
      const judged = await judgeAll(suspects, {
        scope: flags.everywhere === true || few !== null ? 'everywhere' : 'named areas',
        catalogue: suite.catalogue,
        argv: [contract ?? '', String(few ?? '')],
        worker: new URL(`../prove-worker${extname(here)}`, here),
        signal: console.signal,
      });
      if (flags.json !== undefined) {
        const written = await writeReport(
          resolve(console.cwd, flags.json),
          assembled(`${JSON.stringify(judged, null, 2)}\n`),
        );
        if (!written.ok) throw new UsageError(written.problem);
      }
      if (few !== null) {
        const found = foundIn(requirements, judged);
        console.out(assembled(foundText(found, few)));
        done(console.signal.aborted ? 130 : found.falseAlarms.length === 0 ? 0 : 1);
        return;
      }
      const proof = prove(requirements, judged);
      // A part of the zoo proves a part of the catalogue: what it leaves unproven says nothing.
      const shown = mutants.length === zoo.length ? proof : { ...proof, unproven: [] };
      console.out(assembled(proofText(requirements, judged, shown)));
      done(console.signal.aborted ? 130 : holds(shown) ? 0 : 1);
    });
};

function subjectsIn({ subjects }: Flags): number | null {
  if (subjects === undefined) return null;
  const count = /^\d+$/.test(subjects) ? Number(subjects) : Number.NaN;
  if (!(count <= MOST_SUBJECTS))
    throw new UsageError(`--subjects ${subjects}: takes a whole number from 0 to ${MOST_SUBJECTS}`);
  return count;
}
