import { expect } from 'chai';
import { readDocument } from '../../import/document.ts';
import { contractIn } from '../../import/documents.fixture.ts';
import { metadata } from '../../import/forms.fixture.ts';
import type { Contract } from '../../model/contract.ts';
import type { Finding } from '../../model/verdict.ts';
import { answered, evidence, profile } from '../answered.fixture.ts';
import { stillPromises, unlessHidden } from './documents.ts';

const OPERATION = 'PageAccounts';
const name = 'types/metadata.json';
const contract = contractIn(OPERATION, readDocument(metadata, name));

/** What the host shows, with the texts replaced. */
const shown = (...changes: readonly (readonly [from: string, to: string])[]) => {
  let text = metadata;
  for (const [from, to] of changes) {
    expect(text).to.contain(from);
    text = text.replaceAll(from, to);
  }
  return answered({ text });
};
const judge = (x: ReturnType<typeof answered>, of: Contract = contract, declared = profile): readonly Finding[] =>
  stillPromises(name).judge(x, evidence([x], { contract: of, profile: declared }));
const hidden = (x: ReturnType<typeof answered>, kinds: Parameters<typeof unlessHidden>[1], of: Contract = contract) =>
  unlessHidden(name, kinds)(x, evidence([x], { contract: of }));

describe('a document of the host', () => {
  it('still promises what the contract says', () => {
    expect(stillPromises(name).says).to.equal(`${name} still promises what the contract says`);
    expect(judge(shown())).to.deep.equal([]);
  });

  it('or each difference is one finding: what breaks a consumer, and what demands less, is the fault of the service', () => {
    const found = judge(shown(['"/pages"', '"/leaves"']));
    expect(found).not.to.be.empty;
    expect(found[0]).to.include({ class: 'service' });
    expect(found[0]?.where).to.match(/^types\/metadata\.json: \S/);
    expect(found.map(({ actual }) => actual).join()).to.contain('(breaks a consumer)');
    const roles = judge(shown(['["Admin","Boss"]', '["Admin"]']));
    expect(roles.map(({ class: of, where, actual }) => [of, where, /\((.*)\)$/.exec(actual)?.[1]])).to.deep.equal([
      ['service', `${name}: roles`, 'harmless'],
    ]);
    const permissions = judge(shown(['["a","b"]', '["a","b","c"]']));
    expect(permissions.map(({ class: of, where, actual }) => [of, where, /\((.*)\)$/.exec(actual)?.[1]])).to.deep.equal(
      [['service', `${name}: anyPermission`, 'harmless']],
    );
    const wider = judge(shown(['"Path":"/pages"', '"Path":"/pages"},{"Path":"/more"']));
    expect(wider).not.to.be.empty;
    for (const each of wider) expect(each).to.include({ class: 'documentation' });
    expect(wider.map(({ actual }) => actual).join()).to.contain('(harmless)');
  });

  it('is held against what it stated, without what a person has added', () => {
    const added: Contract = { ...contract, description: 'said otherwise', authentication: 'none', stated: contract };
    expect(judge(shown(), added)).to.deep.equal([]);
    expect(judge(shown(), { ...contract, authentication: 'none' })).not.to.be.empty;
  });

  for (const [what, x, why] of [
    ['is switched off', answered({ status: 404 }), `${name} answered 404`],
    ['wants a login', answered({ status: 401 }), `${name} answered 401`],
    ['redirects', answered({ status: 302 }), `${name} answered 302`],
  ] as const)
    it(`is a finding where it ${what}, if the contract was read from it; else nothing is judged`, () => {
      expect(judge(x).map(({ actual }) => actual)).to.deep.equal([why]);
      expect(hidden(x, ['metadata'])).to.equal(null);
      expect(hidden(x, ['csharp', 'page'])).to.equal(why);
    });

  it('is a finding where it no longer lists the operation, if the contract was read from it; else nothing is judged', () => {
    const x = shown([OPERATION, 'OtherAccounts']);
    const why = `${name} does not list ${OPERATION}`;
    expect(judge(x)).to.deep.equal([
      { class: 'service', where: name, expected: 'the document that the contract was read from', actual: why },
    ]);
    expect(hidden(x, ['metadata'])).to.equal(null);
    expect(hidden(x, ['csharp', 'page'])).to.equal(why);
    expect(hidden(x, ['csharp', 'page'], { ...contract, stated: contract })).to.equal(why);
  });

  it('is a finding where it cannot be read, with the reason', () => {
    const x = answered({ text: '{"nothing":1' });
    const [found, ...more] = judge(x);
    expect(more).to.deep.equal([]);
    expect(found?.actual).to.match(/^types\/metadata\.json\b/);
    expect(hidden(x, ['page'])).to.equal(found?.actual);
    expect(hidden(x, ['metadata'])).to.equal(null);
  });

  it('is judged where it says something, whatever the contract was read from', () => {
    expect(hidden(shown(), ['page'])).to.equal(null);
  });
});
