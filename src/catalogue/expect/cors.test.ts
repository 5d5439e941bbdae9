import { expect } from 'chai';
import type { Answered } from '../../model/exchange.ts';
import { answered, contract, evidence } from '../answered.fixture.ts';
import { preflightAnswered, unlessCorsDeclared, type PreflightPoint } from './cors.ts';

const point: PreflightPoint = { route: contract.routes[0], verb: 'PUT', of: 'its own', origin: 'https://app.example' };

const judged = (x: Answered, asked: Partial<PreflightPoint> = {}): readonly string[] =>
  preflightAnswered
    .judge(x, { ...evidence([x]), point: { ...point, ...asked } })
    .map(({ where, expected, actual }) => `${where}: ${expected}, not ${actual}`);
const permitting = (origin: string, methods?: string): Answered =>
  answered({
    status: 204,
    headers: [
      ['access-control-allow-origin', origin],
      ...(methods === undefined ? [] : [['Access-Control-Allow-Methods', methods] as const]),
    ],
  });

describe('a preflight', () => {
  it('is answered in the 2xx class', () => {
    expect(preflightAnswered.says).to.contain('2xx');
    for (const status of [200, 204, 299]) expect(judged(answered({ status })), String(status)).to.deep.equal([]);
    for (const status of [199, 300, 401, 405, 500])
      expect(judged(answered({ status })), String(status)).to.deep.equal([
        `status: one of the 2xx class, not ${String(status)}`,
      ]);
  });

  it('permits the origin that asks, or any', () => {
    expect(judged(permitting('*', '*'))).to.deep.equal([]);
    expect(judged(permitting(' https://app.example ', 'PUT'))).to.deep.equal([]);
    expect(judged(permitting('https://other.example', 'PUT'))).to.deep.equal([
      'header Access-Control-Allow-Origin: * or https://app.example, not https://other.example',
    ]);
  });

  it('permits the verb that is asked for, where it tells verbs', () => {
    for (const methods of ['GET, put', 'PUT', '*', 'GET,PUT,DELETE'])
      expect(judged(permitting('*', methods)), methods).to.deep.equal([]);
    expect(judged(permitting('*', 'GET, POST'))).to.deep.equal([
      'header Access-Control-Allow-Methods: PUT, not GET, POST',
    ]);
    expect(judged(permitting('https://other.example', 'GET'))).to.have.length(2);
  });

  it('permits no more than a browser does by itself, where it tells no verbs', () => {
    for (const verb of ['GET', 'HEAD', 'POST'] as const)
      expect(judged(permitting('*'), { verb }), verb).to.deep.equal([]);
    for (const of of ['its own', 'several'] as const)
      expect(judged(permitting('*'), { of }), of).to.deep.equal(['header Access-Control-Allow-Methods: PUT, not none']);
  });

  it('lists of several verbs those that the host likes to', () => {
    expect(judged(permitting('*', 'GET, POST'), { of: 'several' })).to.deep.equal([]);
  });

  it('is asked of those that say that they have it set up', () => {
    const why = 'metadata/app.json does not say that the host has CORS set up';
    const said = (status: number, body: unknown): string | null => {
      const app = answered({ status, text: typeof body === 'string' ? body : JSON.stringify(body) });
      const preflight = answered({ status: 204 });
      return unlessCorsDeclared(preflight, evidence([app, preflight]));
    };
    expect(said(200, { Plugins: { Loaded: ['auth', 'CORS'] } })).to.equal(null);
    expect(said(200, { plugins: { loaded: ['cors'] } })).to.equal(null);
    for (const other of [
      { Plugins: { Loaded: ['auth'] } },
      { Plugins: { Loaded: 'cors' } },
      { Plugins: ['cors'] },
      { Plugins: null },
      'cors',
      [],
      'null',
    ])
      expect(said(200, other), JSON.stringify(other)).to.equal(why);
    expect(said(401, { Plugins: { Loaded: ['cors'] } })).to.equal(why);
  });
});
