import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { htmlReport } from './html.ts';
import { failingReport, hostileReport, objectedReport, passingReport, reported, reportOf } from './report.fixture.ts';

/** The page without its style and script, which are ours. */
function body(page: string): string {
  return page.replace(/<style>[^]*?<\/style>/, '').replace(/<script>[^]*?<\/script>/, '');
}

describe('HTML report', () => {
  it('names its own style and script by hash and allows nothing else', () => {
    const page = htmlReport(failingReport());
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    const style = /<style>([^]*?)<\/style>/.exec(page)?.[1] ?? '';
    const script = /<script>([^]*?)<\/script>/.exec(page)?.[1] ?? '';
    expect(style.length).to.be.above(1000);
    expect(script.length).to.be.above(1000);
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'");
    expect(policy).to.equal(
      `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(body(page)).not.to.match(/ style=| on[a-z]+=/);
  });

  it('loads nothing', () => {
    for (const page of [htmlReport(failingReport()), htmlReport(passingReport())]) {
      expect(page).not.to.match(
        /<(?:img|iframe|object|embed|video|audio|source|base|form)\b|@import|url\(|src=|fetch\(|XMLHttpRequest/,
      );
      expect([...page.matchAll(/<link [^>]*>/g)].map(([tag]) => tag)).to.deep.equal([
        '<link rel="icon" href="data:,">',
      ]);
    }
  });

  it('has only elements of its own, whatever a target sent', () => {
    const elements = (page: string): readonly string[] =>
      [...new Set([...body(page).matchAll(/<\/?([a-zA-Z!][a-zA-Z0-9]*)/g)].map(([, name = '']) => name))].sort();
    const hostile = elements(htmlReport(hostileReport()));
    expect(hostile).not.to.include.members(['script']);
    expect(hostile.filter((name) => !elements(htmlReport(failingReport())).includes(name))).to.deep.equal([]);
    expect(body(htmlReport(hostileReport()))).not.to.match(/href="(?!https?:|#|data:,)/);
  });

  it('has unique ids, and every link within the page leads somewhere', () => {
    for (const make of [failingReport, passingReport, hostileReport]) {
      const page = body(htmlReport(make()));
      const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).to.equal(ids.length);
      for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).to.include(target);
    }
  });

  it('stays small however much a target sends', () => {
    const page = htmlReport(hostileReport());
    expect(page.length).to.be.below(400_000);
    expect(page).to.include('characters of 5,200,000 bytes are shown');
  });

  it('says first the verdict, then the failures, the matrix, what was not exercised, the documentation, all', () => {
    const page = htmlReport(failingReport());
    const places = [
      '<h1>Does not conform</h1>',
      'id="filter"',
      'id="failures"',
      'id="matrix"',
      'id="errors"',
      'id="blocked"',
      'id="waived"',
      'id="not-exercised"',
      'id="documentation"',
      'id="all"',
    ].map((p) => page.indexOf(p));
    expect(places).not.to.include(-1);
    expect([...places].sort((a, b) => a - b)).to.deep.equal(places);
  });

  it('gives a requirement that did not pass with why, citation, findings, exchange and curl line', () => {
    const page = htmlReport(failingReport());
    const told = page.slice(page.indexOf('id="r-VALID-003"'), page.indexOf('id="r-STATUS-004"'));
    expect(told)
      .to.include('A client that forgets a member')
      .and.to.include('“IsRequired=true”')
      .and.to.include('href="https://docs.example/operations/order"');
    expect(told).to.include('<mark>400</mark>').and.to.include('<mark>200</mark>');
    expect(told).to.include('Exchanges, in the order sent').and.to.include('--data-binary');
  });

  it('leads from a failed case of a waived or passed place to something that exists', () => {
    const odd = reported('VALID-009', {
      verdict: 'fail',
      cases: [{ key: { route: 'a', variant: 'x' }, verdict: 'blocked', reason: 'r', findings: [], exchanges: [] }],
    });
    const page = body(htmlReport(reportOf([odd], [])));
    expect(page).to.include('href="#all-VALID-009"').and.to.include('id="all-VALID-009"');
  });

  it('does not say in the sentence what the heading says', () => {
    const page = htmlReport(reportOf([], [], { says: 'Conforms: every promise was kept.' }));
    expect(page).to.include('<h1>Conforms</h1>').and.to.include('<p class="says">Every promise was kept.</p>');
  });

  it('shows a report of nothing', () => {
    expect(htmlReport(reportOf([], [])))
      .to.include('id="all"')
      .and.not.to.include('id="matrix"');
  });

  it('lists what fails the run besides, and counts by requirement, route, verb and format what is known', () => {
    const page = htmlReport(objectedReport());
    expect(page)
      .to.contain('<h2 id="objections">Objections')
      .and.to.contain('The waiver of ROUTE-999 matches nothing')
      .and.to.contain('everything 3 times');
    expect(page).to.match(/<dt>Ledger<\/dt><dd>\d+ verified, /);
    expect(page).to.contain('<a href="#all-ROUTE-001">').and.not.to.contain('href="#all-ROUTE-999"');
    expect(htmlReport(failingReport())).not.to.contain('id="objections"');
  });
});
