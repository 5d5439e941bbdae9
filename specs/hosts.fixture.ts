import { expect } from 'chai';
import { silent } from '../bin/console.fixture.ts';
import { embedded, type Variation } from '../bin/embedded.ts';
import { shippedSuite } from '../bin/suites.ts';
import type { Profile } from '../src/model/profile.ts';
import { openRun } from '../src/run/open.ts';
import { runCatalogue } from '../src/run/run-catalogue.ts';
import { readSettings } from '../src/settings/settings.ts';

const suite = shippedSuite();
const console = silent();

/** A host that keeps its promises, and how it is signed in at. */
export type Host = readonly [
  name: string,
  profile: Partial<Profile>,
  authentication: NonNullable<Variation['authentication']> | null,
  signsIn: string,
];

const strict = { serializer: 'system-text-json' } as const;
const endpoints = { hosting: 'endpoints', ...strict } as const;

/** The recorded configurations, and what a profile can declare besides them. */
export const hosts: readonly Host[] = [
  ['classic, every way to sign in', {}, null, 'bearer'],
  ['classic, by Basic where there are other ways', {}, null, 'basic'],
  ['classic, by a session where there are other ways', {}, null, 'session'],
  ['classic, by a header', {}, null, 'header'],
  ['classic, sessions alone', {}, ['credentials'], 'session'],
  ['classic, Basic alone', {}, ['basic'], 'basic'],
  ['classic, JWT alone', {}, ['jwt'], 'bearer'],
  ['classic, API keys alone', {}, ['apikey'], 'bearer'],
  ['classic, camelCase', { casing: 'camel' }, null, 'bearer'],
  ['classic, debug mode', { debug: true }, null, 'bearer'],
  [
    'classic, another XML namespace',
    { xmlNamespace: 'http://schemas.datacontract.org/2004/07/Platform.ServiceModel' },
    null,
    'bearer',
  ],
  ['classic, System.Text.Json', strict, null, 'bearer'],
  [
    'classic, System.Text.Json in camelCase and debug mode',
    { ...strict, casing: 'camel', debug: true },
    null,
    'session',
  ],
  ['endpoints with Identity', endpoints, ['identity'], 'bearer'],
  ['endpoints with Identity, by Basic', endpoints, ['identity'], 'basic'],
  [
    'endpoints with Identity, in camelCase and debug mode',
    { ...endpoints, casing: 'camel', debug: true },
    ['identity'],
    'bearer',
  ],
];

/** A test that a run against such a host raises no alarm. */
export function itRaisesNoAlarm([name, profile, authentication, signsIn]: Host): void {
  it(`raise no alarm: ${name}`, async function () {
    this.timeout(120_000);
    const plain = readSettings({ target: 'embedded', auth: signsIn }, suite.contract, console);
    const settings = { ...plain, profile: { ...plain.profile, ...profile } };
    const run = await openRun(suite, settings, console, embedded(authentication === null ? {} : { authentication }));
    try {
      const { exitCode, requirements } = await runCatalogue(run);
      const wrong = requirements.filter((r) => r.verdict !== 'pass' && r.verdict !== 'skip');
      expect(wrong.map((r) => [r.id, r.verdict, r.cases.find((c) => c.verdict === r.verdict)])).to.deep.equal([]);
      expect(exitCode).to.equal(0);
      expect(requirements.filter((r) => r.verdict === 'pass').length).to.be.above(100);
    } finally {
      await run.close();
    }
  });
}
