import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import { validateXML } from 'xmllint-wasm';
import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import { junitReport } from './junit.ts';
import { failingReport, HOSTILE, hostileReport, objectedReport, passingReport, reportOf } from './report.fixture.ts';
import { visible } from './visible.ts';

interface Remark {
  readonly message: string;
  readonly type?: string;
  readonly '#text': string;
}
interface Case {
  readonly name: string;
  readonly classname: string;
  readonly failure?: readonly Remark[];
  readonly error?: readonly Remark[];
  readonly skipped?: readonly Remark[];
}
interface Suite {
  readonly name: string;
  readonly tests: string;
  readonly failures: string;
  readonly errors: string;
  readonly skipped: string;
  readonly testcase: readonly Case[];
}
interface Suites {
  readonly tests: string;
  readonly failures: string;
  readonly errors: string;
  readonly testsuite?: readonly Suite[];
}

function parsed(report: Redacted<Report>): Suites {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    parseTagValue: false,
    trimValues: false,
    isArray: (name, _path, _leaf, isAttribute) =>
      !isAttribute && ['testsuite', 'testcase', 'failure', 'error', 'skipped'].includes(name),
    processEntities: { enabled: true, maxTotalExpansions: 1_000_000, maxExpandedLength: 10_000_000 },
  });
  return (parser.parse(junitReport(report)) as { testsuites: Suites }).testsuites;
}

const casesOf = (suites: Suites): readonly Case[] => (suites.testsuite ?? []).flatMap((s) => s.testcase);

describe('JUnit report', () => {
  for (const [name, make] of [
    ['passing', passingReport],
    ['failing', failingReport],
    ['objected', objectedReport],
    ['hostile', hostileReport],
    ['empty', () => reportOf([], [])],
  ] as const) {
    it(`holds to the schema: ${name}`, async () => {
      const schema = await readFile(new URL('./junit.fixture.xsd', import.meta.url), 'utf8');
      const result = await validateXML({ xml: junitReport(make()), schema });
      expect(result.errors).to.deep.equal([]);
      expect(result.valid).to.equal(true);
    });
  }

  it('would be refused by the schema if it were wrong', async () => {
    const schema = await readFile(new URL('./junit.fixture.xsd', import.meta.url), 'utf8');
    const result = await validateXML({
      xml: junitReport(failingReport()).replaceAll('<skipped', '<ignored').replaceAll('</skipped', '</ignored'),
      schema,
    });
    expect(result.valid).to.equal(false);
  });

  for (const [name, make] of [
    ['failing', failingReport],
    ['objected', objectedReport],
    ['hostile', hostileReport],
  ] as const) {
    it(`has counts that agree with what it holds: ${name}`, () => {
      const suites = parsed(make());
      const count = (cases: readonly Case[], kind: 'failure' | 'error' | 'skipped'): string =>
        String(cases.filter((c) => c[kind] !== undefined).length);
      for (const suite of suites.testsuite ?? []) {
        expect(suite.tests).to.equal(String(suite.testcase.length));
        expect(suite.failures).to.equal(count(suite.testcase, 'failure'));
        expect(suite.errors).to.equal(count(suite.testcase, 'error'));
        expect(suite.skipped).to.equal(count(suite.testcase, 'skipped'));
      }
      const all = casesOf(suites);
      expect(suites.tests).to.equal(String(all.length));
      expect(suites.failures).to.equal(count(all, 'failure'));
      expect(suites.errors).to.equal(count(all, 'error'));
    });
  }

  it('has one test per requirement, named by id and title, in the suite of its area', () => {
    const cases = casesOf(parsed(failingReport()));
    expect(cases.map((c) => [c.classname, c.name])).to.have.deep.members(
      failingReport().requirements.map((r) => [`conform.${r.area}`, `${r.id} ${r.title}`]),
    );
  });

  it('gives failures, errors and skips with their reasons', () => {
    const by = new Map(casesOf(parsed(failingReport())).map((c) => [c.name.split(' ')[0], c]));
    expect(by.get('VALID-003')?.failure?.[0]?.message).to.equal('status: expected 400, actual 200');
    expect(by.get('VALID-003')?.failure?.[0]?.type).to.equal('MUST');
    expect(by.get('VALID-003')?.failure?.[0]?.['#text'])
      .to.include('cancel GET json OwnerId')
      .and.to.include('curl -i -X POST');
    expect(by.get('FORMAT-012')?.failure).to.equal(undefined);
    expect(by.get('FORMAT-012')?.skipped?.[0]?.message).to.match(/^fails, which does not fail the run: /);
    expect(by.get('WIRE-002')?.error?.[0]?.message).to.equal('The target closed the connection before it answered.');
    expect(by.get('LIFE-001')?.skipped?.[0]?.message).to.equal('it changes an order, and changes were not allowed');
    expect(by.get('LIFE-002')?.skipped?.[0]?.message).to.equal('blocked: the first cancel was refused with 500');
    expect(by.get('AUTH-007')?.skipped?.[0]?.message).to.match(/^waived: known as OPS-112/);
  });

  it('gives a SHOULD that fails the run as a failure', () => {
    const strict = casesOf(parsed({ ...failingReport(), failOn: 'SHOULD' }));
    expect(strict.find((c) => c.name.startsWith('FORMAT-012'))?.failure?.[0]?.type).to.equal('SHOULD');
  });

  it('gives what fails the run besides as failures of a suite of their own', () => {
    const suite = parsed(objectedReport()).testsuite?.find((s) => s.name === 'objections');
    expect(suite?.testcase.map((c) => [c.name, c.failure?.[0]?.message])).to.deep.equal(
      objectedReport().objections?.map(({ kind, requirement, says }) => [`${requirement} ${kind}`, says]),
    );
    expect(parsed(failingReport()).testsuite?.some((s) => s.name === 'objections')).to.equal(false);
  });

  it('gives hostile text back in visible form, and nothing of it as markup', () => {
    const [first] = casesOf(parsed(hostileReport()));
    expect(first?.name).to.equal(`VALID-001 ${visible(HOSTILE)}`);
    expect(junitReport(hostileReport())).not.to.include('<script');
  });

  it('holds only characters of XML 1.0', () => {
    expect(junitReport(hostileReport())).not.to.match(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u);
  });
});
