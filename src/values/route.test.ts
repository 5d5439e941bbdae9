import { expect } from 'chai';
import { boundBy, hasLiteralBrace, isSamePath, partsOf, pathWith } from './route.ts';

describe('paths of routes', () => {
  it('bind where a component begins with a brace', () => {
    expect(boundBy('/a/{Id:int}/{Name*}')).to.deep.equal(['Id', 'Name']);
    expect(boundBy('/files/{*Path}')).to.deep.equal(['Path']);
    expect(boundBy('/file.{Ext}')).to.deep.equal(['Ext']);
    expect(boundBy('/v{Version}/x')).to.deep.equal([]);
  });

  it('are pieces of text and places of members, the last of which may take the rest', () => {
    expect(partsOf('/a/{Id:int}.{Ext}/{Rest*}')).to.deep.equal([
      { kind: 'text', text: '/a/' },
      { kind: 'member', name: 'Id', rest: false },
      { kind: 'text', text: '.' },
      { kind: 'member', name: 'Ext', rest: false },
      { kind: 'text', text: '/' },
      { kind: 'member', name: 'Rest', rest: true },
    ]);
    expect(partsOf('/{**All}')).to.deep.equal([
      { kind: 'text', text: '/' },
      { kind: 'member', name: 'All', rest: true },
    ]);
    expect(partsOf('/{Id?}/b')).to.deep.equal([
      { kind: 'text', text: '/' },
      { kind: 'member', name: 'Id', rest: false },
      { kind: 'text', text: '/b' },
    ]);
    expect(partsOf('')).to.deep.equal([]);
    expect(
      pathWith(
        '/a/{Id}/b',
        () => '1',
        (text) => text.toUpperCase(),
      ),
    ).to.equal('/A/1/B');
  });

  it('are filled, and what is no placeholder is escaped', () => {
    expect(pathWith('/v{Version}/{Id:int}/x/{Rest*}', (name) => name.toLowerCase())).to.equal(
      '/v%7BVersion%7D/id/x/rest',
    );
    expect(hasLiteralBrace('/v{Version}/x')).to.equal(true);
    expect(hasLiteralBrace('/{Id}')).to.equal(false);
  });

  it('are one path whatever their members are called, in any casing', () => {
    expect(isSamePath('/Things/{Id}', '/things/{Key:int}')).to.equal(true);
    expect(isSamePath('/things/{Id}', '/things/x')).to.equal(false);
    expect(isSamePath('/things', '/things/{Id}')).to.equal(false);
  });
});
