import { readFileSync } from 'node:fs';
import type { Contract } from '../../../model/contract.ts';
import type { Header } from '../../../model/exchange.ts';
import type { Profile } from '../../../model/profile.ts';
import { createProvider } from '../../provider.ts';
import type { Running } from '../../provider.ts';
import { exchange } from '../wire.ts';
import { workshop } from './workshop.ts';

/** The configurations of the types host. */
export const configurations: Readonly<Record<string, Profile>> = configurationsOf();

function configurationsOf(): Readonly<Record<string, Profile>> {
  const classic: Profile = {
    hosting: 'classic',
    casing: 'pascal',
    serializer: 'servicestack',
    guids: 'compact',
    dates: 'ms',
    debug: false,
    xmlNamespace: 'http://schemas.datacontract.org/2004/07/Workshop.ServiceModel',
  };
  const dashed: Profile = { ...classic, guids: 'dashed', dates: 'iso' };
  const stj: Profile = { ...dashed, serializer: 'system-text-json', casing: 'camel' };
  return { classic, dashed, camel: { ...dashed, casing: 'camel' }, stj, endpoints: { ...stj, hosting: 'endpoints' } };
}

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | { readonly base64: string };
}

export interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly allow?: string;
  readonly location?: string;
  readonly challenge?: string;
  readonly disposition?: string;
  readonly body?: string | { readonly base64: string };
}

/** A recorded exchange, and where the provider answers otherwise. */
export interface Replayed {
  /** `GET /tools/1 Accept=application/json`, and the body. */
  readonly id: string;
  readonly differences: readonly string[];
}

function lines(name: string): readonly string[] {
  const text = readFileSync(new URL(`${name}.jsonl`, import.meta.url), 'utf8');
  return text.replace(/\n$/, '').split('\n');
}

/** Recorded exchanges in one configuration; a table holds only what differs from that of `classic`. */
export function recorded(configuration: string): readonly { readonly request: Request; readonly answer: Answer }[] {
  const reference = lines('classic');
  const own = configuration === 'classic' ? reference : lines(configuration);
  return lines('requests').map((line, i) => ({
    request: JSON.parse(line) as Request,
    answer: JSON.parse(own[i] === '' ? (reference[i] ?? '{}') : (own[i] ?? '{}')) as Answer,
  }));
}

/**
 * Starts a provider of all ten operations, sends it what the host was sent, and compares.
 *
 * @param contracts of the ten
 * @param taken which of the exchanges, by their number
 */
export async function replayed(
  configuration: string,
  contracts: readonly Contract[],
  taken: (number: number) => boolean,
): Promise<readonly Replayed[]> {
  const profile = configurations[configuration];
  const operations = contracts.map((contract) => ({
    contract,
    schemas: {},
    ...(workshop[contract.operation] !== undefined && { mutate: workshop[contract.operation] }),
  }));
  const [first, ...siblings] = operations;
  if (profile === undefined || first === undefined) throw new Error(`nothing is known of ${configuration}`);
  const provider = createProvider({
    ...first,
    siblings,
    profile,
    authentication: ['credentials', 'basic'],
    seed: 1,
    now: () => new Date(0),
  });
  const running = await provider.listen(0);
  const found: Replayed[] = [];
  for (const [number, { request, answer }] of recorded(configuration).entries()) {
    if (!taken(number)) continue;
    found.push({ id: idOf(request), differences: await compare(running, request, answer) });
  }
  await running.close();
  return found;
}

function idOf({ method, path, headers = {}, body }: Request): string {
  const shown = Object.entries(headers).map(([name, value]) => `${name}=${value}`);
  return [method, path, ...shown, ...(body === undefined ? [] : [JSON.stringify(body)])].join(' ');
}

async function compare(running: Running, request: Request, answer: Answer): Promise<readonly string[]> {
  const host = new URL(running.url).host;
  const body = bytesOf(request.body);
  const account = Buffer.from(`${running.user}:${running.password}`).toString('base64');
  const headers: Header[] = [
    ['Host', host],
    ...Object.entries(request.headers ?? {}).map(([n, v]): Header => [
      n,
      v.replace('Basic dXNlcjpwYXNz', `Basic ${account}`),
    ]),
    ...(request.body === undefined ? [] : [['Content-Length', String(body.length)] as const]),
  ];
  const head = `${request.method} ${request.path} HTTP/1.1\r\n${headers.map(([n, v]) => `${n}: ${v}\r\n`).join('')}\r\n`;
  const heard = await exchange(
    Number(new URL(running.url).port),
    Buffer.concat([Buffer.from(head, 'latin1'), body]),
    request.method !== 'HEAD',
  );
  const header = (name: string): string => heard.headers.find(([n]) => n.toLowerCase() === name)?.[1] ?? '';
  const pairs: readonly (readonly [string, string, string])[] = [
    ['status', String(answer.status), String(heard.status)],
    ['type', answer.type ?? '', header('content-type')],
    ['allow', answer.allow ?? '', header('allow')],
    [
      'location',
      steady(answer.location ?? ''),
      steady(header('location').replaceAll(host, 'HOST').replaceAll(host.replace(':', '%3a'), 'HOST')),
    ],
    ['challenge', answer.challenge ?? '', header('www-authenticate')],
    ['disposition', answer.disposition ?? '', header('content-disposition')],
    ['body', steady(textOf(answer.body)), steady(heard.body)],
  ];
  return pairs.flatMap(([where, a, b]) =>
    a === b ? [] : [`${where} recorded ${around(a, b)}, answered ${around(b, a)}`],
  );
}

/** What is different, with a little of what stands before. */
function around(text: string, other: string): string {
  let at = 0;
  while (at < text.length && text[at] === other[at]) at += 1;
  return JSON.stringify(text.slice(Math.max(0, at - 20), at + 60));
}

function bytesOf(body: Request['body']): Buffer {
  if (body === undefined) return Buffer.alloc(0);
  return typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.base64, 'base64');
}

function textOf(body: Answer['body']): string {
  return bytesOf(body).toString('utf8');
}

/** What no contract tells: the namespace of a type, the class of the service, the address of the recorded host. */
function steady(text: string): string {
  return text
    .replaceAll('Workshop.ServiceModel.Types', 'Workshop.ServiceModel')
    .replace(/on Service \w+/, 'on Service <class>')
    .replace(/http%3a%2f%2f(?:HOST|127\.0\.0\.1%3a\d+)/g, 'HOST');
}
