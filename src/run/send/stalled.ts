import type { RequestTemplate } from '../../model/exchange.ts';
import { pathOf } from '../../values/http.ts';
import type { Ended, Run } from '../run.ts';

/** After so many requests that were not answered in time, the next one would only cost the same time again. */
const ENOUGH = 3;

/**
 * Tells why a request would hang as others before it did: the same verb on the same route hung so many times in a row, or
 * the route, or the verb, hung so many times and never answered.
 *
 * @param template that is to be sent
 * @param run with every exchange until now
 * @returns one sentence, the same for all that hang for the same reason; null where nothing speaks against sending it
 */
export function stalledBy(template: RequestTemplate, { ended, hung }: Pick<Run, 'ended' | 'hung'>): string | null {
  if (hung.length === 0) return null;
  const [method, route] = [template.method, routeOf(template)];
  const onRoute = ended.filter((each) => routeOf(each.template) === route);
  const byVerb = ended.filter((each) => each.template.method === method);
  if (hangsAltogether(onRoute)) return told(`requests to ${route}`, onRoute);
  if (hangsAltogether(byVerb)) return told(`requests by ${method}`, byVerb);
  const pair = onRoute.filter((each) => each.template.method === method);
  const last = pair.slice(-ENOUGH);
  return last.length === ENOUGH && last.every(isTimeout) ? told(`${method} requests to ${route}`, pair) : null;
}

/** Whether a reason is one that `stalledBy` gives. */
export function isStalling(reason: string): boolean {
  return reason.includes(` hang: ${ENOUGH} of them got no answer `);
}

function told(what: string, of: readonly Ended[]): string {
  const timeouts = of.filter(isTimeout);
  const [first] = timeouts;
  const message = first?.exchange.outcome.kind === 'failure' ? first.exchange.outcome.failure.message : '';
  return `${what} hang: ${ENOUGH} of them got no answer (${message}), so the rest was not sent`;
}

function hangsAltogether(of: readonly Ended[]): boolean {
  return of.length >= ENOUGH && of.every(isTimeout);
}

/** Whether an exchange was not answered in time. */
export function isTimeout({ exchange: { outcome } }: Ended): boolean {
  return outcome.kind === 'failure' && outcome.failure.kind === 'timeout';
}

/** The path without its query and the suffix of a format, whatever the subject that it names. */
function routeOf({ path }: RequestTemplate): string {
  return pathOf(path)
    .replace(/\.\w+$/, '')
    .replace(/\{\{[^{}]*\}\}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi, '{id}')
    .toLowerCase();
}
