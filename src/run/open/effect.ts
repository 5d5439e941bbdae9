import { heldBack, type Asked, type Names } from '../../exchange/fence.ts';
import type { Effect, RequestTemplate, Script } from '../../model/exchange.ts';
import type { Composer } from '../../model/requirement.ts';
import { guidsIn, isGuid, zeroGuid } from '../../values/guid.ts';
import { pathOf } from '../../values/http.ts';
import { onceFor } from '../../values/once.ts';

/**
 * Tells what a script can do to a target: `none` only where the fence lets each of its requests leave without permission
 * to change anything.
 *
 * @param script the requests, ids still symbolic
 * @param c the operation they are for
 */
export function effectOf(script: Script, c: Composer): Effect {
  const drawn = script.subjects.every((state) => state === c.absent);
  return script.steps.every((step) => heldBack(asked(step, drawn, c), c.contract) === null) ? 'none' : 'own';
}

function asked(step: RequestTemplate, drawn: boolean, c: Composer): Asked {
  const path = pathOf(step.path);
  return {
    method: step.method,
    path,
    headers: step.headers,
    credentials: step.credentials === 'none' ? 'none' : 'presented',
    body: step.body === null ? 'none' : 'present',
    names: namesIn(step, path, drawn, c),
  };
}

/** Only a Guid can be drawn so that it names nothing that exists. */
function namesIn({ path: target, body }: RequestTemplate, path: string, drawn: boolean, c: Composer): Names {
  const { subject, routes } = c.contract;
  const { given, named } = tokensOf(c);
  const stands = (token: RegExp): boolean => token.test(target) || (body !== null && token.test(body));
  if (given !== null && stands(given)) return 'what may exist';
  if (named === null) return 'nothing';
  if (subject !== null && routes.some((route) => isTypedOut(path, route.path, subject.member, named)))
    return 'what may exist';
  if (stands(named)) return drawn ? 'nothing that exists' : 'what may exist';
  return path.includes(zeroGuid) ? 'nothing that exists' : 'nothing';
}

/** What stands in a request for what may be a subject; null where there is none. */
interface Tokens {
  /** A value that a person gives stands as a token too where it may not be shown. */
  readonly given: RegExp | null;
  readonly named: RegExp | null;
}

const tokensOf = onceFor(({ contract: { subject }, members }: Composer): Tokens => {
  const given = members.filter(
    (m) => m.kept !== undefined && (subject === null ? isGuid(m) : m.name === subject.member),
  );
  const guids =
    subject === null ? members.filter(isGuid).map((m) => m.name) : subject.kind === 'guid' ? [subject.member] : [];
  return { given: tokenOf(given.map((m) => m.name)), named: tokenOf(guids) };
});

const tokenOf = (names: readonly string[]): RegExp | null =>
  names.length === 0 ? null : new RegExp(`\\{\\{(?:\\w+\\.)*(?:${names.join('|')})\\}\\}`);

/** Whether a path is that of a route with a text of its own in the place of the subject. */
function isTypedOut(path: string, route: string, member: string, named: RegExp): boolean {
  const [segments, places] = [path.split('/'), route.split('/')];
  if (segments.length !== places.length) return false;
  const isThat = places.every(
    (place, i) => place.startsWith('{') || place.toLowerCase() === (segments[i] ?? '').toLowerCase(),
  );
  return (
    isThat &&
    places.some((place, i) => place === `{${member}}` && !named.test(segments[i] ?? '') && segments[i] !== zeroGuid)
  );
}

/**
 * Finds ids that a script types out instead of drawing them: only the zero Guid may be.
 *
 * @param given ids that a person has given as values of the contract
 * @returns the offending ids; a script with any must never be sent
 */
export function literalIds(script: Script, given: readonly string[] = []): readonly string[] {
  const known = new Set([zeroGuid, ...given].map((id) => id.toLowerCase()));
  return script.steps.flatMap((s) =>
    [s.path, s.body ?? '', ...s.headers.map(([, value]) => value)].flatMap((text) =>
      guidsIn(text).filter((id) => !known.has(id.toLowerCase())),
    ),
  );
}
