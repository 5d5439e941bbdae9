import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { readConfigFile } from './config-file.ts';
import { merge, originText, valuesOf } from './layers.ts';
import { settings, type Setting } from './table.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../schemas/files/config.schema.json', import.meta.url), 'utf8'),
) as object;
const fits = new Ajv2020({ allowUnionTypes: true }).compile(schema);
const read = (value: unknown) =>
  readConfigFile(JSON.stringify(value), 'conform.config.json', '/project/conform.config.json');
const target = { url: 'https://staging.test' };

describe('the configuration file', () => {
  for (const value of [
    {},
    { $schema: './node_modules/x/schemas/files/config.schema.json', target: 'staging', targets: { staging: target } },
    { profile: 'staging.profile.json', limits: { rate: '5/s', budget: 100, concurrency: 2 } },
    {
      profile: { hosting: 'endpoints', debug: true },
      headers: { 'X-Key': '${KEY}' },
      tls: { ca: 'ca.pem', insecure: false },
    },
    {
      authentication: {
        kind: 'session',
        user: 'qa',
        passwordFile: 'p',
        login: { path: '/login', body: { u: '{{user}}' }, token: 'data.token' },
      },
    },
    {
      targets: {
        staging: {
          ...target,
          profile: { casing: 'camel' },
          connections: 'c.json',
          authentication: { tokenCommand: 'vault read' },
        },
      },
      only: ['routes'],
      reports: ['terminal', 'json=r.json'],
    },
  ]) {
    it(`takes ${JSON.stringify(value)}, as its schema does`, () => {
      expect(fits(value), JSON.stringify(fits.errors)).to.equal(true);
      expect(() => read(value)).to.not.throw();
    });
  }

  for (const [value, says] of [
    [
      { limts: {} },
      /^conform\.config\.json: limts is no setting; there are contract, contracts, target, profile, .*targets$/,
    ],
    [
      { limits: { rat: 1 } },
      /limits\.rat is no setting; limits has concurrency, timeout, maxDuration, rate, budget, patience$/,
    ],
    [{ limits: 3 }, /limits is an object with concurrency/],
    [{ limits: { timeout: '5' } }, /limits\.timeout takes a whole number from 1 to 600000, not "5"/],
    [{ limits: { concurrency: 257 } }, /limits\.concurrency takes a whole number from 1 to 256, not 257/],
    [{ profile: { hosting: 'both' } }, /profile\.hosting takes "classic" or "mapped" or "endpoints", not "both"/],
    [{ profile: { debug: 'yes' } }, /profile\.debug takes true or false/],
    [{ only: 'routes' }, /only takes a list of strings, not "routes"/],
    [{ addHeader: { a: 1 } }, /addHeader takes an object of strings/],
    [{ targets: { staging: {} } }, /targets\.staging\.url is missing/],
    [{ targets: { staging: { ...target, seed: 1 } } }, /targets\.staging\.seed is no setting/],
    [{ targets: { 'a/b': target } }, /targets\.a\/b is no name/],
    [{ allowChanges: true }, /allowChanges is no setting.*run by run, with --allow-changes/],
    [{ authentication: { token: 'x' } }, /authentication\.token is no setting.*Secrets come from the environment/],
    [[], /holds no JSON object/],
  ] as const) {
    it(`refuses ${JSON.stringify(value)}, as its schema does`, () => {
      expect(fits(value)).to.equal(false);
      expect(() => read(value)).to.throw(says);
    });
  }

  it('says where it is not JSON', () => {
    expect(() => readConfigFile('{,}', 'c.json', '/c.json')).to.throw(/^c\.json: not JSON \(.+\)$/);
  });

  it('takes file names from its own folder', () => {
    const { connections, report, tokenFile } = valuesOf(
      merge([
        read({ connections: 'c.json', reports: ['terminal', 'json=r.json'], authentication: { tokenFile: '/t' } }).all,
      ]),
    );
    expect([connections, report, tokenFile]).to.deep.equal([
      '/project/c.json',
      ['terminal', 'json=/project/r.json'],
      '/t',
    ]);
  });

  it('still reads former names, and never both', () => {
    const both: readonly (readonly [now: object, before: object])[] = [
      [{ addHeader: { 'X-Key': 'a' } }, { headers: { 'X-Key': 'a' } }],
      [{ protectedHost: ['a.test'] }, { protectedHosts: ['a.test'] }],
      [{ report: ['terminal'] }, { reports: ['terminal'] }],
      [
        { authentication: { auth: 'header', authHeader: 'X-Key' } },
        { authentication: { kind: 'header', header: 'X-Key' } },
      ],
      [
        { authentication: { loginPath: '/l', loginBody: { a: 'b' }, loginToken: 't', loginCookie: 'c' } },
        { authentication: { login: { path: '/l', body: { a: 'b' }, token: 't', cookie: 'c' } } },
      ],
    ];
    for (const [now, before] of both) {
      const values = (said: object) => valuesOf(merge([read(said).all]));
      expect(values(before)).to.deep.equal(values(now));
      expect([fits(now), fits(before)]).to.deep.equal([true, true]);
    }
    expect(() => read({ reports: ['terminal'], report: ['github'] })).to.throw(
      'conform.config.json: reports is the former name of report; keep one of them',
    );
    expect(() => read({ authentication: { login: 3 } })).to.throw(/login is an object with path, body, token, cookie/);
  });

  it('is outdone by what it says of a target, and hosts that are protected add up', () => {
    const file = read({
      limits: { rate: '5/s', timeout: 9 },
      protectedHost: ['a.test'],
      targets: { staging: { ...target, limits: { rate: '1/s' } } },
    });
    const more = new Map([
      ['protectedHost', { value: ['b.test'], origin: { kind: 'flag', flag: '--protected-host' } }],
    ] as const);
    const held = merge([file.all, file.targets.get('staging')!, more]);
    const of = (name: string): unknown =>
      held.flatMap(({ setting, value, origin }) => (setting.name === name ? [[value, originText(origin)]] : []))[0];
    expect(of('rate')).to.deep.equal(['1/s', 'conform.config.json: targets.staging.limits.rate']);
    expect(of('timeout')).to.deep.equal(['9', 'conform.config.json: limits.timeout']);
    expect(of('concurrency')).to.deep.equal(['8', 'default']);
    expect(of('protectedHost')).to.deep.equal([['a.test', 'b.test'], '--protected-host']);
  });
});

describe('the table of settings', () => {
  it('has a place in the schema for each key, and the schema none besides', () => {
    const paths = (node: unknown, at: string): readonly string[] => {
      const { properties, anyOf } = node as { properties?: Record<string, unknown>; anyOf?: readonly unknown[] };
      if (anyOf !== undefined) return [at, ...anyOf.flatMap((each) => paths(each, at)).filter((each) => each !== at)];
      return properties === undefined
        ? [at]
        : Object.entries(properties).flatMap(([name, each]) => paths(each, at === '' ? name : `${at}.${name}`));
    };
    const described = (schema as { properties: { targets: { additionalProperties: object } } }).properties.targets
      .additionalProperties;
    const keys = (rows: readonly Setting[]): readonly string[] =>
      rows.flatMap(({ key, formerly }) => [key ?? [], formerly ?? []].flat());
    expect(paths(schema, '')).to.have.members([...keys(settings), '$schema', 'targets']);
    expect(paths(described, '')).to.have.members([...keys(settings.filter((s) => s.perTarget)), 'url']);
  });
});
