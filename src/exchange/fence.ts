import type { Contract, Route } from '../model/contract.ts';
import type { Header } from '../model/exchange.ts';
import { promises } from '../values/contract.ts';
import { literally } from '../values/words.ts';
import { onceFor } from '../values/once.ts';

/** What a request says of the subject that it is about, as the service reads it. */
export type Names =
  /** Nothing at all. */
  | 'nothing'
  /** The zero Guid, one drawn for this run, or a text that is none and was made from a drawn one. */
  | 'nothing that exists'
  /** Anything else. */
  | 'what may exist';

/** A request, as far as the fence has to know it. Ids may still be symbolic: `{{Member}}`. */
export interface Asked {
  readonly method: string;
  /** From the root of the target, without its query. */
  readonly path: string;
  readonly headers: readonly Header[];
  /** Whether it presents any credentials, good or bad. */
  readonly credentials: 'none' | 'presented';
  readonly body: 'none' | 'present';
  readonly names: Names;
}

/**
 * The one rule of what a run may send that has no permission to change anything. A request leaves only if
 *
 * - (a) the contract names a subject that is a Guid in the path and says that a call on an unknown one changes nothing,
 *   and the request names no other than such; or
 * - (b) a person has declared that the operation only reads, and the request is a plain call of it by a promised verb; or
 * - (c) it is no request to an operation: documentation, a preflight, or a path that cannot exist, without credentials
 *   and body. (Signing in, which a person has configured, does not come this way.)
 *
 * Credentials that are missing or bad never suffice: lost authentication is what a run looks for.
 *
 * @param asked the request, its ids read as the service reads them
 * @param contract the operation that the run is about
 * @returns null when it may leave; else why not, to stand behind "not sent: "
 */
export function heldBack(asked: Asked, contract: Contract): string | null {
  const reasons = [unknownSubject(asked, contract), plainRead(asked, contract)];
  if (reasons.includes(null) || isBesideOperations(asked, contract)) return null;
  return (contract.effect === 'reads' ? reasons[1] : reasons[0]) ?? null;
}

/** Whether a call on a subject that does not exist is known to change nothing, which takes a person's word. */
function unknownIsHarmless({ subject, routes }: Contract): boolean {
  return (
    subject !== null &&
    subject.kind === 'guid' &&
    subject.states.absent !== null &&
    routes.every(({ path }) => path.includes(`{${subject.member}}`))
  );
}

function unknownSubject({ names }: Asked, contract: Contract): string | null {
  if (!unknownIsHarmless(contract))
    return 'said.json does not say that a call of this operation on what does not exist changes nothing';
  switch (names) {
    case 'nothing that exists':
      return null;
    case 'nothing':
      return 'it names no subject, so what it would change is not known';
    case 'what may exist':
      return 'it may name a subject that exists';
  }
}

function plainRead({ method, path, headers }: Asked, contract: Contract): string | null {
  if (contract.effect !== 'reads') return 'said.json does not say that this operation only reads';
  if (headers.some(([name]) => /^x-http-method(-override)?$/i.test(name))) return 'it overrides its verb';
  if (!promises(contract, method)) return `${method} is no verb that the operation promises`;
  return isCallOf(path, contract) ? null : 'its path is none of the documented ones, so what it would do is not known';
}

/** Whether a path is a documented route of the operation, or its predefined one, with or without the suffix of a format. */
export function isCallOf(path: string, contract: Contract): boolean {
  return pathsOf(contract).calls.some((pattern) => pattern.test(path));
}

/** The paths that requests of a contract are told by: hundreds are looked at before a run. */
interface Paths {
  readonly calls: readonly RegExp[];
  /** By its name alone, in whatever way. */
  readonly byName: RegExp;
  readonly documentation: RegExp;
}

const pathsOf = onceFor(({ prefix, operation, formats, routes }: Contract): Paths => {
  const suffix = `(\\.(${formats.map((f) => f.suffix).join('|')}))?/?`;
  const names = formats.map((f) => f.name).join('|');
  const name = `${literally(operation)}(\\[\\])?(\\.\\w+)?`;
  const ways = `(/\\w+/(reply|oneway|syncreply|asynconeway))?/${name}|/soap1[12]`;
  return {
    calls: [
      new RegExp(`^${literally(prefix)}/(${names})/reply/${literally(operation)}$`, 'i'),
      ...routes.map((route) => new RegExp(`^${patternOf(route)}${suffix}$`, 'i')),
    ],
    byName: new RegExp(`^(${literally(prefix)}|/api|)(${ways})$`, 'i'),
    documentation: new RegExp(
      `^${literally(prefix)}/(metadata(/app\\.json)?|types/[\\w.-]+|schema/\\w+|(${names})/metadata)$`,
      'i',
    ),
  };
});

/**
 * Whether a server may take a path for a call of the operation, whichever way it reads it: with dots, slashes, parameters and
 * blanks where none belong, as a batch, one way, by its name alone, by the names of earlier versions, or in an envelope.
 */
export function mayBeCallOf(path: string, contract: Contract): boolean {
  const { byName } = pathsOf(contract);
  const plain = plainPath(path);
  return [plain, plain.replace(/\.\w+$/, '')].some((each) => byName.test(each) || isCallOf(each, contract));
}

/** As a careless server reads it. */
function plainPath(path: string): string {
  const segments: string[] = [];
  for (const segment of path.replaceAll('\\', '/').split('/')) {
    const [name = ''] = segment.split(';', 1);
    const plain = name.replace(/[\0-\x20\x7f]/g, '');
    if (plain === '..') segments.pop();
    else if (plain !== '' && plain !== '.') segments.push(plain);
  }
  return `/${segments.join('/')}`;
}

/** The path of a route as a pattern: `{Name}` is one segment, `{Name*}` any number of them. */
function patternOf({ path }: Route): string {
  return path
    .split(/(\{[^{}]*\})/)
    .map((part) => (part.startsWith('{') ? (part.includes('*') ? '.*' : '[^/]+') : literally(part)))
    .join('');
}

/** Rule (c): no operation is asked, neither the contract's nor another one's. */
function isBesideOperations({ method, path, credentials, body, names }: Asked, contract: Contract): boolean {
  if (credentials !== 'none' || body !== 'none') return false;
  switch (method) {
    case 'OPTIONS':
      return names === 'nothing that exists';
    // A path with a drawn id in it, and that no route binds, stands nowhere.
    case 'GET':
      return (
        !mayBeCallOf(path, contract) && (pathsOf(contract).documentation.test(path) || names === 'nothing that exists')
      );
    default:
      return false;
  }
}
