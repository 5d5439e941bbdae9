import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conform } from '../bin/console.fixture.ts';
import { suiteOf } from './suite.ts';
import { createComposer } from '../src/catalogue/composer.ts';
import { bindRequest, drawSubject } from '../src/exchange/bind.ts';
import type { Contract } from '../src/model/contract.ts';
import type { Header, Recorded, RequestTemplate, Subject, WireRequest } from '../src/model/exchange.ts';
import type { Report, ReportedRequirement } from '../src/model/report.ts';
import { configurations, recorded } from '../src/provider/recorded/operations/replay.ts';
import { boundless } from '../src/run/open/ability.ts';
import { judge } from '../src/run/judge/judge.ts';
import { plan } from '../src/run/plan/plan.ts';
import type { PlannedScript } from '../src/run/plan/planned-script.ts';
import { readerOf } from '../src/run/open/reader.ts';
import type { ScriptResult } from '../src/run/run.ts';
import { whyWithheld, type HostRoutes } from '../src/run/send/host-routes.ts';
import { operations } from '../src/provider/operations.fixture.ts';
import type { ScriptKey } from '../src/run/plan/script-key.ts';
import { headerOf, mediaTypeIn } from '../src/values/http.ts';

/** Values of calls that the host was recorded to answer, for each operation one set after the other. */
export const recordedValues: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  GetTool: [{ Id: '1' }, {}],
  FindTools: [{}, { Name: 'Saw', Colour: 'Blue', From: '2020-01-01' }, { Ids: '[1,2]' }, { Name: 'None' }],
  ReadFile: [{ Path: 'a' }, { Path: 'a/b/c.txt' }, { Path: 'a', As: 'text' }, { Path: 'a', As: 'none' }],
  WriteLog: [{ Text: 'a' }, {}],
  SaveTool: [
    { Id: '5', Name: 'abc', Price: '1' },
    { Name: 'abc', Price: '1' },
  ],
  DeleteTool: [{ Id: '1' }],
  EchoScalars: [
    {},
    {
      Bool: 'true',
      Byte: '255',
      Short: '-32768',
      Int: '2147483647',
      Long: '9223372036854775807',
      UInt: '4294967295',
      ULong: '18446744073709551615',
      Float: '1.5',
      Double: '1e+300',
      Decimal: '79228162514264337593543950335',
      Char: 'x',
      String: 'a "q" é \u2028 <>&\'',
      Guid: '11111111-1111-4111-8111-111111111111',
      DateTime: '2020-02-29T12:34:56.789Z',
      DateTimeOffset: '2020-02-29T12:34:56.789+10:00',
      TimeSpan: 'P1DT2H3M4.5S',
      DateOnly: '2020-02-29',
      TimeOnly: '12:34:56',
      Uri: 'https://example.org/a?b=c',
      Bytes: 'AQID',
      Colour: 'Green',
      Priority: 'High',
      Access: '3',
      Grade: 'second-class',
      Level: '7',
    },
  ],
  EchoCollections: [
    {},
    {
      Strings: '["a,b","c\\"d"]',
      Ints: '[1,2]',
      Guids: '["11111111-1111-4111-8111-111111111111"]',
      Set: '["x"]',
      Dates: '["2020-01-01T00:00:00Z"]',
      Colours: '["Red","Blue"]',
      Labels: '{"k":"v"}',
      Counts: '{"k":1}',
      ById: '{"1":"a"}',
      PartsByBin: '{"b":[{"Id":1,"Name":"n","Colour":"Blue"}]}',
      Part: '{"Id":1,"Name":"n"}',
      Parts: '[{"Id":1},{"Id":2}]',
      Matrix: '[[1,2],[3]]',
      Pair: '{"Key":"a","Value":"b"}',
    },
  ],
};

/** What the recorded host's own metadata says of its routes. */
const hostRoutes: HostRoutes = {
  kind: 'open',
  routes: operations.flatMap(({ routes }) =>
    routes.map(({ path, verbs }) => ({ path, verbs: verbs === 'any' ? '' : verbs.join(' ') })),
  ),
};

/** What came of a recorded operation. */
export interface JudgedRecording {
  /** Ids of requirements that had a recorded exchange to judge. */
  readonly judged: ReadonlySet<string>;
  /** Each failure and each error, in words. */
  readonly alarms: readonly string[];
}

/**
 * Judges what a real host was recorded to answer by the whole catalogue: each request that a requirement would send, and
 * that the host was sent, has the recorded answer. The others are not judged.
 *
 * @param configuration of the host
 * @param contract of one of its operations
 */
export function judgedByRecordings(configuration: string, contract: Contract): JudgedRecording {
  const judged = new Set<string>();
  const alarms: string[] = [];
  for (const values of recordedValues[contract.operation] ?? [{}]) {
    const said: Contract = { ...contract, effect: 'reads', ...(Object.keys(values).length > 0 && { values }) };
    for (const { id, cases } of verdicts(configuration, said)) {
      for (const { verdict, findings, reason, key } of cases) {
        if (verdict === 'pass' || verdict === 'fail') judged.add(id);
        if (verdict === 'fail' || verdict === 'error')
          alarms.push(`${id} ${JSON.stringify(key)} ${JSON.stringify(findings[0] ?? reason)}`);
      }
    }
  }
  return { judged, alarms };
}

function verdicts(configuration: string, contract: Contract): ReturnType<typeof judge> {
  const profile = configurations[configuration];
  if (profile === undefined) throw new Error(`nothing was recorded in ${configuration}`);
  const suite = suiteOf(contract);
  const composer = createComposer(contract, suite.members, profile);
  const planned = plan(suite.catalogue, composer, boundless);
  const answers = answersIn(configuration);
  const results = new Map(
    planned.scripts.flatMap((script): readonly [ScriptKey, ScriptResult][] => {
      const { undocumented, steps } = script.script;
      if (undocumented !== undefined && whyWithheld(steps[0], undocumented, hostRoutes, contract.prefix) !== null)
        return [];
      const subject = drawSubject(1, script.key, suite.members);
      const exchanges = exchangesOf(script, subject, contract, answers);
      return exchanges === null ? [] : [[script.key, { kind: 'ran', exchanges, subjects: [subject, subject] }]];
    }),
  );
  const unsent = { kind: 'not-run', cause: 'recording', reason: 'it was not recorded' } as const;
  return judge(planned, results, { unsent }, { suite, composer, ...readerOf(suite) });
}

/**
 * What `conform judge` says of all that a host was recorded to answer, where it is told of one of its operations.
 *
 * @param configuration of the host
 * @param contract of the operation
 */
export async function judgedByCommand(configuration: string, contract: Contract): Promise<JudgedRecording> {
  const profile = configurations[configuration];
  if (profile === undefined) throw new Error(`nothing was recorded in ${configuration}`);
  const dir = mkdtempSync(join(tmpdir(), 'recorded-'));
  try {
    const { stated = contract } = contract;
    writeFileSync(join(dir, 'recorded.har'), archiveOf(configuration));
    writeFileSync(join(dir, 'contract.json'), JSON.stringify(stated));
    writeFileSync(join(dir, 'said.json'), JSON.stringify({ effect: { value: 'reads', reason: 'Nothing is sent.' } }));
    const { hosting, casing, serializer, guids, dates, xmlNamespace } = profile;
    const how = [
      '--hosting',
      hosting,
      '--casing',
      casing,
      '--serializer',
      serializer,
      '--guids',
      guids,
      '--dates',
      dates,
    ];
    const where = ['--contract', dir, '--report', 'json=report.json', '--xml-namespace', xmlNamespace, '--quiet'];
    const { err } = await conform(['judge', 'recorded.har', ...how, ...where], { cwd: dir });
    if (err !== '') throw new Error(err);
    const { requirements } = JSON.parse(readFileSync(join(dir, 'report.json'), 'utf8')) as Report;
    const isAmiss = ({ verdict }: ReportedRequirement): boolean => ['fail', 'error', 'blocked'].includes(verdict);
    return {
      judged: new Set(requirements.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id)),
      alarms: requirements.filter(isAmiss).map(({ id, cases }) => `${id} ${JSON.stringify(cases)}`),
    };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** What the host was recorded to answer, as a browser would have saved it. */
function archiveOf(configuration: string): string {
  const entries = recorded(configuration).map(({ request, answer }) => {
    const headers = (all: readonly (readonly [string, string | undefined])[]): readonly object[] =>
      all.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
    const body = textOf(request.body);
    const text = textOf(answer.body);
    return {
      time: 1,
      request: {
        method: request.method,
        url: `http://host.example${request.path}`,
        headers: headers(Object.entries(request.headers ?? {})),
        ...(body !== '' && { postData: { text: body } }),
      },
      response: {
        status: answer.status,
        statusText: '',
        headers: headers([
          ['Content-Type', answer.type],
          ['Allow', answer.allow],
          ['Location', answer.location],
          ['WWW-Authenticate', answer.challenge],
        ]),
        content: { text, size: Buffer.byteLength(text) },
      },
    };
  });
  return JSON.stringify({ log: { version: '1.2', entries } });
}

type Answers = ReadonlyMap<string, Recorded['outcome']>;

function answersIn(configuration: string): Answers {
  const answers = new Map<string, Recorded['outcome']>();
  for (const { request, answer } of recorded(configuration)) {
    const key = keyOf(request.method, request.path, Object.entries(request.headers ?? {}), textOf(request.body));
    const body = textOf(answer.body);
    const headers: readonly (readonly [string, string | undefined])[] = [
      ['Content-Type', answer.type],
      ['Allow', answer.allow],
      ['Location', answer.location],
      ['WWW-Authenticate', answer.challenge],
    ];
    const kept = headers.flatMap(([name, value]): readonly Header[] => (value === undefined ? [] : [[name, value]]));
    if (!answers.has(key))
      answers.set(key, {
        kind: 'response',
        response: { httpVersion: '1.1', status: answer.status, reason: '', headers: kept, body, bytes: body.length },
      });
  }
  return answers;
}

function textOf(body: string | { readonly base64: string } | undefined): string {
  return typeof body === 'object' ? Buffer.from(body.base64, 'base64').toString('utf8') : (body ?? '');
}

/** The exchanges of a script; null where one of them was not recorded. */
function exchangesOf(
  { script, exchanges, effect }: PlannedScript,
  subject: Subject,
  contract: Contract,
  answers: Answers,
): readonly Recorded[] | null {
  const found = script.steps.flatMap((template, i): readonly Recorded[] => {
    const sent = wireOf(template, subject, contract);
    const id = exchanges[i];
    const outcome = answers.get(keyOf(sent.method, sent.target, sent.headers, sent.body ?? ''));
    if (outcome === undefined || id === undefined) return [];
    const { method, headers, body } = sent;
    const request = { method, url: `http://host${sent.target}`, headers, body };
    return [{ id, effect, request, outcome, ms: 1, credentials: template.credentials }];
  });
  return found.length === script.steps.length ? found : null;
}

/** Credentials that the host was sent, by what they are. */
const presented: Readonly<Record<string, string>> = {
  valid: 'Basic dXNlcjpwYXNz',
  'wrong-password': 'Basic dXNlcjpubw==',
  'garbage-token': 'Bearer x',
};

function wireOf(template: RequestTemplate, subject: Subject, contract: Contract): WireRequest {
  const { credentials } = template;
  const isBare = credentials === 'none' || (credentials === 'valid' && contract.authentication === 'none');
  const headers: readonly Header[] = isBare ? [] : [['Authorization', presented[credentials] ?? 'of no recording']];
  return bindRequest(template, [subject, subject], { headers, query: [] }, new URL('http://host'));
}

/** What a request asks for, however it is spelt. */
function keyOf(method: string, target: string, headers: readonly Header[], body: string): string {
  const [path = '', query = ''] = target.split('?', 2);
  const pairs = query.split('&').map((pair) => decodeURIComponent(pair.replaceAll('+', ' ')));
  const header = (name: string): string => headerOf(headers, name) ?? '';
  return JSON.stringify([
    method,
    decodeURIComponent(path.replace(/%2f/gi, '%252F')),
    pairs.sort(),
    header('accept'),
    mediaTypeIn(header('content-type')),
    header('authorization'),
    header('x-http-method-override'),
    spelt(body),
  ]);
}

/** A body without what its spelling alone decides: white space, and what JSON need not escape. */
function spelt(body: string): string {
  return body
    .replace(/\s+/g, '')
    .replace(/\\u([\da-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
