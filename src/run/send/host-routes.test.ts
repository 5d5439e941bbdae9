import { expect } from 'chai';
import type { Undocumented } from '../../model/exchange.ts';
import { whyWithheld, type HostRoutes } from './host-routes.ts';

const open = (...paths: readonly string[]): HostRoutes => ({
  kind: 'open',
  routes: paths.map((path) => ({ path, verbs: 'GET' })),
});
const why = (path: string, undocumented: Undocumented, routes: HostRoutes): string | null =>
  whyWithheld({ path, method: 'POST' }, undocumented, routes, '/api');
const withheld = (path: string, routes: HostRoutes): boolean => why(path, 'a word', routes) !== null;

describe('words that no page documents', () => {
  const path = '/api/widgets/{{Id}}/archive';

  it('are asked where the metadata of the target is open and does not route them', () => {
    expect(withheld(path, open())).to.equal(false);
    expect(withheld(path, open('/widgets/{Id}/paint', '/widgets/archive', '/widgets/{Id}/archive/now'))).to.equal(
      false,
    );
  });

  it('are not asked where it routes them, with the prefix or without, in any letter case, by whatever members', () => {
    for (const route of [
      '/widgets/{Id}/archive',
      '/api/widgets/{Id}/archive',
      '/Widgets/{Other}/Archive',
      'widgets/{Id}/{Action}',
    ])
      expect(withheld(path, open('/elsewhere', route)), route).to.equal(true);
  });

  it('are not asked where a route takes whatever comes', () => {
    for (const route of ['/{Path*}', '/widgets/{Path*}', '/widgets/{Id}/{Path*}', '/widgets/{Id}/archive/{Path*}'])
      expect(withheld(path, open(route)), route).to.equal(true);
    expect(withheld(path, open('/gadgets/{Path*}'))).to.equal(false);
  });

  it('are not asked where a literal that the path spells with an escape is in the route', () => {
    expect(withheld('/api/v%7BVersion%7D/archive', open('/v{Version}/archive'))).to.equal(true);
    expect(withheld('/api/50%/archive', open('/v{Version}/archive', '/50%/archive'))).to.equal(true);
  });

  it('are asked where the metadata is closed only if they mean nothing', () => {
    expect(why(path, 'a word', { kind: 'closed' })).to.include('a sibling');
    expect(why(path, 'a word that means nothing', { kind: 'closed' })).to.equal(null);
    expect(why(path, 'a word that means nothing', open('/{Path*}'))).to.include('/{Path*}');
  });

  it('are verbs as well, which are asked where no route takes them on that path', () => {
    const asked = (...routes: readonly (readonly [path: string, verbs: string])[]): boolean =>
      why('/api/widgets/{{Id}}?Colour=red', 'a verb', {
        kind: 'open',
        routes: routes.map(([route, verbs]) => ({ path: route, verbs })),
      }) === null;
    expect(asked(['/widgets/{Id}', 'GET'], ['/widgets/{Id}', 'put, delete'], ['/widgets', 'POST'])).to.equal(true);
    for (const verbs of ['post', 'GET POST', 'PUT,POST', '*', '', ' '])
      expect(asked(['/widgets/{Id}', 'GET'], ['/widgets/{Key}', verbs]), verbs).to.equal(false);
    expect(asked(['/{Path*}', 'POST'])).to.equal(false);
    expect(why('/api/widgets/{{Id}}', 'a verb', { kind: 'closed' })).to.include('by this verb');
  });
});
