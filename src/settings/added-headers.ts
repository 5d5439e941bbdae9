import type { Header } from '../model/exchange.ts';
import { UsageError } from './problems.ts';
import type { Settled } from './reading.ts';
import type { World } from './world.ts';

/** A header that every request carries. */
export interface AddedHeader {
  readonly header: Header;
  /** What of its value may not be shown. */
  readonly secrets: readonly string[];
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
  // What turns a request into another one, behind the back of whoever judged that it changes nothing.
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
  'x-original-url',
  'x-rewrite-url',
]);
const secretName = /key|token|secret|auth|pass|session|signature/i;

/** @throws UsageError for what is no header, or one that is the suite's own */
export function readHeaders(settings: Settled, { env }: Pick<World, 'env'>): readonly AddedHeader[] {
  return settings.list('addHeader').map((line) => {
    const [, name, text] = /^([\w!#$%&'*+.^`|~-]+)[ \t]*:(.*)$/s.exec(line.trim()) ?? [];
    // The line may hold a secret, so only its name is repeated.
    if (name === undefined || text === undefined) throw new UsageError('--add-header: takes "Name: value"');
    if (own.has(name.toLowerCase()))
      throw new UsageError(
        `--add-header ${name}: this header is the suite's own; ${name.toLowerCase() === 'host' ? 'name the host with --target' : 'sign in with --auth'}`,
      );
    const secrets: string[] = [];
    const value = text.trim().replace(/\$\{(\w+)\}/g, (_, variable: string) => {
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
