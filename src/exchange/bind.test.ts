import { expect } from 'chai';
import fc from 'fast-check';
import type { Member } from '../model/schema.ts';
import { bindRequest, bindText, drawSubject } from './bind.ts';

const members = (...names: readonly string[]): readonly Member[] =>
  names.map((name) => ({
    name,
    in: 'body',
    required: true,
    description: '',
    type: { kind: 'string', format: 'uuid' },
  }));

const one = { Id: 'ab-1', Other: 'c2' };
const two = { Id: 'zz-9', Other: 'd4' };

describe('binding', () => {
  it('puts members in their places, of the first subject, in upper case, without dashes, of the second', () => {
    expect(bindText('/a/{{Id}}/{{other.Id}}/{{upper.Id}}/{{compact.Id}}/{{Id}}?{Id}', [one, two])).to.equal(
      '/a/ab-1/zz-9/AB-1/ab1/ab-1?{Id}',
    );
  });
  it('writes members in both cases, and those of the second in other ways as well', () => {
    expect(bindText('{{mixed.Id}} {{other.mixed.Id}} {{other.upper.Id}} {{other.compact.Id}}', [one, two])).to.equal(
      'Ab-1 Zz-9 ZZ-9 zz9',
    );
    expect(bindText('{{mixed.Id}}', [{ Id: 'ABCD-ef' }])).to.equal('AbCd-Ef');
  });
  it('names a token that nothing stands behind', () => {
    for (const token of ['{{Nope}}', '{{toString}}', '{{lower.Id}}', '{{}}', '{{other.Id}}']) {
      expect(() => bindText(`x ${token}`, [one]), token).to.throw(token);
    }
  });
  it('makes the wire request under the base path, credentials first, their query last', () => {
    const wire = bindRequest(
      {
        method: 'POST',
        path: '/api/{{Id}}?a=1',
        headers: [['X', '{{Other}}']],
        body: '{"Id":"{{Id}}"}',
        credentials: 'valid',
      },
      [one],
      { headers: [['Authorization', 'Bearer {{Id}}']], query: [['ss-tok', 'a b&c']] },
      new URL('https://h.test:8443/base/'),
    );
    expect({ ...wire, url: wire.url.href }).to.deep.equal({
      method: 'POST',
      url: 'https://h.test:8443/',
      target: '/base/api/ab-1?a=1&ss-tok=a%20b%26c',
      headers: [
        ['Authorization', 'Bearer {{Id}}'],
        ['X', 'c2'],
      ],
      body: '{"Id":"ab-1"}',
    });
  });
  it('never leaves the origin, whatever the path', () => {
    for (const path of ['//elsewhere.test/a', '/\\elsewhere.test', '/@elsewhere.test', '/../..//x']) {
      expect(
        bindRequest(
          { method: 'GET', path, headers: [], body: null, credentials: 'none' },
          [one],
          { headers: [], query: [] },
          new URL('http://h.test'),
        ),
      )
        .to.include({ target: path })
        .and.to.have.nested.property('url.host', 'h.test');
    }
  });
  it('draws version 4 Guids, the same for the same seed and key, else others', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), (seed, key) => {
        const drawn = drawSubject(seed, key, members('A', 'B'));
        expect(
          Object.values(drawn).every((id) =>
            /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id),
          ),
        ).to.equal(true);
        expect(drawn).to.deep.equal(drawSubject(seed, key, members('A', 'B')));
        expect(
          new Set([
            ...Object.values(drawn),
            drawSubject(seed + 1, key, members('A'))['A'],
            drawSubject(seed, `${key}x`, members('A'))['A'],
          ]),
        ).to.have.lengthOf(4);
      }),
    );
  });
});
