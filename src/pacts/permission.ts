import type { IncomingMessage } from 'node:http';
import type { Identity } from '../exchange/credentials.ts';
import { heldBack } from '../exchange/fence.ts';
import type { Contract } from '../model/contract.ts';
import type { Subject } from '../model/exchange.ts';
import type { Ability, Skip } from '../run/open/ability.ts';
import type { Run } from '../run/run.ts';
import { headersOf } from './loopback.ts';
import { plain, readRequest } from './request.ts';

/** What decides whether a request of an interaction may leave. */
export interface Permission {
  readonly ability: Ability;
  readonly contract: Contract;
  /** A live target gets ids that were made or drawn for this run, and no others; without permission, what the fence lets out. */
  readonly fence: 'embedded' | 'live';
  readonly run: Pick<Run, 'identity'>;
}

/** A credential that is one Authorization header is shown to Pact as it is; any other stands behind a placeholder. */
export function authorizationFor(identity: Identity, placeholder: string): string {
  const valid = identity.resolve('valid');
  if (valid.kind !== 'headers') return placeholder;
  const [only, ...more] = valid.headers;
  return only?.[0].toLowerCase() === 'authorization' && more.length === 0 ? only[1] : placeholder;
}

/** Whether a request carries the credentials of the run. */
export function presentsOwn({ run }: Permission, request: IncomingMessage, placeholder: string): boolean {
  const secret = secretsOf(run.identity);
  return headersOf(request).some(([, value]) => value === placeholder || secret.has(value));
}

function secretsOf(identity: Identity): ReadonlySet<string> {
  const valid = identity.resolve('valid');
  return new Set(valid.kind === 'headers' ? valid.headers.map(([, value]) => value) : []);
}

/**
 * Why a request may not leave; null when it may.
 *
 * @param made the subjects that were set up for its interaction, and that it may name
 * @param placeholder stands where the run's credentials go
 */
export function forbidden(
  options: Permission,
  made: readonly Subject[],
  request: IncomingMessage,
  body: string,
  placeholder: string,
): Skip | null {
  if (request.headers.authorization === placeholder) {
    const valid = options.ability.credentialRefused('valid');
    if (valid !== null) return valid;
  }
  if (options.fence === 'embedded') return null;
  const {
    contract,
    run: { identity },
  } = options;
  const own = new Set(made.flatMap((subject) => Object.values(subject).map(plain)));
  const secret = secretsOf(identity);
  const sent = headersOf(request);
  const headers = sent.filter(
    ([name, value]) => value !== placeholder && !secret.has(value) && name.toLowerCase() !== 'host',
  );
  const method = request.method ?? '';
  const read = readRequest({ method, target: request.url ?? '', headers, body }, own, contract);
  if (read.foreign !== null)
    return held(
      `it names ${read.foreign}, which was neither made nor drawn for this run; let the pact take it from the provider state`,
    );
  const { changesRefused } = options.ability;
  if (!read.ok)
    return changesRefused === null && body !== '' && read.problem.startsWith('its body')
      ? null
      : held(`${read.problem}, so what it names is not known`);
  if (changesRefused === null) return null;
  const credentials = sent.some(
    ([name, value]) => value === placeholder || secret.has(value) || /^(authorization|cookie)$|key|token/i.test(name),
  )
    ? 'presented'
    : 'none';
  const why = heldBack(
    { method, path: read.path, headers, credentials, body: body === '' ? 'none' : 'present', names: read.names },
    contract,
  );
  return why === null ? null : { ...changesRefused, reason: `${why}, and this run may change nothing` };
}

function held(reason: string): Skip {
  return { cause: 'effects', reason };
}
