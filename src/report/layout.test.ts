import { expect } from 'chai';
import fc from 'fast-check';
import { labelled, table, wrapped } from './layout.ts';
import { progressLine } from './progress.ts';

describe('layout', () => {
  it('wraps at spaces, keeps long words whole and loses nothing', () => {
    expect(wrapped('aa bb ccccccc d', 5)).to.deep.equal(['aa bb', 'ccccccc', 'd']);
    const text = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, fc.integer({ min: 5, max: 40 }), (line, width) => {
        const lines = wrapped(line, width);
        expect(lines.join(' ')).to.equal(line);
        for (const part of lines) expect(part.length <= width || !part.includes(' ')).to.equal(true);
      }),
    );
  });

  it('puts a text beside its label', () => {
    expect(labelled('name', 'aaaa bbbb cccc dddd eeee', 2, 6, 28)).to.deep.equal([
      '  name  aaaa bbbb cccc dddd',
      '        eeee',
    ]);
  });

  it('aligns the first column left and the others right', () => {
    expect(
      table(
        [
          ['a', 'n'],
          ['bbb', '10'],
        ],
        (cell) => cell,
      ),
    ).to.deep.equal(['a     n', 'bbb  10']);
  });
});

describe('progress line', () => {
  it('shows counts and a bar', () => {
    expect(progressLine({ done: 5, total: 10, unanswered: 0 }, 80)).to.equal(
      `${'█'.repeat(15)}${'░'.repeat(15)} 5/10 exchanges`,
    );
    expect(progressLine({ done: 10, total: 10, unanswered: 2 }, 80)).to.equal(
      `${'█'.repeat(30)} 10/10 exchanges, 2 without an answer`,
    );
  });

  it('is never wider than the terminal, whatever the counts', () => {
    const count = fc.nat(100_000);
    fc.assert(
      fc.property(count, count, count, fc.integer({ min: 1, max: 200 }), (done, total, unanswered, width) => {
        const line = progressLine({ done, total, unanswered }, width);
        expect(line.length).to.be.at.most(width);
        expect(line).not.to.include('\n');
      }),
    );
  });
});
