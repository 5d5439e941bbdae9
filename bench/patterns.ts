import { createRedactor } from '../src/exchange/redact.ts';
import { expiryOf } from '../src/exchange/renewal.ts';
import { readBody } from '../src/formats/body.ts';
import { readForm } from '../src/formats/form.ts';
import { readJsonp } from '../src/formats/jsonp.ts';
import { rootTag } from '../src/formats/xml.ts';
import { maskerFor } from '../src/run/judge/observe.ts';
import { withoutFigures } from '../src/catalogue/expect/same-value.ts';
import { disclosesNothing } from '../src/catalogue/expect/disclosure.ts';
import { answered, contract, evidence } from '../src/catalogue/answered.fixture.ts';
import { hasErrorCode } from '../src/run/send/signs.ts';
import type { FormatName } from '../src/model/contract.ts';

const redactor = createRedactor({ secrets: ['tok-0123456789abcdef'], headerNames: [] });
const mask = maskerFor(new URL('http://staging.example.org/base'));

const told = (body: string): Parameters<typeof hasErrorCode>[0] => ({
  httpVersion: '1.1',
  status: 400,
  reason: '',
  headers: [['Content-Type', 'application/json']],
  body,
  bytes: body.length,
});

/** What reads a target's text. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  redaction: redactor.text,
  'redaction of headers': (text) => redactor.headers([['Set-Cookie', text]]),
  ...Object.fromEntries(
    (['json', 'jsonl', 'xml', 'csv', 'jsv'] as const satisfies readonly FormatName[]).map((format) => [
      format,
      (text: string) => readBody(format, text, { kind: 'object', name: 'a', members: {} }),
    ]),
  ),
  form: readForm,
  jsonp: readJsonp,
  'root tag': rootTag,
  masking: mask,
  'what is volatile': withoutFigures,
  'what is disclosed': (text) => {
    const x = answered({ text, decoded: { kind: 'foreign', mediaType: 'text/html' } });
    return disclosesNothing.judge(x, evidence([x]));
  },
  'when a token expires': (text) => expiryOf([['Cookie', text]]),
  'signs of an error': (text) => hasErrorCode(told(text), contract),
};

/** What makes a reader begin again and again. */
const pieces = [
  'a',
  'a-',
  'ab1.',
  ' ',
  '\n',
  '\\',
  '"',
  '%25',
  '&amp;',
  '<',
  '<a>',
  '<a b="',
  '&',
  ']]',
  '{',
  '[',
  ',',
  'a.',
  'eyJ.',
  'aaaa.',
  'a://b',
  '"password":"',
  '&token=',
  'at A.',
  'C:\\a b ',
  '/var/',
  '0',
  '1e',
  '1,',
  'a=',
  '(',
  '-0',
  '\ud83d\ude00',
];

const LENGTH = 50_000;
/** How often it is doubled: one doubling alone drowns in what the machine does besides. */
const DOUBLINGS = 3;
/** Twice the text may take twice the time; what is above has more than measuring errors in it. */
const SUSPICIOUS = 3;

let suspicious = 0;
for (const [name, read] of Object.entries(readers)) {
  const ratios = pieces.map((piece) => {
    const one = timeOf(() => read(piece.repeat(LENGTH / piece.length)));
    const last = timeOf(() => read(piece.repeat((2 ** DOUBLINGS * LENGTH) / piece.length)));
    // What takes no time at all has no ratio.
    return { piece, ratio: last < 2 ? 1 : (last / one) ** (1 / DOUBLINGS) };
  });
  const [worst] = ratios.toSorted((a, b) => b.ratio - a.ratio);
  if (worst === undefined) continue;
  const mark = worst.ratio > SUSPICIOUS ? '  worse than linear?' : '';
  if (mark !== '') suspicious += 1;
  process.stdout.write(
    `  ${name.padEnd(22)} ${worst.ratio.toFixed(2).padStart(6)} × for twice ${JSON.stringify(worst.piece)}${mark}\n`,
  );
}
if (suspicious > 0) process.exitCode = 1;

/** The least of five, in milliseconds: the machine only ever adds to it. */
function timeOf(work: () => unknown): number {
  return Math.min(
    ...Array.from({ length: 5 }, () => {
      const began = performance.now();
      work();
      return performance.now() - began;
    }),
  );
}
