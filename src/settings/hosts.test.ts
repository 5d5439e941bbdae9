import { expect } from 'chai';
import { hostOf, protectedAddressIn, protectedHostOf } from './hosts.ts';

describe('protected hosts', () => {
  const hosts = ['api.example.org', 'https://bücher.example/api', '10.0.0.7:8080', '.dotted.example', '::1'];

  for (const spelled of [
    'https://api.example.org',
    'http://API.Example.ORG:8080/base',
    'https://api.example.org.',
    'https://api.example.org..:444',
    'https://eu.api.example.org',
    'https://a%70i.example.org',
    'https://ａｐｉ.example.org',
    'https://api。example。org',
    'https://xn--bcher-kva.example',
    'https://BÜCHER.example',
    'http://0xa.0.0.7',
    'http://167772167:9000',
    'http://[::ffff:10.0.0.7]',
    'http://[::FFFF:a00:7]:81',
    'https://dotted.example',
    'https://a.dotted.example',
    'http://[0:0:0:0:0:0:0:1]',
    'http://[::10.0.0.7]',
    'http://[64:ff9b::10.0.0.7]',
    'http://0.0.0.0',
    'http://0',
    'http://[::]',
    'http://127.1',
    'http://[::ffff:127.9.9.9]',
  ]) {
    it(`${spelled} is one, however it is spelled`, () => {
      expect(protectedHostOf(new URL(spelled), hosts)).to.be.a('string');
    });
  }

  for (const other of [
    'https://example.org',
    'https://notapi.example.org',
    'https://api.example.org.evil.test',
    'http://10.0.0.70',
    'https://api-example.org',
  ]) {
    it(`${other} is none`, () => {
      expect(protectedHostOf(new URL(other), hosts)).to.equal(null);
    });
  }

  it('knows the protected address that a name resolves to', () => {
    expect(protectedAddressIn(['::ffff:10.0.0.7'], hosts)).to.equal('10.0.0.7:8080');
    expect(protectedAddressIn(['192.0.2.1', '::1'], hosts)).to.equal('::1');
    expect(protectedAddressIn(['192.0.2.1'], hosts)).to.equal(null);
  });

  it('refuses what is no host', () => {
    expect(hostOf('*.example.org')).to.equal('example.org');
    for (const text of [
      '',
      'a b',
      '*',
      'http://',
      '.',
      '10.0.0.0/8',
      'a..b',
      'api.*.org',
      'a.org,b.org',
      'a;b',
      `${'a'.repeat(64)}.org`,
      "a'b.org",
    ])
      expect(() => hostOf(text)).to.throw(/is no host/);
  });
});
