// One table: what each validator demands, and what is left of several.

import { expect } from 'chai';
import { lengthsOf, rangeOf, rulesOf, type Rule } from './rules.ts';

const open = (value: number) => ({ value, open: true });
const closed = (value: number) => ({ value, open: false });

describe('a validator', () => {
  const rules: readonly (readonly [text: string, rule: Rule])[] = [
    ['NotEmpty', { kind: 'present', name: 'NotEmpty' }],
    ['NotNull', { kind: 'present', name: 'NotNull' }],
    ['Length(3,10)', { kind: 'length', name: 'Length', least: 3, greatest: 10 }],
    ['Length ( 3 , 10 )', { kind: 'length', name: 'Length', least: 3, greatest: 10 }],
    ['Length(3)', { kind: 'other', name: 'Length' }],
    ['Length(a,3)', { kind: 'other', name: 'Length' }],
    ['ExactLength(2)', { kind: 'length', name: 'ExactLength', least: 2, greatest: 2 }],
    ['MinimumLength(40)', { kind: 'length', name: 'MinimumLength', least: 40, greatest: Infinity }],
    ['MaximumLength(1)', { kind: 'length', name: 'MaximumLength', least: 0, greatest: 1 }],
    ['InclusiveBetween(1,5)', { kind: 'range', name: 'InclusiveBetween', least: closed(1), greatest: closed(5) }],
    ['ExclusiveBetween(1.5m,5f)', { kind: 'range', name: 'ExclusiveBetween', least: open(1.5), greatest: open(5) }],
    ['InclusiveBetween(1)', { kind: 'other', name: 'InclusiveBetween' }],
    ['GreaterThan(0)', { kind: 'range', name: 'GreaterThan', least: open(0), greatest: null }],
    ['GreaterThanOrEqual(-1L)', { kind: 'range', name: 'GreaterThanOrEqual', least: closed(-1), greatest: null }],
    ['LessThan(7)', { kind: 'range', name: 'LessThan', least: null, greatest: open(7) }],
    ['LessThanOrEqual(7d)', { kind: 'range', name: 'LessThanOrEqual', least: null, greatest: closed(7) }],
    ['LessThan(now)', { kind: 'other', name: 'LessThan' }],
    ['Email', { kind: 'email', name: 'Email' }],
    ["RegularExpression('^a$')", { kind: 'pattern', name: 'RegularExpression', pattern: '^a$' }],
    ['RegularExpression("a,(b)")', { kind: 'pattern', name: 'RegularExpression', pattern: 'a,(b)' }],
    ['RegularExpression(`a`)', { kind: 'pattern', name: 'RegularExpression', pattern: 'a' }],
    ['RegularExpression("a\')', { kind: 'pattern', name: 'RegularExpression', pattern: '"a\'' }],
    ['ScalePrecision(2,4)', { kind: 'other', name: 'ScalePrecision' }],
    ['!', { kind: 'other', name: '!' }],
  ];
  for (const [text, rule] of rules)
    it(`${text} is a rule of kind ${rule.kind}`, () => {
      expect(rulesOf([text])).to.deep.equal([rule]);
    });

  it('may stand with others in brackets', () => {
    expect(rulesOf([' [NotNull,InclusiveBetween(1,5)] ', 'Email'])).to.deep.equal([
      { kind: 'present', name: 'NotNull' },
      { kind: 'range', name: 'InclusiveBetween', least: closed(1), greatest: closed(5) },
      { kind: 'email', name: 'Email' },
    ]);
    expect(rulesOf(['[]'])).to.deep.equal([]);
    expect(rulesOf([])).to.deep.equal([]);
  });
});

describe('several validators', () => {
  it('leave the narrowest range', () => {
    expect(rangeOf(rulesOf([]))).to.deep.equal({ least: null, greatest: null });
    expect(rangeOf(rulesOf(['NotEmpty', 'GreaterThan(1)']))).to.deep.equal({ least: open(1), greatest: null });
    expect(rangeOf(rulesOf(['GreaterThan(1)', 'InclusiveBetween(0,9)', 'LessThan(5)']))).to.deep.equal({
      least: open(1),
      greatest: open(5),
    });
    expect(rangeOf(rulesOf(['LessThan(5)', 'InclusiveBetween(2,9)']))).to.deep.equal({
      least: closed(2),
      greatest: open(5),
    });
  });

  it('of one bound, the later counts', () => {
    expect(rangeOf(rulesOf(['GreaterThanOrEqual(1)', 'GreaterThan(1)']))).to.deep.equal({
      least: open(1),
      greatest: null,
    });
    expect(rangeOf(rulesOf(['LessThanOrEqual(1)', 'LessThan(1)']))).to.deep.equal({ least: null, greatest: open(1) });
  });

  it('leave the narrowest lengths, one character at least where a value has to be there', () => {
    expect(lengthsOf(rulesOf([]))).to.deep.equal({ least: 0, greatest: Infinity });
    expect(lengthsOf(rulesOf(['GreaterThan(3)']))).to.deep.equal({ least: 0, greatest: Infinity });
    expect(lengthsOf(rulesOf(['NotEmpty']))).to.deep.equal({ least: 1, greatest: Infinity });
    expect(lengthsOf(rulesOf(['NotEmpty', 'Length(3,10)', 'MaximumLength(7)', 'MinimumLength(2)']))).to.deep.equal({
      least: 3,
      greatest: 7,
    });
  });

  it('are read as a service writes them, two in brackets too', () => {
    expect(
      rulesOf(['[NotNull,Length(1, 3)]', 'ScalePrecision(2,4)']).map(({ kind, name }) => `${kind} ${name}`),
    ).to.deep.equal(['present NotNull', 'length Length', 'other ScalePrecision']);
    expect(rulesOf(['GreaterThan(now)'])[0]?.kind).to.equal('other');
  });
});
