import { zoo } from '../../specs/zoo.ts';
import { createComposer } from '../../src/catalogue/composer.ts';
import type { Requirement } from '../../src/model/requirement.ts';
import type { Suite } from '../../src/model/suite.ts';
import { UsageError } from '../../src/settings/problems.ts';
import { readSettings } from '../../src/settings/settings.ts';
import type { Values } from '../../src/settings/table.ts';
import { caseName } from '../../src/values/verdicts.ts';
import { addOptions, type Define } from '../options.ts';
import { openSuite } from '../suites.ts';

/** `conform explain ID`: what a requirement says, why, on whose word, and what is sent and expected. */
export const explainCommand: Define = (command, console) => {
  const taken = addOptions(command, 'Target', 'Profile');
  command.argument('<id>', 'a requirement id, such as VALID-003').action((id: string, flags: Values) => {
    const suite = openSuite(flags, console, taken);
    const settings = readSettings(flags, suite.contract, console, taken);
    const requirement = suite.catalogue.flatMap((a) => a.requirements).find((r) => r.id === id.toUpperCase());
    if (requirement === undefined) {
      throw new UsageError(
        `explain ${id}: there is no requirement of that id; conform plan lists those that a run exercises`,
      );
    }
    console.out(explain(requirement, suite, createComposer(suite.contract, suite.members, settings.profile)));
  });
};

function explain(r: Requirement, { sources }: Suite, composer: ReturnType<typeof createComposer>): string {
  const cases = r.cases(composer);
  const [first] = cases;
  const cites = r.cites.map(
    (c) => `  ${sources[c.source]?.title ?? c.source}, ${c.at}: “${c.quote}”\n    ${sources[c.source]?.url ?? ''}`,
  );
  const when =
    r.when === undefined
      ? []
      : [
          `  under     ${Object.entries(r.when)
            .map(([k, v]) => `${k} ${String(v)}`)
            .join(', ')}`,
        ];
  const sends = (first?.script.steps ?? []).map((s) => `  ${s.method} ${s.path}  (credentials: ${s.credentials})`);
  const proofs = zoo.filter((m) => m.kills.includes(r.id)).map((m) => `  ${m.name}: ${m.says}`);
  return `${[
    `${r.id} · ${r.level} · ${r.basis} · ${r.area}`,
    `  ${r.title}`,
    `  why       ${r.why}`,
    ...when,
    'cited',
    ...cites,
    `${cases.length} ${cases.length === 1 ? 'case' : 'cases'}${first === undefined ? ' under this profile' : `, the first ${caseName(first.key)}`}`,
    ...sends,
    ...(first === undefined ? [] : ['expected', ...first.says.map((s) => `  ${s}`)]),
    proofs.length === 0 ? 'unproven: no mutant names it' : 'proven by; conform serve --mutant NAME shows each',
    ...proofs,
  ].join('\n')}\n`;
}
