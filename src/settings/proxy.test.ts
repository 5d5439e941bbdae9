import { expect } from 'chai';
import { proxyFor, secretsOfProxy } from './proxy.ts';

const via = (url: string, env: Record<string, string>): string | null => proxyFor(new URL(url), env)?.url.host ?? null;

describe('the proxy of the environment', () => {
  it('is the one for the scheme, lower case first, else the one for all', () => {
    expect(via('https://a.test', { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://q:2' })).to.equal('p:1');
    expect(via('http://a.test', { HTTPS_PROXY: 'http://p:1', http_proxy: 'q:2', HTTP_PROXY: 'http://r:3' })).to.equal(
      'q:2',
    );
    expect(via('https://a.test', { ALL_PROXY: 'http://p:1' })).to.equal('p:1');
    expect(via('https://a.test', { HTTP_PROXY: 'http://p:1', HTTPS_PROXY: '' })).to.equal(null);
  });

  for (const [list, url, through] of [
    ['*', 'https://a.test', false],
    ['b.test, a.test', 'https://a.test', false],
    ['.a.test', 'https://x.a.test', false],
    ['*.a.test', 'https://x.a.test:8443', false],
    ['a.test', 'https://x.a.test', false],
    ['a.test', 'https://ba.test', true],
    ['a.test:443', 'https://a.test', false],
    ['a.test:8443', 'https://a.test', true],
    ['::1', 'https://[::1]:9', false],
    ['127.0.0.1', 'https://127.0.0.1', false],
  ] as const) {
    it(`NO_PROXY ${list} ${through ? 'does not speak of' : 'excepts'} ${url}`, () => {
      expect(via(url, { HTTPS_PROXY: 'http://p:1', NO_PROXY: list })).to.equal(through ? 'p:1' : null);
    });
  }

  it('refuses what is no proxy, without repeating it', () => {
    expect(() => via('https://a.test', { HTTPS_PROXY: 'socks5://u:hidden@p:1' })).to.throw(
      /^HTTPS_PROXY: takes an http or https URL(?!.*hidden)/,
    );
  });

  it('refuses credentials that cannot be decoded, without repeating them', () => {
    expect(() => via('https://a.test', { HTTPS_PROXY: 'http://u:%zzhidden@p:1' })).to.throw(
      /^HTTPS_PROXY: a percent sign in its user or password(?!.*hidden)/,
    );
  });

  it('holds as secrets its password, or its user where there is none, and what is sent of both', () => {
    const base64 = (text: string): string => Buffer.from(text).toString('base64');
    for (const [url, secrets] of [
      ['http://p:1', []],
      ['http://u:a%20b@p:1', ['a b', base64('u:a b')]],
      ['http://key@p:1', ['key', base64('key:')]],
      ['http://:pw@p:1', ['pw', base64(':pw')]],
      ['http://u:%zz@p:1', ['%zz', base64('u:%zz')]],
    ] as const)
      expect(secretsOfProxy(new URL(url)), url).to.deep.equal(secrets);
  });
});
