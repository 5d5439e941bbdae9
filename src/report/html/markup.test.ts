import { expect } from 'chai';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { HOSTILE } from '../report.fixture.ts';
import { visibleLines } from '../visible.ts';
import { anchor, html, link, nothing } from './markup.ts';

describe('HTML template', () => {
  it('escapes texts, leaves markup alone and joins lists', () => {
    const items = ['<a>', '&'].map((t) => html`<li>${t}</li>`);
    expect(html`<ul title="${'"'}">${items}</ul>${nothing}${3}`.markup).to.equal(
      '<ul title="&quot;"><li>&lt;a&gt;</li><li>&amp;</li></ul>3',
    );
  });

  it('keeps every text a text, in content and in attributes', () => {
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      parseTagValue: false,
      parseAttributeValue: false,
      trimValues: false,
      processEntities: true,
      htmlEntities: true,
    });
    const one = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.oneof(one, fc.constantFrom(HOSTILE, '"><x y="', "'", '</p>', '&lt;', '--><!--')), (text) => {
        const { markup } = html`<p title="${text}">${text}</p>`;
        expect(markup.match(/[<>"]/g)?.join('')).to.equal('<"">' + '<>');
        const read = parser.parse(markup) as { p: { '#text': string; title: string } };
        expect(read.p['#text']).to.equal(visibleLines(text));
      }),
    );
  });

  it('links http and https alone', () => {
    expect(link('https://a.example/?x=1&y="', 'a').markup).to.equal(
      '<a href="https://a.example/?x=1&amp;y=&quot;" rel="noopener noreferrer">a</a>',
    );
    for (const url of [
      'javascript:alert(1)',
      ' javascript:alert(1)',
      'data:text/html,x',
      'JAVASCRIPT:x',
      '//a.example',
      'file:///etc',
    ])
      expect(link(url, 'a').markup).to.equal('<span>a</span>');
  });

  it('makes anchors of letters, digits and dashes', () => {
    expect(anchor('r', 'VALID-003')).to.equal('r-VALID-003');
    expect(anchor('r', 'a b"<\u{202e}')).to.match(/^[A-Za-z0-9_-]+$/);
  });
});
