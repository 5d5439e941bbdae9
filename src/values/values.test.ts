import { expect } from 'chai';
import { camel, canonicalName } from './casing.ts';
import { appliedOf, dtoNameOf } from './dto-name.ts';
import { compacted, drawGuid, guidsIn, guidsInAnyForm, isGuid, wholeGuid, zeroGuid } from './guid.ts';
import { carriesBody, headerOf, mediaTypeIn } from './http.ts';
import { isObject, whereNotJson } from './json.ts';
import { answeredWith, caseName, countVerdicts, isSwitchedOff, VERDICTS, verdictOver, worst } from './verdicts.ts';
import { allOf, firstOf, groupBy, quantity, shortened, startOf } from './words.ts';
import type { VerdictWord } from '../model/verdict.ts';

describe('Guids', () => {
  const [one, other] = ['6f9619ff-8b86-4d01-b42d-00cf4fc964ff', 'AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE'];

  it('are drawn by seed and key, of version 4 and variant 1, never zero', () => {
    const drawn = Array.from({ length: 64 }, (_, i) => drawGuid(1, 'a', String(i)));
    for (const guid of drawn)
      expect(guid).to.match(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(drawn).size).to.equal(64);
    expect(new Set(drawn.map((guid) => guid.charAt(19)))).to.deep.equal(new Set(['8', '9', 'a', 'b']));
    expect(drawGuid(1, 'a', '0')).to.equal(drawn[0]);
    expect(drawGuid(2, 'a', '0')).not.to.equal(drawn[0]);
    expect(drawGuid(1, 'a0')).not.to.equal(drawn[0]);
    // What is drawn for a report must stay, or two reports of one seed cannot be compared.
    expect(drawGuid(1, 'a')).to.equal('20109453-88e2-4e98-b565-1051478912aa');
  });

  it('are found in a text', () => {
    const text = `a ${one},${other}/${compacted(one)}-x`;
    expect(guidsIn(text)).to.deep.equal([one, other]);
    expect(guidsInAnyForm(text)).to.deep.equal([one, other, compacted(one)]);
    expect([guidsIn('none'), guidsInAnyForm('none')]).to.deep.equal([[], []]);
    expect(compacted(one)).to.equal('6f9619ff8b864d01b42d00cf4fc964ff');
  });

  it('are told from what is about them', () => {
    expect([one, other, zeroGuid, ` ${one}`, `${one} `, compacted(one)].map((t) => wholeGuid.test(t))).to.deep.equal([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(isGuid({ type: { kind: 'string', format: 'uuid' } })).to.equal(true);
    expect(isGuid({ type: { kind: 'string' } })).to.equal(false);
    expect(isGuid({ type: { kind: 'boolean' } })).to.equal(false);
  });
});

describe('HTTP', () => {
  it('has methods that carry a body, and others', () => {
    for (const method of ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'])
      expect(carriesBody(method), method).to.equal(false);
    for (const method of ['POST', 'PUT', 'PATCH', 'PURGE']) expect(carriesBody(method), method).to.equal(true);
  });

  it('finds the first header of a name in any casing', () => {
    const headers = [
      ['X-A', '1'],
      ['x-a', '2'],
      ['b', '3'],
    ] as const;
    expect(headerOf(headers, 'x-A')).to.equal('1');
    expect(headerOf(headers, 'B')).to.equal('3');
    expect(headerOf(headers, 'c')).to.equal(undefined);
  });

  it('reads a media type', () => {
    expect(mediaTypeIn(' Text/HTML ; charset=utf-8;q=1')).to.equal('text/html');
    expect(mediaTypeIn('')).to.equal('');
  });
});

describe('JSON', () => {
  it('tells an object from all else', () => {
    expect([{}, [], null, 1, 'a', undefined].map((value) => isObject(value))).to.deep.equal([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  const where = (text: string): string => {
    try {
      JSON.parse(text);
      return 'it is JSON';
    } catch (error) {
      return whereNotJson(text, error);
    }
  };
  for (const [text, says] of [
    ['', 'it is empty'],
    [' \n', 'it is empty'],
    ['{"a":', 'it ends too early'],
    ['{"a":1,\n "b" 2}', 'at line 2, column 6'],
    ['{,}', 'at line 1, column 2'],
  ] as const)
    it(`says where ${JSON.stringify(text)} is none, without repeating it`, () => {
      expect(where(text)).to.equal(says);
    });

  it('says so when nobody knows where', () => {
    expect(whereNotJson('x', 'no error')).to.equal('it does not begin like JSON');
    expect(whereNotJson('x', new Error('Unexpected end of JSON input'))).to.equal('it ends too early');
  });
});

describe('verdicts', () => {
  it('are worse in one order', () => {
    expect(VERDICTS).to.deep.equal(['fail', 'error', 'blocked', 'skip', 'waived', 'pass']);
    VERDICTS.forEach((word, i) => {
      expect(worst(VERDICTS.slice(i).toReversed())).to.equal(word);
    });
    expect(worst([])).to.equal('pass');
  });

  it('of cases leave out what another requirement tells already, where anything else was judged', () => {
    const because = 'ROUTE-001' as const;
    expect(verdictOver([{ verdict: 'pass' }, { verdict: 'blocked', because }])).to.equal('pass');
    expect(verdictOver([{ verdict: 'skip' }, { verdict: 'blocked', because }])).to.equal('blocked');
    expect(verdictOver([{ verdict: 'blocked', because }])).to.equal('blocked');
    expect(verdictOver([{ verdict: 'fail' }, { verdict: 'pass' }])).to.equal('fail');
    expect(verdictOver([{ verdict: 'skip' }, { verdict: 'fail', because }, { verdict: 'waived' }])).to.equal('skip');
  });

  it('are counted, those without any included', () => {
    const words: readonly VerdictWord[] = ['fail', 'pass', 'fail'];
    expect(countVerdicts(words.map((verdict) => ({ verdict })))).to.deep.equal({
      pass: 1,
      fail: 2,
      error: 0,
      skip: 0,
      blocked: 0,
      waived: 0,
    });
  });

  it('of what profile and contract leave out are switched off', () => {
    expect(isSwitchedOff({ verdict: 'skip', cause: 'profile' })).to.equal(true);
    expect(isSwitchedOff({ verdict: 'skip', cause: 'contract' })).to.equal(true);
    expect(isSwitchedOff({ verdict: 'skip', cause: 'effects' })).to.equal(false);
    expect(isSwitchedOff({ verdict: 'skip' })).to.equal(false);
    expect(isSwitchedOff({ verdict: 'pass', cause: 'profile' })).to.equal(false);
  });

  it('belong to cases with names', () => {
    expect(caseName({})).to.equal('the only case');
    expect(caseName({ verb: 'POST' })).to.equal('POST');
    expect(caseName({ variant: 'v', member: 'M', format: 'json', verb: 'GET', route: 'r' })).to.equal('r GET json M v');
  });

  it('come with the status of the answer, unless it is told already', () => {
    const response = { status: 500, reason: '', headers: [], body: '', bytes: 0 };
    expect(answeredWith('nothing', { response })).to.equal('nothing, in an answer with 500');
    expect(answeredWith('500 Oops', { response })).to.equal('500 Oops');
    expect(answeredWith('nothing', { response: null })).to.equal('nothing');
    expect(answeredWith('nothing', undefined)).to.equal('nothing');
  });
});

describe('words', () => {
  it('tell the first of many, and how many more there are', () => {
    expect(firstOf(['a', 'b'], 3)).to.equal('a, b');
    expect(firstOf(['a', 'b', 'c'], 3)).to.equal('a, b, c');
    expect(firstOf(['a', 'b', 'c', 'd', 'e'], 3)).to.equal('a, b, c and 2 more');
  });

  it('are cut where they get long, and never within a pair of surrogates', () => {
    expect(startOf('a\u{1f600}b', 2)).to.equal('a');
    expect(startOf('a\u{1f600}b', 3)).to.equal('a\u{1f600}');
    expect(shortened('abc', 3)).to.equal('abc');
    expect(shortened('abcd', 3)).to.equal('abc…');
    expect(shortened('a\u{1f600}b', 2)).to.equal('a…');
  });

  it('count', () => {
    expect([0, 1, 2].map((n) => quantity(n, 'case'))).to.deep.equal(['0 cases', '1 case', '2 cases']);
    expect([1, 2].map((n) => allOf(n, 'case'))).to.deep.equal(['the only case', 'all 2 cases']);
  });

  it('group in the order of first appearance', () => {
    expect([...groupBy(['b1', 'a1', 'b2'], (text) => text.charAt(0))]).to.deep.equal([
      ['b', ['b1', 'b2']],
      ['a', ['a1']],
    ]);
  });
});

describe('names', () => {
  for (const [name, written] of [
    ['UInt', 'uInt'],
    ['ID', 'id'],
    ['URLOf', 'urlOf'],
    ['Name', 'name'],
    ['name', 'name'],
    ['A', 'a'],
    ['', ''],
    ['ÄB', 'ÄB'],
    ['AZa', 'aZa'],
    ['X1Y', 'x1Y'],
  ] as const)
    it(`${name} is ${written} in camelCase`, () => {
      expect(camel(name)).to.equal(written);
    });

  it('of a member are those of the code, unless it has another of its own', () => {
    expect(canonicalName({ name: 'roleId', property: 'RoleId' })).to.equal('RoleId');
    expect(canonicalName({ name: 'role_id', property: 'RoleId' })).to.equal('role_id');
    expect(canonicalName({ name: 'RoleId', property: 'RoleId' })).to.equal('RoleId');
  });

  for (const [type, name] of [
    ['Tool', 'Tool'],
    ['Page<Tool>', 'PageOfTool'],
    ['Pair<A,B>', 'PairOfAAndB'],
    ['Pair<Page<A,B>,C>', 'PairOfPageOfAAndBAndC'],
    ['Page<Tool[]>', 'PageOfTools'],
    ['A.B+C', 'A_B_C'],
    ['A$<', 'A$_'],
  ] as const)
    it(`${type} is a class ${name}`, () => {
      expect(dtoNameOf(type)).to.equal(name);
    });

  it('are taken apart at their outermost brackets', () => {
    expect(appliedOf('Pair<Page<A,B>,C>')).to.deep.equal({ name: 'Pair', args: ['Page<A,B>', 'C'] });
    expect(appliedOf('Tool')).to.deep.equal({ name: 'Tool', args: [] });
    expect(appliedOf('Tool<A')).to.deep.equal({ name: 'Tool<A', args: [] });
  });
});
