import { extname, resolve } from 'node:path';
import { zoo } from '../../specs/zoo.ts';
import { judgeAll } from '../../src/proof/judge-all.ts';
import { holds, prove } from '../../src/proof/proof.ts';
import { suspectsOf } from '../../src/proof/suspects.ts';
import { proofText, suspectsText } from '../../src/proof/text.ts';
import { writeReport } from '../../src/report/write.ts';
import { UsageError } from '../../src/settings/problems.ts';
import { effectiveSettings } from '../../src/settings/effective.ts';
import { readSettings } from '../../src/settings/settings.ts';
import type { Values } from '../../src/settings/table.ts';
import { matchesGlob } from '../../src/values/glob.ts';
import { checkFile } from '../deliver.ts';
import { addOptions, type Define } from '../options.ts';
import { contractIn, suiteIn } from '../suites.ts';

type Flags = Values & {
  readonly mutant: string;
  readonly list?: boolean;
  readonly everywhere?: boolean;
  readonly json?: string;
};

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
    .option('--json <file>', 'write what was found, mutant by mutant')
    .action(async (flags: Flags) => {
      const mutants = zoo.filter(({ name }) => matchesGlob(name, flags.mutant));
      if (mutants.length === 0)
        throw new UsageError(`--mutant ${flags.mutant}: no mutant has such a name; conform prove --list lists all`);
      const effective = effectiveSettings(flags, console, taken);
      const suite = suiteIn(effective, console);
      const contract = contractIn(effective, console);
      const { profile } = readSettings({ target: 'embedded' }, suite.contract, { env: {}, cwd: console.cwd }, taken);
      const suspects = suspectsOf(mutants, suite, profile);
      if (flags.list === true) {
        console.out(suspectsText(suspects));
        return;
      }
      if (flags.json !== undefined) await checkFile(resolve(console.cwd, flags.json));
      const here = import.meta.url;
      const judged = await judgeAll(suspects, {
        scope: flags.everywhere === true ? 'everywhere' : 'named areas',
        catalogue: suite.catalogue,
        argv: contract === null ? [] : [contract],
        worker: new URL(`../prove-worker${extname(here)}`, here),
        signal: console.signal,
      });
      const requirements = suite.catalogue.flatMap((a) => a.requirements);
      const proof = prove(requirements, judged);
      if (flags.json !== undefined) {
        const written = await writeReport(resolve(console.cwd, flags.json), `${JSON.stringify(judged, null, 2)}\n`);
        if (!written.ok) throw new UsageError(written.problem);
      }
      // A part of the zoo proves a part of the catalogue: what it leaves unproven says nothing.
      const shown = suspects.length === zoo.length ? proof : { ...proof, unproven: [] };
      console.out(proofText(requirements, judged, shown));
      done(console.signal.aborted ? 130 : holds(shown) ? 0 : 1);
    });
};
