import { expect } from 'chai';
import { githubAnnotations, githubSummary } from './github.ts';
import {
  failed,
  failingReport,
  HOSTILE,
  hostileReport,
  objectedReport,
  passingReport,
  reported,
  reportOf,
} from './report.fixture.ts';
import { visible } from './visible.ts';

interface Command {
  readonly level: string;
  readonly title: string;
  readonly message: string;
}

/** Reads workflow commands the way a runner does: one a line, properties up to the next `::`, then the data. */
function commands(text: string): readonly Command[] {
  const back = (s: string): string =>
    s
      .replaceAll('%2C', ',')
      .replaceAll('%3A', ':')
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%25', '%');
  return text
    .split(/\r\n|\r|\n/)
    .filter((line) => line !== '')
    .map((line) => {
      const [, level = '', properties = '', message = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
      const [first = '', ...more] = properties.split(',');
      expect(more, line).to.deep.equal([]);
      return { level, title: back(first.replace(/^title=/, '')), message: back(message) };
    });
}

const many = (n: number) =>
  reportOf(
    Array.from({ length: n }, (_, i) =>
      reported(`VALID-${String(i)}`, {
        verdict: 'fail',
        cases: [failed({}, [{ class: 'service', where: 'status', expected: '400', actual: '200' }], [])],
      }),
    ),
    [],
  );

describe('GitHub annotations', () => {
  it('reads back: MUST as error, SHOULD as warning, documentation as notice', () => {
    expect(commands(githubAnnotations(failingReport())).map((c) => [c.level, c.title])).to.deep.equal([
      ['error', 'VALID-003 a request without a required member is refused with 400'],
      ['error', 'STATUS-004 the message of an error contains no stack trace'],
      ['error', 'WIRE-002 every request is answered'],
      ['warning', 'FORMAT-012 a response names the charset that it is written in'],
      ['notice', 'DOC-001 error of the documentation'],
    ]);
    expect(commands(githubAnnotations(failingReport()))[0]?.message).to.equal(
      'cancel GET json OwnerId and 29 more cases: status: expected 400, actual 200',
    );
  });

  it('has an error for each objection, and lists them in the summary', () => {
    const found = commands(githubAnnotations(objectedReport()))
      .filter((c) => c.level === 'error')
      .map((c) => c.title);
    expect(found).to.include('ROUTE-001 has a waiver that does not hold').and.to.include('LIFE-001 was not exercised');
    expect(githubSummary(objectedReport()))
      .to.contain('### Fails the run')
      .and.to.contain('ROUTE&#45;999 matches nothing');
  });

  it('says nothing when all is well', () => {
    expect(githubAnnotations(passingReport())).to.equal('');
  });

  it('lets no text of a target add a command or a property', () => {
    const found = commands(githubAnnotations(hostileReport()));
    expect(found.map((c) => c.level)).to.deep.equal(['error', 'error', 'error', 'notice']);
    expect(visible(HOSTILE).startsWith(found[0]?.title.slice('VALID-001 '.length, 200) ?? 'none')).to.equal(true);
  });

  it('keeps to the ten that are shown and names the others', () => {
    expect(commands(githubAnnotations(many(10)))).to.have.length(10);
    const found = commands(githubAnnotations(many(14)));
    expect(found).to.have.length(10);
    expect(found[9]?.title).to.equal('5 more');
    expect(found[9]?.message).to.include('VALID-9').and.to.include('VALID-13');
  });
});

describe('GitHub job summary', () => {
  it('has the verdict, the areas, the failures and what was not exercised', () => {
    const text = unescaped(githubSummary(failingReport()));
    expect(text).to.match(/^## ❌ OrderStatusUpdate: does not conform\n/);
    expect(text).to.include(failingReport().says);
    expect(text).to.include('| validation |  |  |  |  |  | 1 |');
    expect(text).to.include('<b>VALID-003</b> MUST a request without a required member is refused with 400</summary>');
    expect(text).to.include('- <code>status</code>: expected <code>400</code>, actual <code>200</code>');
    expect(text).to.include('to exercise: <code>conform run --target https://staging.example --allow-changes');
  });

  it('has rows of equal width', () => {
    const rows = githubSummary(hostileReport())
      .split('\n')
      .filter((l) => l.startsWith('|'));
    expect(rows.length).to.be.above(2);
    expect(new Set(rows.map((l) => l.split('|').length)).size).to.equal(1);
  });

  it('makes nothing of a target markup', () => {
    const text = githubSummary(hostileReport());
    const tags = new Set([...text.matchAll(/<[^>]*>/g)].map(([tag]) => tag));
    expect([...tags].sort()).to.deep.equal([
      '</b>',
      '</code>',
      '</details>',
      '</summary>',
      '<b>',
      '<code>',
      '<details>',
      '<summary>',
    ]);
    expect(text).not.to.match(/!\[|\]\(|```|javascript:/);
    for (const line of text.split('\n'))
      expect(line).to.match(/^(?:##|\||- | {2}- |<details>|<\/details>|Source: |Target |[A-Za-z&]|$)/);
  });

  it('stays under the limit of a summary', () => {
    expect(Buffer.byteLength(githubSummary(many(2000)))).to.be.below(1_000_000);
    expect(githubSummary(many(2000))).to.include('And 1950 more requirements');
  });
});

function unescaped(text: string): string {
  return text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
