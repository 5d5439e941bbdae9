import { expect } from 'chai';
import fc from 'fast-check';
import { clipped, visible, visibleLines } from './visible.ts';

describe('visible text', () => {
  for (const [name, text, shown] of [
    ['terminal escapes', '\u{1b}[2J\u{9b}m', '\\x1b[2J\\x9bm'],
    ['line breaks and tabs', 'a\r\n\tb', 'a\\r\\n\\tb'],
    ['bidirectional controls', '\u{202e}\u{2066}\u{200f}\u{61c}', '\\u202e\\u2066\\u200f\\u061c'],
    [
      'what has no width',
      '\u{200b}\u{feff}\u{ad}\u{e0041}',
      '\\u200b\\ufeff\\u00ad\\u{e0041}'.replace('\\u00ad', '\\xad'),
    ],
    ['lone surrogates and noncharacters', '\ud800\u{ffff}', '\\ud800\\uffff'],
    ['line and paragraph separators', '\u{2028}\u{2029}', '\\u2028\\u2029'],
    ['NUL and DEL', '\0\u{7f}', '\\x00\\x7f'],
  ] as const) {
    it(`shows ${name}`, () => {
      expect(visible(text)).to.equal(shown);
    });
  }

  it('leaves other text alone, in any script', () => {
    const text = 'Zürich שלום 東京 \u{1f600} e\u{301} a b';
    expect(visible(text)).to.equal(text);
  });

  it('keeps lines where asked to', () => {
    expect(visibleLines('a\n\tb\r')).to.equal('a\n\tb\\r');
  });

  it('leaves nothing hidden, and doing it twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(text)).not.to.match(/[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Zl}\p{Zp}]/u);
        expect(visible(visible(text))).to.equal(visible(text));
      }),
    );
  });
});

describe('the start of a text', () => {
  it('says how much there is', () => {
    expect(clipped('abcdef', 3)).to.equal('abc… (6 characters in all)');
    expect(clipped('abc', 3)).to.equal('abc');
  });
});
