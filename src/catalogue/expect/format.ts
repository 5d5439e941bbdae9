import { rootTag } from '../../formats/xml.ts';
import type { Contract, Format } from '../../model/contract.ts';
import type { Answered } from '../../model/exchange.ts';
import type { Evidence, Expectation, Point } from '../../model/requirement.ts';
import type { PlainValue } from '../../model/value.ts';
import { isList, isObject, type JsonObject } from '../../values/json.ts';
import { service } from '../requirement.ts';
import { bodyOf, describeBody, hasNoFormat, needNotRead, pascal } from './body.ts';
import { statusOf } from './errors.ts';
import { isErrorWithoutRows } from './rows.ts';
import { answeredDto, answeredRoot, askedRoot, errorOf, isOfTheFramework, listedDto } from '../../values/contract.ts';
import { appliedOf } from '../../values/dto-name.ts';
import { spellingIn } from '../../values/spelling.ts';
import { shortened } from '../../values/words.ts';

/** The Content-Type is the documented media type of a format, whatever its parameters. */
export const mediaTypeOf = <P extends Point>(format: (point: P) => Format): Expectation<P> => ({
  says: "the Content-Type is the format's media type",
  judge: (x, { point, contract }) => {
    const { mediaType } = format(point);
    if (hasNoFormat(x, contract)) return [];
    return x.mediaType === mediaType ? [] : [service('header Content-Type', mediaType, x.mediaType || 'absent')];
  },
});

/** The body is well formed by its own media type, read strictly. */
export const wellFormed: Expectation = {
  says: 'the body is well formed in the format that its Content-Type names',
  judge: (x, { contract }) =>
    (x.decoded.kind === 'read' && x.decoded.reading.ok) || needNotRead(x, contract)
      ? []
      : [service('body', 'a body in the format that was asked for', describeBody(x))],
};

/** The Content-Type names no charset or UTF-8, and the bytes are UTF-8 (RFC 8259 §8.1). */
export const utf8: Expectation = {
  says: 'the charset is UTF-8, named or not',
  judge: (x) => {
    const charset = charsetOf(x);
    if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') {
      return [service('header Content-Type', 'charset utf-8 or none', `charset ${charset}`)];
    }
    return x.text.includes('\uFFFD') ? [service('body', 'text in UTF-8', 'bytes that are not UTF-8')] : [];
  },
};

/** No content coding is applied (RFC 9110 §8.4). */
export const uncompressed: Expectation = {
  says: 'no content coding is applied',
  judge: (x) => {
    const coding = x.header('Content-Encoding')?.trim().toLowerCase() ?? '';
    return coding === '' || coding === 'identity' ? [] : [service('header Content-Encoding', 'absent', coding)];
  },
};

function charsetOf(x: Answered): string | undefined {
  const [, charset] = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(x.header('Content-Type') ?? '') ?? [];
  return charset?.toLowerCase();
}

/** The members of the response are written in the casing that the profile declares; keys of a Meta map are data. */
export const declaredCasing: Expectation = {
  says: 'the members of the body are written in the declared casing',
  judge: (x, { profile, contract }) => {
    if (x.decoded.kind !== 'read' || !x.decoded.reading.ok) return [];
    const written = profile.casing === 'pascal' ? pascal : camel;
    const aliases = new Set(
      contract.types.flatMap(({ dataContract, members }) =>
        dataContract === true ? members.map(({ name }) => name) : [],
      ),
    );
    return namesIn(ownIn(x.decoded.reading.value))
      .filter((name) => name !== written(name) && !(name.toLowerCase() === 'responsestatus' && aliases.has(name)))
      .map((name) => service('body', `a member named ${written(name)}`, `a member named ${name}`));
  },
};

/** The framework's own members of an error: data members that stand beside them may have names of their own. */
function ownIn(value: PlainValue): PlainValue {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([name]) => name.toLowerCase() === 'responsestatus'));
}

function camel(name: string): string {
  const written = pascal(name);
  return written.charAt(0).toLowerCase() + written.slice(1);
}

function namesIn(value: PlainValue): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: PlainValue) => namesIn(item));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => [name, ...(pascal(name) === 'Meta' ? [] : namesIn(member))]);
}

/** What the framework answers with where it has made no response DTO: binding and credential errors. */
const errorRoot = { name: 'ErrorResponse', namespace: 'http://schemas.servicestack.net/types' };

interface Root {
  readonly name: string;
  readonly namespace: string;
}

/** The root element is that of the DTO: of a success the response, of an error what the framework answers in its place. */
export const xmlRootIsResponse: Expectation = {
  says: "the root element is the response DTO's, or that of a list of it",
  judge: (x, { contract }) => {
    const root = rootOf(x);
    // Nobody has recorded what the framework makes of its own answers where they are errors.
    if (x.status >= 300 && isOfTheFramework(contract)) return [];
    const dto = x.status >= 300 ? (errorOf(contract).dto ?? errorRoot.name) : rootOfSuccess(contract);
    if (x.status >= 300 && root?.name === errorRoot.name && isRaisedBefore(x)) return [];
    return root === undefined || dto === null || isRootOf(dto, root.name, contract)
      ? []
      : [service('body root element', dto, root.name)];
  },
};

/** Whether an error was raised before there was a DTO to answer with: in binding, or for credentials. */
function isRaisedBefore(x: Answered): boolean {
  return x.status === 401 || statusOf(x)?.['ErrorCode'] === 'SerializationException';
}

/** The root element of a success; null where it is neither a DTO nor a list of one whose name is told. */
export function rootOfSuccess(contract: Contract): string | null {
  const item = listedDto(contract);
  if (item === null) return answeredDto(contract);
  return contract.response.kind === 'list' && contract.response.type.includes('<') ? null : `ArrayOf${item}`;
}

/** The data contract of a generic type ends in a hash of its arguments (recorded; source forms, 6). */
function isRootOf(dto: string, root: string, { response }: Contract): boolean {
  const isGeneric = response.kind === 'dto' && response.type.includes('<');
  return root === dto || (isGeneric && root.startsWith(`${appliedOf(response.type).name}Of`));
}

/**
 * The root element is in the namespace that is declared for the host, or that the page prints; that of an ErrorResponse in
 * the framework's own.
 */
export const xmlNamespace: Expectation = {
  says: 'the root element is in the declared namespace',
  judge: (x, evidence) => {
    const root = rootOf(x);
    if (root === undefined) return [];
    const expected = namespaceFor(root, evidence);
    return expected === null || root.namespace === expected
      ? []
      : [service('body namespace of the root element', expected, root.namespace || 'none')];
  },
};

/** Null where no document tells it: a type may have another namespace than the request. */
function namespaceFor(root: Root, { profile, contract }: Pick<Evidence, 'profile' | 'contract'>): string | null {
  if (root.name === errorRoot.name) return errorRoot.namespace;
  const printed = answeredRoot(contract);
  if (printed?.name !== root.name || printed.namespace === '') return null;
  // What a profile declares is the namespace of the request, and of what the page shows to share it.
  return askedRoot(contract)?.namespace === printed.namespace ? profile.xmlNamespace : printed.namespace;
}

/** Why the namespace of an answer leaves nothing to judge. */
export function unlessNamespaceUntold(x: Answered, evidence: Pick<Evidence, 'profile' | 'contract'>): string | null {
  const root = rootOf(x);
  return root === undefined || namespaceFor(root, evidence) !== null
    ? null
    : `no document prints ${root.name} in XML, so its namespace is not known`;
}

/** The root of a document, whether or not all of it can be read; undefined for any other answer, which `wellFormed` judges. */
function rootOf(x: Answered): Root | undefined {
  return x.decoded.kind === 'read' && x.decoded.format === 'xml' ? rootTag(x.text) : undefined;
}

const scripts: ReadonlySet<string> = new Set(['text/javascript', 'application/javascript']);

/** The answer is a script that hands a JSON value to the callback. */
export const carriedInCallback = (name: string): Expectation => ({
  says: `the body is a script that calls ${name} with a JSON value`,
  judge: (x) => {
    if (!scripts.has(x.mediaType)) {
      return [service('header Content-Type', [...scripts].join(' or '), x.mediaType || 'absent')];
    }
    const text = x.text.trim();
    const argument = text.startsWith(`${name}(`) ? argumentIn(text, name.length + 1) : undefined;
    return argument === undefined ? [service('body', `${name}(…)`, shortened(text, 160))] : [];
  },
});

/** A callback that is no identifier does not come back as it was sent, where a browser would run it. */
export const reflectsNothing = (callback: string): Expectation => ({
  says: 'a callback that is no identifier is not reflected as it was sent',
  judge: (x) =>
    x.mediaType !== 'application/json' && x.text.includes(callback)
      ? [service('body', `no ${callback} in it`, shortened(x.text, 160))]
      : [],
});

/** A member by its name in PascalCase, whatever the service's casing; of several the last. */
function memberOf(value: JsonObject, name: string): unknown {
  return Object.entries(value).findLast(([each]) => pascal(each) === name)?.[1];
}

const opening = /^[A-Za-z_$][\w$.]{0,1000}\(/;

/** A script can only read a 200; so a refusal may be one, if its callback is handed an ErrorCode. */
export const refusedToScripts: Expectation = {
  says: 'the status is not 2xx, or the callback is handed an ErrorCode',
  judge: (x) => {
    return x.status >= 300 || tellsScriptOfError(x)
      ? []
      : [
          service(
            'body ResponseStatus.ErrorCode',
            'a non-empty string in the callback',
            shortened(x.text, 80) || 'an empty body',
          ),
        ];
  },
};

/** Whether an answer is a script that hands an error to its callback: a browser runs none of another status. */
export function tellsScriptOfError({ text }: Pick<Answered, 'text'>): boolean {
  const [called] = opening.exec(text) ?? [];
  const body = called === undefined ? undefined : argumentIn(text.trimEnd(), called.length)?.value;
  const status = isObject(body) ? memberOf(body, 'ResponseStatus') : undefined;
  const code = isObject(status) ? memberOf(status, 'ErrorCode') : undefined;
  return typeof code === 'string' && code !== '';
}

/** What stands between an opening parenthesis and the one that ends the call; undefined when that is no JSON. */
function argumentIn(call: string, start: number): { readonly value: unknown } | undefined {
  const end = call.length - (call.endsWith(';') ? 2 : 1);
  if (call.charAt(end) !== ')') return undefined;
  try {
    return { value: JSON.parse(call.slice(start, end)) };
  } catch {
    return undefined;
  }
}

/**
 * The body validates against the schema of the response: a success against that of its DTO or of each item of its list, an
 * error against that of the DTO that errors have. One that cannot be read is judged by `wellFormed`.
 *
 * Members that are called required may be left out where they are null. Csv, jsv and XML write some types in a way of their
 * own; what they say is held against JSON by another requirement.
 */
export const validResponse: Expectation = {
  says: 'the body validates against the schema of the response',
  judge: (x, evidence) => {
    const body = bodyOf(x);
    if (body === undefined || x.decoded.kind !== 'read' || isErrorWithoutRows(x, evidence.contract)) return [];
    const { format } = x.decoded;
    const spelling = spellingIn(format, evidence.profile);
    const isTyped = format === 'json' || format === 'jsonl';
    if (format === 'json' && body !== null && x.status < 300 && isOfNoDto(evidence.contract))
      return evidence
        .answerViolations(body, spelling)
        .map(({ at, expected, actual }) => service(at === '' ? 'body' : `body ${at}`, expected, actual));
    return valuesIn(x.status, body, evidence.contract).flatMap(({ dto, value, at: place }) =>
      evidence
        .violations(dto, value, spelling)
        .filter(({ at, expected }) => at.startsWith('ResponseStatus') || (isTyped && expected !== 'present'))
        .map(({ at, expected, actual }) => service(`body ${place}${at}`, expected, actual)),
    );
  },
};

/** Whether a success is neither a DTO nor a list of one: a number, a map, a list of texts. */
function isOfNoDto(contract: Contract): boolean {
  const { kind } = contract.response;
  return kind === 'scalar' || (kind === 'list' && listedDto(contract) === null);
}

/** The DTOs in the body of an answer, each with its place. */
function valuesIn(
  status: number,
  body: PlainValue,
  contract: Contract,
): readonly { readonly dto: string; readonly value: PlainValue; readonly at: string }[] {
  if (status >= 300) {
    const { dto } = errorOf(contract);
    if (dto !== null) return [{ dto, value: body, at: '' }];
    const its = isObject(body) ? body['ResponseStatus'] : undefined;
    return its === undefined ? [] : [{ dto: 'ResponseStatus', value: its, at: 'ResponseStatus.' }];
  }
  const dto = answeredDto(contract);
  if (dto !== null) return isObject(body) ? [{ dto, value: body, at: '' }] : [];
  const item = listedDto(contract);
  return item === null || !isList(body) ? [] : body.map((value, i) => ({ dto: item, value, at: `[${String(i)}].` }));
}
