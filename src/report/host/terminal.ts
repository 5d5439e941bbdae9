import picocolors from 'picocolors';
import type { HostReport, OperationInShort } from '../../model/host-report.ts';
import { VERDICTS } from '../../values/verdicts.ts';
import { firstOf, quantity, startOf } from '../../values/words.ts';
import { inColour, type Paint } from '../account.ts';
import { profileInWords } from '../digest.ts';
import { labelled, table, wrapped } from '../layout.ts';
import { objectionLines, pageWidth, verdictLine, type TerminalOptions } from '../terminal.ts';
import { clipped, visible } from '../visible.ts';
import { authenticationOf, extentOf, notesOf, placeOf } from './files.ts';
import { commonCauses, worstFirst, type CommonCause } from './order.ts';

/** How much one screen holds; with everything, all of it is told. */
const ROWS_SHOWN = 12;
const CAUSES_SHOWN = 3;
const NOTES_SHOWN = 3;
const OBJECTIONS_SHOWN = 3;
const NAMES_SHOWN = 3;
const TEXT_SHOWN = 300;
const LABEL = 10;

interface Sheet {
  readonly paint: Paint;
  readonly width: number;
  /** How many of a list are shown. */
  readonly most: (usual: number) => number;
}

/**
 * Several operations on one screen: what was run, the operations that did not conform, the worst first, why, and last the
 * verdict. Each operation in full stands in the other reports.
 *
 * @returns text that ends in a line break; nothing a target sent can steer the terminal
 */
export function hostTerminal(host: HostReport, options: TerminalOptions): string {
  const sheet: Sheet = {
    paint: picocolors.createColors(options.colour === 'ansi'),
    width: pageWidth(options.width),
    most: (usual) => (options.detail === 'everything' ? Number.MAX_SAFE_INTEGER : usual),
  };
  const sections = [headline(host, sheet), operations(host, sheet), ...causes(host, sheet), objections(host, sheet)];
  return `${[...sections, [verdictLine(host, sheet.paint)]]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function headline(host: HostReport, { paint, width, most }: Sheet): readonly string[] {
  const row = (label: string, text: string): readonly string[] => labelled(label, visible(text), 2, 16, width);
  const notes = notesOf(host);
  const rest = notes.length - most(NOTES_SHOWN);
  return [
    paint.bold(visible(`${quantity(host.wanted, 'operation')} against ${placeOf(host)}`)),
    ...(host.shard === undefined ? [] : row('shard', extentOf(host))),
    ...row('profile', profileInWords(host)),
    ...row('authentication', authenticationOf(host)),
    ...notes.slice(0, most(NOTES_SHOWN)).flatMap((note) => row('note', clipped(note, TEXT_SHOWN))),
    ...(rest > 0 ? row('', `and ${quantity(rest, 'more note')}`) : []),
    ...row('seed', String(host.suite.seed)),
    ...row('sent', `${quantity(host.summary.exchanges, 'exchange')} in ${(host.durationMs / 1000).toFixed(1)} s`),
  ];
}

/** Those that did not conform; of the others only how many there are. */
function operations(host: HostReport, { paint, most }: Sheet): readonly string[] {
  const sorted = worstFirst(host.operations);
  const telling = most(1) > 1 ? sorted : sorted.filter(({ exitCode }) => exitCode !== 0);
  const shown = telling.slice(0, most(ROWS_SHOWN));
  const words = [...VERDICTS].reverse();
  const cells = [
    ['operation', ...words, ''],
    ...shown.map((each) => [
      visible(each.operation),
      ...words.map((word) => (each.summary[word] === 0 ? '·' : String(each.summary[word]))),
      endOf(each),
    ]),
  ];
  const left = telling.slice(shown.length).map(({ operation }) => operation);
  const conforming = sorted.length - telling.length;
  return [
    ...(shown.length === 0
      ? []
      : table(cells, (cell, y, x) => {
          const word = words[x - 1];
          if (y === 0 || cell.trim() === '·') return paint.dim(cell);
          return word === undefined ? cell : inColour(word, paint)(cell);
        }).map((line) => `  ${line}`)),
    ...(left.length === 0 ? [] : [`  and ${nameList(left)}`]),
    ...(conforming === 0
      ? []
      : [
          `  ${paint.green(quantity(conforming, shown.length === 0 ? 'operation' : 'other operation'))} ${conforming === 1 ? 'conforms' : 'conform'}`,
        ]),
  ];
}

function endOf({ verdict, exitCode }: OperationInShort): string {
  if (verdict !== 'inconclusive') return verdict.replaceAll('-', ' ');
  return exitCode === 3 ? 'could not be judged' : exitCode === 130 ? 'interrupted' : 'inconclusive';
}

/** Why requirements failed, then why operations could not be judged: what several have in common is told once. */
function causes(host: HostReport, sheet: Sheet): readonly (readonly string[])[] {
  const found = commonCauses(host);
  const shown = found.slice(0, sheet.most(CAUSES_SHOWN));
  const rest = found.slice(shown.length).map(({ first }) => first.requirement);
  return [
    ...shown.map((each) => causeLines(each, sheet)),
    ...(rest.length === 0
      ? []
      : [
          [
            `and ${quantity(rest.length, 'more requirement')}: ${nameList(rest)}; the HTML and the JSON report tell them`,
          ],
        ]),
    ...unjudged(host, sheet),
  ];
}

function causeLines({ first, operations: of }: CommonCause, { paint, width }: Sheet): readonly string[] {
  const others = of.slice(1);
  const row = (label: string, text: string): readonly string[] =>
    labelled(label, clipped(visible(text), TEXT_SHOWN), 2, LABEL, width);
  return [
    `${paint.red(`FAIL ${visible(first.requirement)}`)}  ${first.level}  ${paint.bold(visible(first.title))}`,
    ...row('where', first.where),
    ...row('says', first.says),
    // Not wrapped: the line is there to be copied.
    ...(first.again === null ? [] : [`  ${'again'.padEnd(LABEL)}${visible(first.again)}`]),
    ...(others.length === 0 ? [] : row('also in', nameList(others))),
  ];
}

/** What kept operations from being judged, once for all that it kept. */
function unjudged({ operations: all }: HostReport, { paint, width, most }: Sheet): readonly (readonly string[])[] {
  const reasons = new Map<string, string[]>();
  for (const { operation, exitCode, says } of all)
    if (exitCode === 3 || exitCode === 2) reasons.set(says, [...(reasons.get(says) ?? []), operation]);
  return [...reasons]
    .slice(0, most(CAUSES_SHOWN))
    .map(([says, names]) => [
      paint.yellow(`NOT JUDGED ${visible(nameList(names))}`),
      ...wrapped(clipped(visible(says), TEXT_SHOWN), width - 2).map((line) => `  ${line}`),
    ]);
}

function objections({ operations: all, objections: own = [] }: HostReport, sheet: Sheet): readonly string[] {
  const found = [
    ...own.map(({ says }) => says),
    ...all.flatMap((each) => each.objections.map(({ says }) => `${each.operation}: ${says}`)),
  ];
  return objectionLines(found, sheet.most(OBJECTIONS_SHOWN), sheet);
}

/** The first names, and how many more there are. */
export function nameList(names: readonly string[]): string {
  return firstOf(
    names.map((name) => startOf(name, 100)),
    NAMES_SHOWN,
  );
}
