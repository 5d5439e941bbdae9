import { expect } from 'chai';
import type { Variation } from '../src/embedded/embedded.ts';
import { shippedSuite } from '../bin/suites.ts';
import type { Profile } from '../src/model/profile.ts';
import { reportOn } from './judged.fixture.ts';

/** A host that keeps its promises, and how it is signed in at. */
export type Host = readonly [name: string, profile: Partial<Profile>, variation: Variation, signsIn: string];

const strict = { serializer: 'system-text-json' } as const;
const templates = { ...strict, casing: 'camel' } as const;
const mapped = { hosting: 'mapped', ...templates } as const;
const endpoints = { hosting: 'endpoints', ...strict } as const;

/** The recorded configurations, and what a profile can declare besides them. */
export const hosts: readonly Host[] = [
  ['classic, every way to sign in', {}, {}, 'bearer'],
  ['classic, by Basic where there are other ways', {}, {}, 'basic'],
  ['classic, by a session where there are other ways', {}, {}, 'session'],
  ['classic, by a header', {}, {}, 'header'],
  ['classic, sessions alone', {}, { authentication: ['credentials'] }, 'session'],
  ['classic, Basic alone', {}, { authentication: ['basic'] }, 'basic'],
  ['classic, JWT alone', {}, { authentication: ['jwt'] }, 'bearer'],
  ['classic, API keys alone', {}, { authentication: ['apikey'] }, 'bearer'],
  ['classic, camelCase', { casing: 'camel' }, {}, 'bearer'],
  ['classic, Guids and dates in the old way', { guids: 'compact', dates: 'ms' }, {}, 'bearer'],
  ['classic, debug mode', { debug: true }, {}, 'bearer'],
  [
    'classic, another XML namespace',
    { xmlNamespace: 'http://schemas.datacontract.org/2004/07/Platform.ServiceModel' },
    {},
    'bearer',
  ],
  ['classic, System.Text.Json', strict, {}, 'bearer'],
  ['classic, System.Text.Json in camelCase and debug mode', { ...strict, casing: 'camel', debug: true }, {}, 'session'],
  ['classic, System.Text.Json as templates set it up', templates, {}, 'bearer'],
  ['classic, no page to sign in at', {}, { loginPage: null }, 'bearer'],
  ['mapped, with Identity, as templates set it up', mapped, {}, 'bearer'],
  ['mapped, with Identity, by Basic', mapped, {}, 'basic'],
  ['mapped, with Identity, by a session', mapped, {}, 'session'],
  ['mapped, in PascalCase and debug mode', { ...mapped, casing: 'pascal', debug: true }, {}, 'bearer'],
  ['mapped, ServiceStack as serializer', { hosting: 'mapped' }, {}, 'bearer'],
  ['mapped, no page to sign in at', mapped, { loginPage: null }, 'bearer'],
  ['endpoints, no page to sign in at', endpoints, { loginPage: null }, 'bearer'],
  ['endpoints with Identity', endpoints, { authentication: ['identity'] }, 'bearer'],
  ['endpoints with Identity, by Basic', endpoints, { authentication: ['identity'] }, 'basic'],
  [
    'endpoints with Identity, in camelCase and debug mode',
    { ...endpoints, casing: 'camel', debug: true },
    { authentication: ['identity'] },
    'bearer',
  ],
];

/** A test that a run against such a host raises no alarm. */
export function itRaisesNoAlarm([name, profile, variation, signsIn]: Host): void {
  it(`raise no alarm: ${name}`, async function () {
    this.timeout(120_000);
    const { exitCode, requirements } = await reportOn(shippedSuite(), { profile, auth: signsIn, ...variation });
    const wrong = requirements.filter((r) => r.verdict !== 'pass' && r.verdict !== 'skip');
    expect(wrong.map((r) => [r.id, r.verdict, r.cases.find((c) => c.verdict === r.verdict)])).to.deep.equal([]);
    expect(exitCode).to.equal(0);
    expect(requirements.filter((r) => r.verdict === 'pass').length).to.be.above(100);
  });
}
