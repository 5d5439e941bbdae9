import { expect } from 'chai';
import fc from 'fast-check';
import { labelled, table, wrapped } from './layout.ts';
import { progressLine, progressOf } from './progress.ts';

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

describe('progress', () => {
  it('shows counts and a bar on a terminal, and takes them away in the end', () => {
    const tell = progressOf('exchanges', 80, () => 0);
    expect(tell(5, 10, '')).to.equal(`\r\u001b[K${'█'.repeat(15)}${'░'.repeat(15)} 5/10 exchanges`);
    expect(tell(10, 10, '')).to.equal('\r\u001b[K');
  });

  it('names the operation that is under way, as far as the terminal is wide', () => {
    const tell = progressOf('operations', 30, () => 0);
    expect(tell(2, 10, 'Read\u001bThing')).to.match(/^\r\u001b\[K2 of 10 operations, Read/);
    expect(tell(2, 10, 'Read\u001bThing')?.slice(4))
      .to.have.length.at.most(30)
      .and.not.contain('\u001b');
  });

  it('tells a log every ten seconds, and nothing at the end', () => {
    let now = 0;
    const tell = progressOf('exchanges', null, () => now);
    const told = [0, 9_999, 10_000, 10_001, 20_000, 40_000].map((at, i) => {
      now = at;
      return tell(i, 6, '');
    });
    expect(told).to.deep.equal([
      null,
      null,
      'conform: 2 of 6 exchanges\n',
      null,
      'conform: 4 of 6 exchanges\n',
      'conform: 5 of 6 exchanges\n',
    ]);
    now = 90_000;
    expect(tell(6, 6, '')).to.equal(null);
  });

  it('is never wider than the terminal, whatever the counts', () => {
    const count = fc.nat(100_000);
    fc.assert(
      fc.property(count, count, fc.integer({ min: 1, max: 200 }), (done, of, width) => {
        const line = progressLine(done, of, width);
        expect(line.length).to.be.at.most(width);
        expect(line).not.to.include('\n');
      }),
    );
  });
});
