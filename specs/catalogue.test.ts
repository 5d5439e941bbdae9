import { expect } from 'chai';
import { catalogue } from './catalogue.ts';
import ids from './ids.json' with { type: 'json' };
import sources from './sources.json' with { type: 'json' };

const requirements = catalogue.flatMap((area) => area.requirements);
const issued = ids as Readonly<Record<string, string>>;
const cited = requirements.flatMap((r) => r.cites.map((cite) => ({ id: r.id, cite })));

const prefixes: Readonly<Record<string, string>> = {
  routes: 'ROUTE',
  verbs: 'VERB',
  authentication: 'AUTH',
  formats: 'FORMAT',
  'response-status': 'STATUS',
  validation: 'VALID',
  types: 'TYPE',
  examples: 'EXAMPLE',
  lifecycle: 'LIFE',
  documentation: 'DOC',
  transport: 'WIRE',
};

function duplicates(values: readonly string[]): readonly string[] {
  return values.filter((value, i) => values.indexOf(value) !== i);
}

describe('the catalogue', () => {
  it('has every area once, and requirements in each', () => {
    expect(catalogue.map((a) => a.area)).to.have.members(Object.keys(prefixes));
    for (const { area, says, requirements: own } of catalogue) {
      expect(own, area).not.to.have.length(0);
      expect(says, area).not.to.equal('');
    }
  });

  it('lists a requirement under the area that it belongs to, which its id tells', () => {
    for (const { area, requirements: own } of catalogue) {
      for (const { id, area: its } of own) {
        expect(its, id).to.equal(area);
        expect(id).to.match(new RegExp(`^${prefixes[area] ?? ''}-\\d{3}$`));
      }
    }
  });

  it('gives every requirement an id of its own', () => {
    expect(duplicates(requirements.map((r) => r.id))).to.deep.equal([]);
  });

  it('keeps every id that was ever issued: ids.json lists each with its title, or as retired', () => {
    const current = Object.fromEntries(requirements.map((r) => [r.id, r.title]));
    const inUse = Object.fromEntries(Object.entries(issued).filter(([, title]) => !title.startsWith('retired')));
    expect(current).to.deep.equal(inUse);
  });

  it('never uses a retired id again', () => {
    const retired = Object.keys(issued).filter((id) => issued[id]?.startsWith('retired'));
    expect(requirements.filter((r) => retired.includes(r.id)).map((r) => r.id)).to.deep.equal([]);
  });

  it('states facts in its titles: each once, at most 100 characters, no "should"', () => {
    expect(duplicates(requirements.map((r) => r.title))).to.deep.equal([]);
    for (const { id, title } of requirements) {
      expect(title.length, `${id}: ${title}`).to.be.within(10, 100);
      expect(title, id).not.to.match(/\bshould\b|\.$/i);
    }
  });

  it('says of each requirement who is hurt, in one sentence', () => {
    for (const { id, why } of requirements) expect(why, id).to.match(/^[A-Z][^.]{20,}\.$/);
  });

  it('cites what is promised: a known source, a place in it, and at most 15 words of it', () => {
    for (const { id, cite } of cited) {
      expect(sources, `${id} cites ${cite.source}`).to.have.property(cite.source);
      expect(cite.at, id).not.to.equal('');
      expect(cite.quote.trim().split(/\s+/).length, `${id}: ${cite.quote}`).to.be.within(1, 15);
      expect(cite.quote.trim(), id).not.to.equal('');
    }
  });

  it('cites for each requirement something of its own basis', () => {
    const bases: Readonly<Record<string, RegExp>> = { documented: /-page$/, framework: /./, http: /^rfc/ };
    for (const { id, basis, cites } of requirements) {
      expect(
        cites.some(({ source }) => bases[basis]?.test(source)),
        `${id} is ${basis}`,
      ).to.equal(true);
    }
  });

  it('names each source with title, address and revision, and cites each', () => {
    for (const [key, { title, url, revision }] of Object.entries(sources)) {
      expect(title, key).not.to.equal('');
      expect(url, key).to.match(/^https:\/\//);
      expect(revision, key).not.to.equal('');
    }
    const unused = Object.keys(sources).filter((key) => !cited.some(({ cite }) => cite.source === key));
    expect(unused).to.deep.equal([]);
  });
});
