import { expect } from 'chai';
import nock from 'nock';
import { createEngine } from './engine.ts';
import type { Member } from '../model/schema.ts';
import { stateEndpoint } from './state-endpoint.ts';

// nock stands between every socket of the process from its import on; only these tests want it there.
nock.restore();

describe('a state endpoint', () => {
  const url = new URL('http://states.test/_states?key=1');
  const engine = createEngine({ timeoutMs: 1000, concurrency: 1 });
  const members: readonly Member[] = [
    {
      name: 'Id',
      type: { kind: 'string' },
      in: 'path',
      required: true,
      description: '',
    },
  ];
  before(() => {
    nock.activate();
  });
  afterEach(() => {
    nock.cleanAll();
  });
  after(() => {
    nock.restore();
    engine.close();
  });

  const answers = (status: number, body: string): void => {
    nock('http://states.test')
      .post('/_states?key=1')
      .reply(status, body, { 'Content-Length': `${Buffer.byteLength(body)}` });
  };

  it('is asked for a state and gives a subject', async () => {
    let asked: unknown;
    nock('http://states.test')
      .post('/_states?key=1', (body) => {
        asked = body;
        return true;
      })
      .reply(200, '{"Id":"a-1"}', { 'Content-Length': '12' });
    const source = stateEndpoint(url, members, engine);
    expect(await source.setUp('an active thing')).to.deep.equal({ kind: 'ready', subject: { Id: 'a-1' } });
    expect(asked).to.deep.equal({ state: 'an active thing', params: {}, action: 'setup' });
    expect([source.left(), source.says]).to.deep.equal(['unlimited', 'the state endpoint http://states.test/_states']);
  });
  it('is told which subject to clear away', async () => {
    let asked: unknown;
    nock('http://states.test')
      .post('/_states?key=1', (body) => {
        asked = body;
        return true;
      })
      .reply(500, '', { 'Content-Length': '0' });
    await stateEndpoint(url, members, engine).tearDown('s', { Id: 'a-1' });
    expect(asked).to.deep.equal({ state: 's', params: { Id: 'a-1' }, action: 'teardown' });
  });
  it('is not asked again for a state that it does not know', async () => {
    answers(400, '');
    const source = stateEndpoint(url, members, engine);
    expect(source.offers('odd')).to.equal(true);
    expect(await source.setUp('odd')).to.deep.equal({
      kind: 'exhausted',
      reason: "the state endpoint http://states.test/_states makes nothing in the state 'odd' (it answered 400)",
    });
    expect([source.offers('odd'), source.offers('even')]).to.deep.equal([false, true]);
  });
  for (const [what, status, body, says] of [
    ['another status', 500, '', 'answered 500 Internal Server Error to the set-up'],
    ['a redirect', 302, '', 'answered 302'],
    ['no JSON', 200, '<html>', 'its body is not JSON'],
    ['no object', 200, '["a"]', 'its body is not an object'],
    ['a list in the place of a text', 200, '{"Id":[]}', 'that is not a string'],
    ['a member of every object', 200, '{"__proto__":{"Id":"a"}}', 'its object has no Id'],
    ['an empty object', 200, '{}', 'its object has no Id'],
    ['a member that could break out of a body', 200, '{"Id":"a\\"b"}', 'letters, digits and dashes'],
  ] as const) {
    it(`fails with a reason on ${what}`, async () => {
      answers(status, body);
      const made = await stateEndpoint(url, members, engine).setUp('s');
      expect(made.kind === 'failed' && made.reason).to.include(says);
    });
  }
  it('fails with a reason on a subject that it has given before', async () => {
    answers(200, '{"Id":"a-1"}');
    answers(200, '{"Id":"A-1"}');
    const source = stateEndpoint(url, members, engine);
    await source.setUp('s');
    const made = await source.setUp('s');
    expect(made.kind === 'failed' && made.reason).to.include('gave the subject a-1 a second time');
  });
  it('is told of a subject to clear away after an interrupt', async () => {
    let told = false;
    nock('http://states.test')
      .post('/_states?key=1', () => (told = true))
      .reply(200, '', { 'Content-Length': '0' });
    await stateEndpoint(url, members, engine, AbortSignal.abort()).tearDown('s', { Id: 'a-1' });
    expect(told).to.equal(true);
  });
  it('fails with a reason when it hangs or is not there', async () => {
    nock('http://states.test')
      .post('/_states?key=1')
      .replyWithError(Object.assign(new Error('x'), { code: 'ECONNREFUSED' }));
    const made = await stateEndpoint(url, members, engine).setUp('s');
    expect(made.kind === 'failed' && made.reason).to.include('cannot be reached');
  });
});
