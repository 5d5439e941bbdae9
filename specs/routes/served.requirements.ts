import { success } from '../../src/catalogue/expect/response.ts';
import { reachesTheOperation, served } from '../../src/catalogue/expect/status.ts';
import { everyFormat, everyRoute, everySuffix } from '../../src/catalogue/points.ts';
import { predefinedPayload } from '../../src/catalogue/provoke.ts';
import { requirement } from '../../src/catalogue/requirement.ts';
import type { Requirement } from '../../src/model/requirement.ts';

/** What the operation page and the framework's routing promise of paths that are served. */
export const servedRoutes: readonly Requirement[] = [
  requirement('routes', {
    id: 'ROUTE-001',
    level: 'MUST',
    breaks: 'lost',
    basis: 'documented',
    title: 'each documented route is served: the operation refuses an unknown subject',
    why: 'A consumer that follows the page would call a path that leads nowhere.',
    cites: [{ source: 'operation-page', at: 'routes', quote: 'The following routes are available for this service' }],
    each: everyRoute,
    send: ({ route }, c) => c.onAbsent(c.request(route)),
    expect: [served],
  }),
  requirement('routes', {
    id: 'ROUTE-002',
    level: 'MUST',
    breaks: 'lost',
    basis: 'documented',
    title: 'a valid request to each documented route succeeds',
    why: 'The operation could not be used at all.',
    cites: [{ source: 'operation-page', at: 'description', quote: 'Update the status of the specified connection' }],
    each: everyRoute,
    send: ({ route }, c) => c.onFresh(c.request(route)),
    succeeds: 'every request',
    expect: [success],
  }),
  requirement('routes', {
    id: 'ROUTE-003',
    level: 'MUST',
    breaks: 'lost',
    basis: 'documented',
    title: 'each documented route is served with the suffix of each format',
    why: 'A consumer that selects its format by suffix, as the page tells it to, would get nothing.',
    cites: [
      {
        source: 'operation-page',
        at: 'HTTP',
        quote: 'To override the Content-type in your clients, use the HTTP Accept Header, append',
      },
      { source: 'servicestack-routing', at: 'Content Negotiation', quote: 'This is enabled on all custom routes' },
    ],
    when: { hosting: ['classic', 'mapped'] },
    each: everySuffix,
    send: ({ route, format }, c) => c.onAbsent(c.request(route, { suffix: format.suffix })),
    expect: [served],
  }),
  requirement('routes', {
    id: 'ROUTE-004',
    level: 'SHOULD',
    breaks: 'lost',
    basis: 'framework',
    title: 'the predefined reply route of each format is served',
    why: "The framework's own clients fall back to these routes.",
    cites: [
      {
        source: 'servicestack-routing',
        at: 'Pre-defined Routes',
        quote: 'already includes pre-defined routes for all services',
      },
    ],
    when: { hosting: ['classic', 'mapped'] },
    each: (c) => c.contract.formats.map((format) => ({ format })),
    send: ({ format }, c) =>
      c.onAbsent(
        c.requestTo(`${c.contract.prefix}/${format.name}/reply/${c.contract.operation}`, {
          accept: format.mediaType,
          payload: predefinedPayload(format, { ...c.bound, ...c.sample.all }, c),
        }),
      ),
    expect: [served],
  }),
  requirement('routes', {
    id: 'ROUTE-005',
    level: 'MUST',
    breaks: 'refused',
    basis: 'documented',
    title: 'an unknown subject is refused in the 4xx class on each route, in each format',
    why: 'A consumer would believe that something was done to a subject that does not exist.',
    cites: [{ source: 'operation-page', at: 'ConnectionId', quote: 'Connection to be updated' }],
    each: (c) => (c.contract.subject === null ? [] : everyFormat(c)),
    send: ({ route, format }, c) => c.onAbsent(c.request(route, { accept: format.mediaType })),
    expect: [reachesTheOperation],
  }),
];
