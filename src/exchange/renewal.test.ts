import { expect } from 'chai';
import type { Header, WireRequest } from '../model/exchange.ts';
import { createIdentity, type Identity } from './credentials.ts';
import { request, scripted } from './engine.fixture.ts';
import { renewing } from './renewal.ts';

const bearer = (token: string): Header => ['Authorization', `Bearer ${token}`];
const identity = (token: string): Identity =>
  createIdentity({ kind: 'bearer', token }, { seed: 1, authentication: 'required' });
const presented = (sent: WireRequest): string =>
  sent.headers.find(([name]) => name === 'Authorization')?.[1].slice('Bearer '.length) ?? '';
const jwt = (exp: number): string => `${part({ alg: 'HS256' })}.${part({ exp })}.c2ln`;
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const question = (headers: readonly Header[]): WireRequest => ({ ...request(...headers), target: '/question' });

function setUp(answer: (token: string, index: number, sent: WireRequest) => number, tokens: readonly string[]) {
  const inner = scripted((sent, index) => answer(presented(sent), index, sent));
  const learnt: string[] = [];
  let next = 0;
  const renewal = renewing(inner, {
    identity: identity(tokens[0] ?? ''),
    says: 'by the token command',
    question,
    now: () => new Date(1_000_000),
    learn: (secret) => learnt.push(secret),
    renew: async () => {
      next += 1;
      const token = tokens[next];
      return token === undefined
        ? { kind: 'failed', reason: 'the token command ended with 1' }
        : { kind: 'renewed', identity: identity(token) };
    },
  });
  return { ...renewal, inner, learnt, renewals: () => next };
}

describe('renewal of credentials', () => {
  it('renews a token before it is presented too late, and says so', async () => {
    const { engine, inner, notes, learnt, identity: now } = setUp(() => 200, [jwt(1001), jwt(9000)]);
    await Promise.all([engine.send(request(bearer(jwt(1001)))), engine.send(request(bearer(jwt(1001))))]);
    expect(inner.requests.map(presented)).to.deep.equal([jwt(9000), jwt(9000)]);
    expect(learnt).to.include(jwt(9000));
    expect(now.resolve('valid')).to.deep.include({ headers: [bearer(jwt(9000))] });
    expect(notes()).to.deep.equal(['the credentials ended during the run and were renewed once, by the token command']);
  });

  it('asks once more before it believes a 401, then sends again with new ones and a note', async () => {
    let ended = false;
    const { engine, inner, notes } = setUp(
      (token) => (token === 'old-token' && ended ? 401 : 200),
      ['old-token', 'new-token'],
    );
    await engine.send(request(bearer('old-token')));
    ended = true;
    const sent = await engine.send(request(bearer('old-token')));
    expect(sent.outcome).to.have.nested.property('response.status', 200);
    expect(sent.notes.join()).to.contain('answered 401 at first');
    expect(presented(sent.request!)).to.equal('new-token');
    expect(inner.requests.slice(1).map((each) => [each.target, presented(each)])).to.deep.equal([
      ['/x', 'old-token'],
      ['/question', 'old-token'],
      ['/x', 'new-token'],
    ]);
    expect(notes()).to.have.length(1);
  });

  it('lets a 401 stand when the target accepts the same credentials right after', async () => {
    const { engine, renewals } = setUp((_, index) => (index === 1 ? 401 : 200), ['old-token', 'new-token']);
    await engine.send(request(bearer('old-token')));
    const sent = await engine.send(request(bearer('old-token')));
    expect(sent.outcome).to.have.nested.property('response.status', 401);
    expect(sent.notes.join()).to.contain('the target accepted them');
    expect(renewals()).to.equal(0);
  });

  it('never renews what the target never accepted, nor credentials that are not the valid ones', async () => {
    const { engine, renewals, inner } = setUp(() => 401, ['old-token', 'new-token']);
    await engine.send(request(bearer('old-token')));
    await engine.send(request(bearer('garbage')));
    await engine.send(request());
    expect(renewals()).to.equal(0);
    expect(inner.requests).to.have.length(3);
  });

  it('does not send twice what may change something', async () => {
    let ended = false;
    const { engine, inner } = setUp(
      (token) => (token === 'old-token' && ended ? 401 : 200),
      ['old-token', 'new-token'],
    );
    await engine.send(request(bearer('old-token')));
    ended = true;
    const sent = await engine.send(request(bearer('old-token')), { socket: 'fresh' });
    expect(sent.outcome).to.have.nested.property('failure.kind', 'withheld');
    expect(inner.requests.filter(({ target }) => target === '/x')).to.have.length(2);
    await engine.send(request(bearer('old-token')), { socket: 'fresh' });
    expect(presented(inner.requests.at(-1)!)).to.equal('new-token');
  });

  it('withholds everything that needs credentials once they cannot be renewed', async () => {
    let ended = false;
    const { engine, inner, notes } = setUp(() => (ended ? 401 : 200), ['old-token']);
    await engine.send(request(bearer('old-token')));
    ended = true;
    for (let i = 0; i < 3; i += 1)
      expect((await engine.send(request(bearer('old-token')))).outcome).to.have.nested.property(
        'failure.kind',
        'withheld',
      );
    expect(inner.requests).to.have.length(3);
    expect(notes().join()).to.contain('the token command ended with 1');
  });

  it('looks into an end once, however many requests meet it', async () => {
    let ended = false;
    const { engine, inner, renewals } = setUp(
      (token) => (token === 'old-token' && ended ? 401 : 200),
      ['old-token', 'new-token', 'newer-token'],
    );
    await engine.send(request(bearer('old-token')));
    ended = true;
    const sent = await Promise.all(Array.from({ length: 5 }, () => engine.send(request(bearer('old-token')))));
    expect(sent.map(({ outcome }) => (outcome.kind === 'response' ? outcome.response.status : 0))).to.deep.equal([
      200, 200, 200, 200, 200,
    ]);
    expect(renewals()).to.equal(1);
    expect(inner.requests.filter(({ target }) => target === '/question')).to.have.length(1);
  });
});
