import type { Expectation } from '../../model/requirement.ts';
import { service } from '../requirement.ts';

/** Whatever the answer is, it is no success: nothing tells the caller that the operation was carried out. */
export const notASuccess: Expectation = {
  says: 'the status is not 2xx',
  judge: (x) => (x.status >= 300 ? [] : [service('status', 'not 2xx', `${x.status}`)]),
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
};
