import { expect } from 'chai';
import type { Redacted } from '../model/redacted.ts';
import type { Report } from '../model/report.ts';
import { jsonReport, readReport } from './json.ts';
import { failingReport, hostileReport, objectedReport, passingReport } from './report.fixture.ts';

function change(report: Redacted<Report>, edit: (copy: Record<string, unknown>) => void): string {
  const copy = JSON.parse(jsonReport(report)) as Record<string, unknown>;
  edit(copy);
  return JSON.stringify(copy);
}

function replaced(part: RegExp, by: string): string {
  return jsonReport(passingReport()).replace(part, by);
}

describe('json report', () => {
  for (const [name, make] of [
    ['passing', passingReport],
    ['failing', failingReport],
    ['objected', objectedReport],
    ['hostile', hostileReport],
  ] as const) {
    it(`reads back what it wrote: ${name}`, () => {
      const report = make();
      expect(readReport(jsonReport(report))).to.deep.equal({ ok: true, report });
    });
  }

  it('is indented by two spaces and ends in one line break', () => {
    expect(jsonReport(passingReport()))
      .to.match(/^\{\n {2}"schemaVersion": 1,\n/)
      .and.to.match(/[^\n]\n$/);
  });

  it('writes keys in one order, whatever the order in memory', () => {
    const report = failingReport();
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([k, v]) => [k, reversed(v)]),
      );
    };
    expect(jsonReport(reversed(report) as Redacted<Report>)).to.equal(jsonReport(report));
  });

  it('is plain ASCII-safe JSON for lone surrogates and controls', () => {
    const text = jsonReport(hostileReport());
    expect(text).to.include('\\ud800').and.to.include('\\u0000').and.to.include('\\u001b');
    expect(Buffer.from(text, 'utf8').toString('utf8')).to.equal(text);
  });

  const bad: readonly (readonly [string, string, string])[] = [
    ['text that is no JSON', '{', 'not JSON'],
    ['an empty file', '', 'not JSON'],
    ['another document', '[]', 'at its root'],
    ['a later version', change(passingReport(), (r) => (r['schemaVersion'] = 2)), 'schemaVersion 2'],
    ['a missing member', change(passingReport(), (r) => delete r['says']), "'says'"],
    ['a member too many', change(passingReport(), (r) => (r['extra'] = 1)), 'at its root'],
    ['an unknown verdict', change(passingReport(), (r) => (r['verdict'] = 'fine')), 'at /verdict'],
    ['a time that is none', change(passingReport(), (r) => (r['startedAt'] = 'yesterday')), 'at /startedAt'],
    [
      'a negative count',
      change(passingReport(), (r) => ((r['summary'] as Record<string, unknown>)['pass'] = -1)),
      'at /summary/pass',
    ],
    [
      'an exchange with neither response nor failure',
      replaced(/"response": \{[^]*?\n {6}\}/, '"response": null'),
      'at /exchanges/0',
    ],
    ['a case with an unknown key', replaced(/"key": \{/, '"key": {"colour": "red",'), 'at /requirements/0/cases/0/key'],
  ];
  for (const [name, text, words] of bad) {
    it(`refuses ${name} in one sentence`, () => {
      const read = readReport(text);
      expect(read.ok).to.equal(false);
      if (read.ok) return;
      expect(read.problem).to.include(words).and.to.match(/\.$/);
    });
  }
});
