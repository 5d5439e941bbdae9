import type { HostReport, OperationInShort } from '../../model/host-report.ts';
import { quantity } from '../../values/words.ts';
import { profileInWords } from '../digest.ts';
import { annotationCommands, code, SYMBOL, text } from '../github.ts';
import { authenticationOf, extentOf, notesOf, placeOf } from './files.ts';
import { commonCauses, worstFirst } from './order.ts';
import { nameList } from './terminal.ts';

/** A job summary may have 1 MiB; an operation takes at most 4 kB. */
const OPERATIONS_SHOWN = 150;
const CAUSES_SHOWN = 50;

/** Annotations of all operations, those of the worst first: GitHub shows ten of a level. */
export function hostAnnotations(host: HostReport): string {
  const own = (host.objections ?? []).map(({ requirement, says }) => ({
    level: 'error' as const,
    title: `${requirement} has a waiver that does not hold`,
    message: says,
  }));
  return annotationCommands([...own, ...worstFirst(host.operations).flatMap(({ annotations }) => annotations)]);
}

/** Several operations as Markdown for a job summary: the verdict, why, and a table of operations, the worst first. */
export function hostSummary(host: HostReport): string {
  const failing = worstFirst(host.operations).filter(({ exitCode }) => exitCode !== 0);
  const conforming = host.operations.length - failing.length;
  const causes = commonCauses(host);
  return [
    `## ${symbolOf(host)} ${text(quantity(host.wanted, 'operation'))}: ${host.verdict.replaceAll('-', ' ')}`,
    '',
    text(host.says),
    '',
    `Target ${code(placeOf(host))}, ${text(`${extentOf(host)}, ${profileInWords(host)}`)}, authentication: ${text(authenticationOf(host))}, seed ${String(host.suite.seed)}.`,
    '',
    ...notesOf(host).flatMap((note) => [`Note: ${text(note)}.`, '']),
    ...(causes.length === 0
      ? []
      : [
          '### Causes',
          '',
          ...causes.slice(0, CAUSES_SHOWN).map(({ first, operations }) => {
            const others = operations.length === 1 ? '' : `; also in ${text(nameList(operations.slice(1)))}`;
            return `- ${SYMBOL.fail} <b>${text(first.requirement)}</b> ${first.level} ${text(first.title)}: ${text(first.where)}: ${code(first.says)}${others}`;
          }),
          '',
        ]),
    ...(failing.length === 0
      ? []
      : [
          '### Operations',
          '',
          '| Operation | ✅ pass | ❌ fail | ❗ error | 🚧 blocked | ⏭️ skip | |',
          '| --- | ---: | ---: | ---: | ---: | ---: | --- |',
          ...failing.slice(0, OPERATIONS_SHOWN).map((each) => {
            const { pass, fail, error, blocked, skip } = each.summary;
            const says = each.summary.fail > 0 ? each.verdict.replaceAll('-', ' ') : each.says;
            return `| ${symbolOf(each)} ${text(each.operation)} | ${[pass, fail, error, blocked, skip].map((n) => (n === 0 ? '' : String(n))).join(' | ')} | ${text(says)} |`;
          }),
          ...(failing.length > OPERATIONS_SHOWN
            ? [`| and ${failing.length - OPERATIONS_SHOWN} more | | | | | | |`]
            : []),
          '',
        ]),
    ...(conforming === 0
      ? []
      : [`${quantity(conforming, 'operation')} ${conforming === 1 ? 'conforms' : 'conform'}.`, '']),
    ...(host.objections ?? []).map(({ says }) => `- ${text(says)}`),
    '',
  ].join('\n');
}

function symbolOf({ verdict }: Pick<OperationInShort, 'verdict'>): string {
  return SYMBOL[
    ({ conforms: 'pass', differs: 'fail', 'does-not-conform': 'fail', inconclusive: 'error' } as const)[verdict]
  ];
}
