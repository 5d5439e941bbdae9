import { expect } from 'chai';
import { request, scripted } from './engine.fixture.ts';
import { pacedEngine, type Pace } from './paced.ts';

/** A clock that moves only when somebody sleeps. */
function clock(): Pick<Pace, 'elapsed' | 'now' | 'sleep'> & { readonly slept: number[] } {
  let at = 0;
  const slept: number[] = [];
  return {
    slept,
    elapsed: () => at,
    now: () => new Date(at),
    sleep: (ms) => {
      slept.push(ms);
      at += ms;
      return Promise.resolve();
    },
  };
}

const free = { intervalMs: 0, budget: null, patienceMs: 60_000 };
const told = (seconds: string) => ({ status: 429, headers: [['Retry-After', seconds]] as const });

describe('a paced engine', () => {
  it('keeps the time between two requests', async () => {
    const time = clock();
    const engine = pacedEngine(
      scripted(() => 200),
      { ...free, ...time, intervalMs: 200 },
    );
    for (let i = 0; i < 4; i += 1) await engine.send(request());
    expect(time.slept).to.deep.equal([200, 200, 200]);
    expect(engine.notes()).to.deep.equal([]);
  });

  it('waits as Retry-After says, sends again and says so', async () => {
    const time = clock();
    const inner = scripted((_, i) => (i === 0 ? told('7') : 200));
    const engine = pacedEngine(inner, { ...free, ...time });
    const { outcome, notes } = await engine.send(request());
    expect(outcome).to.have.nested.property('response.status', 200);
    expect(notes).to.deep.equal(['answered 429 at first; sent again after 7 s, as Retry-After said']);
    expect(time.slept).to.deep.equal([7000]);
    expect(engine.notes()).to.deep.equal(['the target answered 429 once; the run waited 7 s in all for it']);
  });

  it('reads a date, and doubles a second where the target does not say', async () => {
    const time = clock();
    const answers = [told(new Date(3000).toUTCString()), 429, 429, 200];
    await pacedEngine(
      scripted((_, i) => answers[i] ?? 200),
      { ...free, ...time },
    ).send(request());
    expect(time.slept).to.deep.equal([3000, 2000, 4000]);
  });

  for (const value of ['0', '-1', '0.0', '-0.5', new Date(-5000).toUTCString()]) {
    it(`gives up on a request after eight retries where the target says ${value} each time`, async () => {
      const time = clock();
      const inner = scripted(() => told(value));
      const { outcome } = await pacedEngine(inner, { ...free, ...time }).send(request());
      expect(outcome).to.have.nested.property('failure.kind', 'withheld');
      expect(inner.requests).to.have.length(9);
      expect(time.slept).to.deep.equal([100, 200, 400, 800, 1600, 3200, 6400, 12_800]);
    });
  }

  it('reads a fraction of a second', async () => {
    const time = clock();
    await pacedEngine(
      scripted((_, i) => (i === 0 ? told('1.5') : 200)),
      { ...free, ...time },
    ).send(request());
    expect(time.slept).to.deep.equal([1500]);
  });

  it('holds back every request while it waits', async () => {
    const time = clock();
    const inner = scripted((_, i) => (i === 0 ? told('5') : 200));
    const engine = pacedEngine(inner, { ...free, ...time });
    await Promise.all([engine.send(request()), engine.send(request()).then(() => engine.send(request()))]);
    expect(time.elapsed()).to.equal(5000);
  });

  it('gives up when it would have to wait too long, and then sends nothing more', async () => {
    const inner = scripted(() => told('3600'));
    const engine = pacedEngine(inner, { ...free, ...clock() });
    const { outcome } = await engine.send(request());
    expect(outcome).to.have.nested.property('failure.kind', 'withheld');
    expect(outcome).to.have.nested.property('failure.message').that.contains('--patience');
    await engine.send(request());
    expect(inner.requests).to.have.length(1);
    expect(engine.notes().join(' ')).to.contain('asks to wait 3600 s');
  });

  const unavailable = (status: number, seconds: string) => ({ status, headers: [['Retry-After', seconds]] as const });

  it('takes a 502 or 503 with Retry-After for a bad moment, and one without for an answer', async () => {
    for (const status of [502, 503]) {
      const time = clock();
      const engine = pacedEngine(
        scripted((_, i) => (i === 0 ? unavailable(status, '2') : 200)),
        { ...free, ...time },
      );
      const sent = await engine.send(request());
      expect(sent.outcome).to.have.nested.property('response.status', 200);
      expect([sent.unavailable, sent.notes, time.slept]).to.deep.equal([
        1,
        [`answered ${status} at first; sent again after 2 s, as Retry-After said`],
        [2000],
      ]);
      expect(engine.notes().join()).to.contain('unavailable once');
    }
    const bare = scripted(() => 503);
    const sent = await pacedEngine(bare, { ...free, ...clock() }).send(request());
    expect([sent.outcome.kind, bare.requests.length]).to.deep.equal(['response', 1]);
  });

  it('lets a 503 stand that comes again and again', async () => {
    const inner = scripted(() => unavailable(503, '0'));
    const sent = await pacedEngine(inner, { ...free, ...clock() }).send(request());
    expect(sent.outcome).to.have.nested.property('response.status', 503);
    expect(inner.requests).to.have.length(6);
  });

  it('never sends twice what may change something', async () => {
    for (const answer of [told('1'), unavailable(503, '1')]) {
      const inner = scripted(() => answer);
      const sent = await pacedEngine(inner, { ...free, ...clock() }).send(request(), { socket: 'fresh' });
      expect(inner.requests).to.have.length(1);
      expect(sent.outcome).to.have.nested.property('failure.kind', 'withheld');
      expect(sent.comeAgain).to.equal(true);
    }
  });

  it('does not ask for ever where a target says "at once" each time', async () => {
    const time = clock();
    const engine = pacedEngine(
      scripted(() => told('0')),
      { ...free, ...time },
    );
    expect((await engine.send(request())).outcome).to.have.nested.property('failure.kind', 'withheld');
  });

  it('sends no more than its budget, what it sends again included', async () => {
    const inner = scripted((_, i) => (i === 0 ? told('1') : 200));
    const engine = pacedEngine(inner, { ...free, ...clock(), budget: 2 });
    const kinds = [];
    for (let i = 0; i < 3; i += 1) kinds.push((await engine.send(request())).outcome.kind);
    expect(kinds).to.deep.equal(['response', 'failure', 'failure']);
    expect(inner.requests).to.have.length(2);
  });
});
