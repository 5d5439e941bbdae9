import { rootCertificates } from 'node:tls';
import { UsageError, type Console } from '../../bin/console.ts';
import type { Tls } from '../exchange/sockets.ts';
import type { Header } from '../model/exchange.ts';
import { asUsage } from './effective.ts';
import { readTextFile } from './files.ts';
import { protectedHostOf } from './hosts.ts';
import { originText } from './layers.ts';
import { placeOf, type Said, type Settled } from './reading.ts';

/** A header that every request carries. */
export interface AddedHeader {
  readonly header: Header;
  /** What of its value may not be shown. */
  readonly secrets: readonly string[];
}

/** @throws UsageError when it is no plain base URL */
export function readUrl(said: Said): URL {
  const url = URL.canParse(said.value) ? new URL(said.value) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new UsageError(`${placeOf(said)}: not an http or https URL, such as https://staging.example.org`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      `${originText(said.origin)}: a URL may not carry credentials, they would end up in reports; use --auth and the environment`,
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new UsageError(
      `${originText(said.origin)} ${url.origin}${url.pathname}: a base URL has no query and no fragment`,
    );
  }
  return url;
}

/** @throws UsageError when a file is none of PEM, or a certificate has no key */
export function readTls(settings: Settled, console: Pick<Console, 'cwd'>): Tls {
  const pem = (name: 'ca' | 'cert' | 'key', kind: RegExp): string | undefined => {
    const said = settings.text(name);
    if (said === null) return undefined;
    const text = readTextFile(originText(said.origin), said.value, console);
    if (!kind.test(text))
      throw new UsageError(`${placeOf(said)}: holds no PEM ${name === 'key' ? 'private key' : 'certificate'}`);
    return text;
  };
  const ca = pem('ca', /-----BEGIN (?:TRUSTED )?CERTIFICATE-----/);
  const cert = pem('cert', /-----BEGIN (?:TRUSTED )?CERTIFICATE-----/);
  const key = pem('key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/);
  if ((cert === undefined) !== (key === undefined))
    throw new UsageError('--cert and --key go together: a client certificate needs its private key');
  return {
    // Given alone, it would take the place of the usual ones.
    ...(ca !== undefined && { ca: [...rootCertificates, ca].join('\n') }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(settings.isOn('insecure') && { insecure: true }),
  };
}

/** What the suite sets or leaves out itself, since that is what it tests. */
const own = new Set([
  'accept',
  'authorization',
  'connection',
  'content-length',
  'content-type',
  'cookie',
  'host',
  'transfer-encoding',
  'x-http-method-override',
]);
const secretName = /key|token|secret|auth|pass|session|signature/i;

/** @throws UsageError for what is no header, or one that is the suite's own */
export function readHeaders(settings: Settled, { env }: Pick<Console, 'env'>): readonly AddedHeader[] {
  return settings.list('addHeader').map((line) => {
    const [, name, text] = /^\s*([\w!#$%&'*+.^`|~-]+)\s*:\s*(.*?)\s*$/s.exec(line) ?? [];
    // The line may hold a secret, so only its name is repeated.
    if (name === undefined || text === undefined) throw new UsageError('--add-header: takes "Name: value"');
    if (own.has(name.toLowerCase()))
      throw new UsageError(
        `--add-header ${name}: this header is the suite's own; ${name.toLowerCase() === 'host' ? 'name the host with --target' : 'sign in with --auth'}`,
      );
    const secrets: string[] = [];
    const value = text.replace(/\$\{(\w+)\}/g, (_, variable: string) => {
      const found = env[variable];
      if (found === undefined || found === '')
        throw new UsageError(`--add-header ${name}: ${variable} is not in the environment`);
      secrets.push(found);
      return found;
    });
    if (!/^[\t -~\u0080-\u00ff]+$/.test(value))
      throw new UsageError(`--add-header ${name}: its value is empty, or has a character that a header cannot carry`);
    return { header: [name, value], secrets: secretName.test(name) ? [...secrets, value] : secrets };
  });
}

/** @throws UsageError when something would be changed where nothing may be */
export function keepProtected(urls: readonly URL[], hosts: readonly string[]): void {
  for (const url of urls) {
    const host = asUsage(() => protectedHostOf(url, hosts));
    if (host !== null)
      throw new UsageError(
        `--allow-changes: ${url.hostname} is protected (${host}), nothing is changed there whatever else is set; name another --target`,
      );
  }
}

/** Milliseconds between two requests at least: 200 for `5/s`; 0 where there is no rate. */
export function readRate(settings: Settled): number {
  const said = settings.text('rate');
  if (said === null) return 0;
  const [, count, unit] = /^(\d+(?:\.\d+)?)\/(s|m)$/.exec(said.value.replaceAll(' ', '')) ?? [];
  if (count === undefined || Number(count) <= 0)
    throw new UsageError(`${placeOf(said)}: takes a number of requests in a second or a minute, such as 5/s or 30/m`);
  return (unit === 'm' ? 60_000 : 1000) / Number(count);
}
