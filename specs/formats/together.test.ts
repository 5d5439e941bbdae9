import { expect } from 'chai';
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
