import { expect } from 'chai';
import { whyWithheld, type HostRoutes } from './host-routes.ts';

const open = (...paths: readonly string[]): HostRoutes => ({ kind: 'open', paths });
const withheld = (path: string, routes: HostRoutes): boolean => whyWithheld(path, 'a word', routes, '/api') !== null;

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
    expect(whyWithheld(path, 'a word', { kind: 'closed' }, '/api')).to.include('a sibling');
    expect(whyWithheld(path, 'a word that means nothing', { kind: 'closed' }, '/api')).to.equal(null);
    expect(whyWithheld(path, 'a word that means nothing', open('/{Path*}'), '/api')).to.include('/{Path*}');
  });
});
