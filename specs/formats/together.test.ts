import { expect } from 'chai';
import { everyThree, inTwos } from '../../src/catalogue/choices.ts';
import { everyThreeToRefuse, togetherByVerb } from '../../src/catalogue/refusals.ts';
import { createComposer } from '../../src/catalogue/composer.ts';
import { classicProfile } from '../../src/model/profile.fixture.ts';
import type { RequestTemplate } from '../../src/model/exchange.ts';
import { membersOf } from '../../src/schema/members.ts';
import { shippedSuite } from '../../bin/suites.ts';
import { catalogue } from '../catalogue.ts';

const { contract, schemas } = shippedSuite();
const c = createComposer(contract, membersOf(contract, schemas), classicProfile(contract.xmlNamespace));

/** What a request chooses, as it stands on the wire: read without what it was composed from. */
function chosenIn({ method, path, headers, body }: RequestTemplate): Readonly<Record<string, string>> | null {
  const header = (name: string): string | undefined => headers.find(([n]) => n === name)?.[1];
  const url = new URL(path, 'http://host.example');
  const route = /\/(cancel|remove)(?:\.(\w+))?$/.exec(url.pathname);
  if (route === null || url.searchParams.has('callback')) return null;
  const [, word = '', suffix] = route;
  const format = suffix ?? url.searchParams.get('format') ?? nameOf(header('Accept'));
  if (format === undefined) return null;
  return {
    route: word,
    verb: header('X-Http-Method-Override') ?? method,
    format,
    selection: suffix !== undefined ? 'suffix' : url.searchParams.has('format') ? 'parameter' : 'Accept',
    carrier:
      body === null ? 'query' : (/json$|jsonl|xml|csv|jsv|form/.exec(header('Content-Type') ?? '')?.[0] ?? 'other'),
  };
}

const nameOf = (accept: string | undefined): string | undefined =>
  /(?:jsonl|json|xml|csv|jsv)$/.exec(accept ?? '')?.[0];

const formats = ['json', 'jsonl', 'xml', 'csv', 'jsv'];
const bodies = [...formats, 'form'];
const verbs = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];
const axes: Readonly<Record<string, readonly string[]>> = {
  route: ['cancel', 'remove'],
  verb: verbs,
  format: formats,
  selection: ['Accept', 'suffix', 'parameter'],
  carrier: ['query', ...bodies],
};

/** Other bodies than JSON are documented by POST; what a body means by GET and DELETE is left open. */
const isPromised = (verb: string, carrier: string): boolean => verb === 'POST' || ['query', 'json'].includes(carrier);

describe('a success', () => {
  const requests = catalogue.flatMap(({ requirements }) =>
    requirements.flatMap((each) =>
      each
        .cases(c)
        .filter(({ succeeds, script }) => succeeds !== null && script.subjects[0] === c.fresh)
        .map(({ script }) => script.steps[0]),
    ),
  );
  const found = new Set(
    requests.flatMap((request) => {
      const chosen = Object.entries(chosenIn(request) ?? {});
      return chosen.flatMap(([axis, value]) => chosen.map(([other, its]) => `${axis} ${value}, ${other} ${its}`));
    }),
  );

  for (const [axis, values] of Object.entries(axes)) {
    for (const [other, others] of Object.entries(axes).filter(([name]) => name > axis)) {
      it(`is asked for in every pair of ${axis} and ${other}`, () => {
        const pairs = values.flatMap((value) =>
          others
            .filter((its) => (axis === 'carrier' && other === 'verb' ? isPromised(its, value) : true))
            .map((its) => `${axis} ${value}, ${other} ${its}`),
        );
        expect(pairs.length).to.be.above(5);
        expect(pairs.filter((pair) => !found.has(pair))).to.deep.equal([]);
      });
    }
  }
});

describe('every three of what a caller may choose', () => {
  /** Three values of three axes, and whether such a call is one that should be there. */
  const threesIn = (row: object): readonly string[] => {
    const chosen = Object.entries(row).map(([axis, value]) => `${axis}=${nameIn(value)}`);
    return chosen.flatMap((one, i) =>
      chosen
        .slice(i + 1)
        .flatMap((two, j) => chosen.slice(i + j + 2).map((three) => [one, two, three].sort().join(' & '))),
    );
  };
  const nameIn = (value: unknown): string =>
    typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : String(value);
  const rows = everyThree(c);
  const found = new Set(rows.flatMap(threesIn));
  const three = (...of: readonly string[]): string => [...of].sort().join(' & ');

  it('stands in some call that is to succeed', () => {
    expect(rows.length).to.be.within(200, 330);
    const spelled = ['lower', 'upper', 'mixed'];
    const expected = [
      ...verbs.flatMap((verb) =>
        formats.flatMap((answer) => spelled.map((id) => three(`verb=${verb}`, `answer=${answer}`, `id=${id}`))),
      ),
      ...['POST', 'PUT', 'PATCH'].flatMap((verb) =>
        ['query', ...formats].flatMap((carrier) =>
          [...formats, 'a page'].map((answer) => three(`verb=${verb}`, `carrier=${carrier}`, `answer=${answer}`)),
        ),
      ),
      ...['form', 'parts'].flatMap((carrier) =>
        formats.flatMap((answer) =>
          spelled.map((ids) => three(`carrier=${carrier}`, `answer=${answer}`, `ids=${ids}`)),
        ),
      ),
      ...['json', 'xml'].flatMap((carrier) =>
        ['Accept', 'suffix', 'query'].map((selection) =>
          three(`carrier=${carrier}`, `selection=${selection}`, 'besides=another id'),
        ),
      ),
      ...['GET', 'PUT', 'DELETE', 'PATCH'].flatMap((verb) =>
        ['json', 'xml', 'query'].map((carrier) => three(`verb=${verb}`, `carrier=${carrier}`, 'sent=overriding')),
      ),
    ];
    expect(expected.filter((each) => !found.has(each))).to.deep.equal([]);
  });

  it('has nothing together that nobody promises', () => {
    for (const [one, two] of [
      ['carrier=form', 'verb=PUT'],
      ['carrier=xml', 'besides=another id'],
      ['answer=a callback', 'verb=DELETE'],
      ['answer=a page', 'selection=suffix'],
    ] as const) {
      const has = [...found].some((each) => each.includes(one) && each.includes(two));
      expect(has, `${one} ${two}`).to.equal(one === 'carrier=xml');
    }
  });

  it('stands in one of two calls that have little in common', () => {
    const twos = inTwos(rows);
    expect(new Set(twos.flat()).size).to.equal(rows.length);
    for (const [one, other] of twos) {
      expect(one.route).to.equal(other.route);
      expect(one.verb === other.verb && one.carrier === other.carrier && one.answer === other.answer).to.equal(false);
    }
  });

  it('stands in some call that is to be refused, for whatever reason', () => {
    const refusals = everyThreeToRefuse(c, { kinds: ['one', 'another', 'a third'], sent: () => ({}) });
    const threes = new Set(refusals.flatMap(({ kind, choice }) => threesIn({ kind, ...choice })));
    const expected = ['one', 'another'].flatMap((kind) => [
      ...verbs.flatMap((verb) =>
        [...formats, 'a page', 'nothing'].map((answer) => three(`kind=${kind}`, `verb=${verb}`, `answer=${answer}`)),
      ),
      ...['query', 'json', 'xml', 'csv', 'jsv', 'form', 'parts'].flatMap((carrier) =>
        [...formats, 'a page', 'nothing', 'a callback'].map((answer) =>
          three(`kind=${kind}`, `carrier=${carrier}`, `answer=${answer}`),
        ),
      ),
    ]);
    expect(expected.filter((each) => !threes.has(each))).to.deep.equal([]);
    const most = Math.max(...togetherByVerb(refusals).map((point) => point.refusals.length));
    expect(most).to.be.at.most(24);
  });
});
