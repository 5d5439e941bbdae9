import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { harReport } from './har.ts';
import { exchange, failingReport, hostileReport, reportOf } from './report.fixture.ts';

interface Message {
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly comment?: string;
}
interface Har {
  readonly log: {
    readonly entries: readonly {
      readonly comment: string;
      readonly request: Message & {
        readonly method: string;
        readonly url: string;
        readonly queryString: unknown;
        readonly postData?: { readonly text: string };
      };
      readonly response: Message & {
        readonly status: number;
        readonly redirectURL: string;
        readonly content: { readonly text?: string; readonly size: number };
      };
    }[];
  };
}

/** What HAR 1.2 requires, written down from its specification. */
const pair = {
  type: 'object',
  required: ['name', 'value'],
  properties: { name: { type: 'string' }, value: { type: 'string' } },
};
const message = {
  httpVersion: { type: 'string' },
  cookies: { type: 'array' },
  headers: { type: 'array', items: pair },
  headersSize: { type: 'integer', minimum: -1 },
  bodySize: { type: 'integer', minimum: -1 },
};
const har12 = {
  type: 'object',
  required: ['log'],
  properties: {
    log: {
      type: 'object',
      required: ['version', 'creator', 'entries'],
      properties: {
        version: { const: '1.2' },
        creator: { type: 'object', required: ['name', 'version'] },
        entries: {
          type: 'array',
          items: {
            type: 'object',
            required: ['startedDateTime', 'time', 'request', 'response', 'cache', 'timings'],
            properties: {
              startedDateTime: { type: 'string', format: 'date-time' },
              time: { type: 'number', minimum: 0 },
              request: {
                type: 'object',
                required: ['method', 'url', 'queryString', ...Object.keys(message)],
                properties: {
                  ...message,
                  method: { type: 'string' },
                  url: { type: 'string' },
                  queryString: { type: 'array', items: pair },
                  postData: { type: 'object', required: ['mimeType', 'text'] },
                },
              },
              response: {
                type: 'object',
                required: ['status', 'statusText', 'content', 'redirectURL', ...Object.keys(message)],
                properties: {
                  ...message,
                  status: { type: 'integer' },
                  statusText: { type: 'string' },
                  redirectURL: { type: 'string' },
                  content: { type: 'object', required: ['size', 'mimeType'] },
                },
              },
              timings: { type: 'object', required: ['send', 'wait', 'receive'] },
            },
          },
        },
      },
    },
  },
};

describe('HAR report', () => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const fits = ajv.compile<Har>(har12);
  const read = (text: string): Har => {
    const value: unknown = JSON.parse(text);
    if (!fits(value)) throw new Error(ajv.errorsText(fits.errors));
    return value;
  };

  for (const [name, make] of [
    ['failing', failingReport],
    ['hostile', hostileReport],
  ] as const) {
    it(`is HAR 1.2 and gives every exchange back: ${name}`, () => {
      const report = make();
      const { entries } = read(harReport(report)).log;
      const messages = entries.map(({ request, response }) => ({
        method: request.method,
        url: request.url,
        headers: request.headers.map((h) => [h.name, h.value]),
        body: request.postData?.text ?? null,
        answer:
          response.status === 0
            ? null
            : { status: response.status, body: response.content.text, bytes: response.content.size },
      }));
      expect(messages).to.deep.equal(
        report.exchanges.map(({ request, response }) => ({
          ...request,
          answer: response === null ? null : { status: response.status, body: response.body, bytes: response.bytes },
        })),
      );
    });
  }

  it('names the exchange and who judged it, and why there was no response', () => {
    const { entries } = read(harReport(failingReport())).log;
    expect(entries[2]?.comment).to.equal('exchange x3, judged by VALID-003');
    expect(entries[4]?.response.comment).to.equal('The target closed the connection before it answered.');
  });

  it('takes the query apart, also of a URL that is none', () => {
    const request = { method: 'GET', url: 'http://[bad/path?a=1&b=x%20y&c#d', headers: [], body: null };
    const [entry] = read(harReport(reportOf([], [exchange('x', { request })]))).log.entries;
    expect(entry?.request.queryString).to.deep.equal([
      { name: 'a', value: '1' },
      { name: 'b', value: 'x y' },
      { name: 'c', value: '' },
    ]);
    expect(entry?.request.postData).to.equal(undefined);
  });

  it('knows where a redirect leads', () => {
    const response = { status: 302, reason: 'Found', headers: [['location', '/login']] as const, body: '', bytes: 0 };
    const [entry] = read(harReport(reportOf([], [exchange('x', { response })]))).log.entries;
    expect(entry?.response.redirectURL).to.equal('/login');
  });
});
