import { expect } from 'chai';
import { widgets } from '../run/widget.fixture.ts';
import { plain, readRequest, type PactRequest } from './request.ts';

const drawn = '7f0c1a52-8c1e-4b6e-9a55-0d3a1f2b4c5d';
const live = '11111111-1111-4111-8111-000000000001';
const own = new Set([plain(drawn)]);
const json = [['Content-Type', 'application/json']] as const;

const request = (given: Partial<PactRequest>): PactRequest => ({
  method: 'POST',
  target: `/v1/widgets/${drawn}/paint`,
  headers: json,
  body: '{}',
  ...given,
});
const read = (given: Partial<PactRequest>) => readRequest(request(given), own, widgets);

/** `1` as %31, as \u0031, as &#49;. */
const escaped = (id: string, how: (code: number) => string): string => id.replace(/^./, (c) => how(c.charCodeAt(0)));
const percent = (code: number): string => `%${code.toString(16)}`;
const unicode = (code: number): string => `\\u${code.toString(16).padStart(4, '0')}`;

describe('a request of a pact', () => {
  for (const [what, given] of [
    ['as it was drawn', {}],
    ['in upper case', { target: `/v1/widgets/${drawn.toUpperCase()}/paint` }],
    ['without its dashes', { target: `/v1/widgets/${drawn.replaceAll('-', '')}/paint` }],
    ['as zeros', { target: '/v1/widgets/00000000-0000-0000-0000-000000000000/paint' }],
    ['malformed, made from a drawn one', { target: `/v1/widgets/not-${drawn}/paint` }],
    ['in the body as well', { body: JSON.stringify({ WidgetId: drawn, Coats: 2 }) }],
    ['in a form', { headers: [['Content-Type', 'application/x-www-form-urlencoded']], body: `WidgetId=${drawn}` }],
    [
      'in XML',
      {
        headers: [['Content-Type', 'application/xml']],
        body: `<PaintWidget><WidgetId>${drawn}</WidgetId></PaintWidget>`,
      },
    ],
  ] as readonly (readonly [string, Partial<PactRequest>])[]) {
    it(`names nothing that exists: ${what}`, () => {
      expect(read(given)).to.include({ ok: true, names: 'nothing that exists', foreign: null });
    });
  }

  const dashless = live.replaceAll('-', '');
  const formX = `{0x${dashless.slice(0, 8)},0x${dashless.slice(8, 12)},0x4111,{0x81,0x11,0x00,0x00,0x00,0x00,0x00,0x01}}`;
  for (const [what, given] of [
    ['in the path', { target: `/v1/widgets/${live}/paint` }],
    ['escaped in the path', { target: `/v1/widgets/${escaped(live, percent)}/paint` }],
    [
      'escaped twice in the path',
      { target: `/v1/widgets/${escaped(live, (code) => percent(code).replace('%', '%25'))}/paint` },
    ],
    ['beside a broken escape', { target: `/v1/widgets/${live}%2/paint` }],
    ['in form X', { target: `/v1/widgets/${encodeURIComponent(formX)}/paint` }],
    ['with signs in its parts', { target: `/v1/widgets/+${live.slice(1)}/paint` }],
    ['in the query', { target: `/v1/widgets/${drawn}/paint?WidgetId=${escaped(live, percent)}` }],
    ['in a header', { headers: [...json, ['X-Widget', live]] }],
    ['escaped in JSON', { body: `{"WidgetId":"${escaped(live, unicode)}"}` }],
    ['under an escaped name', { body: `{"\\u0057idgetId":"${live}"}` }],
    ['as a name in JSON', { body: `{"${live}":1}` }],
    ['in JSON that is read in two ways', { body: `{"WidgetId":"${live}","WidgetId":"${drawn}"}` }],
    [
      'escaped in XML',
      {
        headers: [['Content-Type', 'application/xml']],
        body: `<P><WidgetId>${escaped(live, (code) => `&#${code};`)}</WidgetId></P>`,
      },
    ],
    [
      'escaped in a form',
      { headers: [['Content-Type', 'application/x-www-form-urlencoded']], body: `WidgetId=${escaped(live, percent)}` },
    ],
    ['in a body of no type', { headers: [], body: live }],
  ] as readonly (readonly [string, Partial<PactRequest>])[]) {
    it(`is not taken for harmless: an id of somebody else ${what}`, () => {
      const seen = read(given);
      expect(seen.ok && seen.names === 'nothing that exists' && seen.foreign === null).to.equal(false);
    });
  }

  for (const [what, given] of [
    ['a text that is no Guid', { target: '/v1/widgets/7/paint' }],
    ['nothing of the contract', { method: 'DELETE', target: '/v1/purge' }],
    ['a number in the place of the subject', { body: '{"WidgetId":1}' }],
    ['another operation', { target: `/v1/widgets/${drawn}/delete` }],
  ] as readonly (readonly [string, Partial<PactRequest>])[]) {
    it(`may name what exists: ${what}`, () => {
      expect(read(given)).to.include({ ok: true, names: 'what may exist' });
    });
  }

  for (const [what, given] of [
    ['of no type', { headers: [] }],
    ['of a type that is not read here', { headers: [['Content-Type', 'text/csv']] }],
    ['that is cut off', { body: '{"WidgetId":' }],
  ] as readonly (readonly [string, Partial<PactRequest>])[]) {
    it(`cannot be read with a body ${what}`, () => {
      expect(read(given)).to.have.property('ok', false);
    });
  }
});
