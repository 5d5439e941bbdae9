import type { Answered } from '../../model/exchange.ts';
import type { Evidence, Expectation, Point } from '../../model/requirement.ts';
import { service } from '../requirement.ts';
import { describeBody } from './body.ts';
import { asksForPage, success, turnedAway, unvouched } from './response.ts';
import { errorCode } from './response-status.ts';

/** The call was refused in the 4xx class. */
export const refused: Expectation = {
  says: 'the call is refused with a 4xx status',
  judge: (x) =>
    x.status >= 400 && x.status < 500
      ? []
      : [service('status', 'one of the 4xx class', `${String(x.status)} with ${describeBody(x)}`)],
};

/** The service did not break down. */
export const noServerError: Expectation = {
  says: 'the status is not of the 5xx class',
  judge: (x) =>
    x.status < 500 ? [] : [service('status', 'none of the 5xx class', `${String(x.status)} with ${describeBody(x)}`)],
};

/** The status is exactly `code`. */
export const status = (code: number): Expectation => ({
  says: `the status is ${code}`,
  judge: (x) => (x.status === code ? [] : [service('status', `${code}`, `${x.status}`)]),
});

/** The status says that the call was carried out, whatever the body is: a page for people, for instance. */
export const successful: Expectation = {
  says: 'the status is 2xx',
  judge: (x) => (x.status >= 200 && x.status < 300 ? [] : [service('status', '2xx', `${x.status}`)]),
};

/** Whatever the answer is, it is no success: nothing tells the caller that the operation was carried out. */
export const notASuccess: Expectation = {
  says: 'the status is not 2xx',
  judge: (x) => (x.status >= 300 ? [] : [service('status', 'not 2xx', `${x.status}`)]),
};

/** The same of a path that leads nowhere, where a host may have a page for people: the first one of a site, most often. */
export const notASuccessBeyondPages: Expectation = {
  says: 'the status is not 2xx, but for a page',
  judge: (x, evidence) => (whyPage(x, evidence) === null ? notASuccess.judge(x, evidence) : []),
};

/** Why a path that leads nowhere need not be a 404; null where it has to be. */
export function whyPage(x: Answered, { contract }: Pick<Evidence, 'contract'>): string | null {
  // What somebody is shown who asked for a page may be what an operation answers.
  const mayBeTheAnswer = asksForPage(x.request) && contract.subject !== null;
  return x.status < 300 && isPage(x) && !mayBeTheAnswer
    ? 'the host has a page for people in the place of what it does not have'
    : null;
}

const isPage = ({ mediaType }: Answered): boolean => mediaType === 'text/html';

/**
 * Nothing says that an operation was carried out or broke down. A host may have a page for people wherever it has nothing
 * else, and a gateway knows of some verbs only that it does not (RFC 9110 §15.6.2).
 */
export const notServed: Expectation = {
  says: 'the status is neither 2xx, but for a page, nor 5xx, but for 501',
  judge: (x) => {
    const isFine = x.status < 300 ? isPage(x) : x.status < 500 || x.status === 501;
    return isFine ? [] : [service('status', '404 or 405', `${x.status} with ${describeBody(x)}`)];
  },
};

/** The answer is an error, on whichever side: a redirect would lead a program on. */
export const refusedOutright: Expectation = {
  says: 'the status is 4xx or 5xx',
  judge: (x) => (x.status >= 400 ? [] : [service('status', '4xx or 5xx', `${x.status}`)]),
};

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** 401, or a redirect that says where to sign in: what a browser gets. */
export const unauthorizedOrRedirected: Expectation = {
  says: 'the status is 401, or a redirect with a Location',
  judge: (x) => {
    if (x.status === 401) return [];
    if (!redirects.has(x.status)) return [service('status', '401 or a redirect', `${x.status}`)];
    return x.header('Location') ? [] : [service('header Location', 'the address of the login page', 'none')];
  },
};

/** The caller's credentials are taken for good. */
export const admitted: Expectation = {
  says: 'the status is neither 401 nor 403',
  judge: (x) => (x.status === 401 || x.status === 403 ? [service('status', 'neither 401 nor 403', `${x.status}`)] : []),
  unless: whyForbidden,
};

/** The caller is not asked to sign in, who did. */
export const notUnauthorized: Expectation = {
  says: 'the status is not 401',
  judge: (x) => (x.status === 401 ? [service('status', 'not 401', '401')] : []),
};

/** Why a 403 says nothing of the credentials: the service may mean the values that were drawn. */
function whyForbidden(x: Answered, evidence: Evidence): string | null {
  return x.status === 403 ? unvouched(x, evidence) : null;
}

/** An admitted request for an unknown subject is refused in the 4xx class, and not for its verb or credentials. */
export const reachesTheOperation: Expectation = {
  says: 'the status is 4xx, but not 401, 403 or 405',
  judge: (x) =>
    x.status >= 400 && x.status < 500 && !turnedAway.has(x.status)
      ? []
      : [service('status', '4xx, but not 401, 403 or 405', `${x.status}`)],
  unless: whyForbidden,
};

/**
 * The operation itself refused the request: an ErrorCode tells its answer from that of an unknown route. Where it
 * needs no subject there is nothing to refuse, and a success is its answer as well.
 */
export const served: Expectation = {
  says: 'the operation refuses the unknown subject: 4xx, but not 401, 403 or 405, with an ErrorCode',
  judge: (x, evidence) => {
    if (evidence.contract.subject === null && x.status < 300) return success.judge(x, evidence);
    const unreached = reachesTheOperation.judge(x, evidence);
    return unreached.length > 0 ? unreached : errorCode.judge(x, evidence);
  },
  unless: whyForbidden,
};

/** The answer has the documented shape, whichever it is: an error with its ErrorCode, or a success without one. */
export const successOrError: Expectation = {
  says: 'the answer is a success without an ErrorCode, or an error with one',
  judge: (x, evidence) => (x.status >= 400 ? errorCode : success).judge(x, evidence),
};

/** Judges an answer that is an error, and lets one that is none be. */
export const whenRefused = (expectation: Expectation): Expectation => ({
  says: `${expectation.says}, when the call is refused`,
  judge: (x, evidence) => (x.status >= 400 ? expectation.judge(x, evidence) : []),
});

/** An authentication scheme, then nothing or its parameters (RFC 9110 §11.3). */
const challenge = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+(?:[ \t]+\S.*|[ \t]*,.*)?$/;

/** A 401 tells how to authenticate (RFC 9110 §15.5.2); other answers need not. */
export const challengeOn401: Expectation = {
  says: 'a 401 carries a WWW-Authenticate challenge',
  judge: (x) => {
    if (x.status !== 401) return [];
    const value = x.header('WWW-Authenticate');
    return value !== undefined && challenge.test(value.trim())
      ? []
      : [service('header WWW-Authenticate', 'a challenge', value ?? 'none')];
  },
};

/** A case that knows which verbs are served. */
export interface ServedPoint extends Point {
  readonly served: readonly string[];
}

/** A 405 says which verbs are served (RFC 9110 §15.5.6); other answers need not. */
export const allowOn405: Expectation<ServedPoint> = {
  says: 'a 405 names the verbs that are served in Allow',
  judge: (x, { point: { served } }) => {
    if (x.status !== 405) return [];
    const value = x.header('Allow');
    const named = (value ?? '').split(',').map((verb) => verb.trim().toUpperCase());
    return served.every((verb) => named.includes(verb))
      ? []
      : [service('header Allow', served.join(', '), value ?? 'none')];
  },
};
