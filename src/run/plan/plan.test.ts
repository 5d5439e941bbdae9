import { expect } from 'chai';
import type { Composer } from '../../model/requirement.ts';
import { UsageError } from '../../settings/problems.ts';
import { plan, plannedSteps } from './plan.ts';
import { selected } from './select.ts';
import { shareBeginnings } from './shared-beginnings.ts';
import { able, catalogueOf, classic, widgetComposer } from '../widget.fixture.ts';

const paint = (c: Composer) => c.request(c.route('paint'));

describe('plan', () => {
  it('sends an exchange once, however many requirements judge it', () => {
    const one = { script: (c: Composer) => c.onAbsent(paint(c)) };
    const planned = plan(catalogueOf({ id: 'ROUTE-001', ...one }, { id: 'ROUTE-002', ...one }), widgetComposer(), able);
    expect(planned.scripts).to.have.length(1);
    expect(planned.scripts[0]).to.include({ weight: 2, effect: 'none' });
  });

  it('lets a longer script carry one that is its beginning', () => {
    const planned = plan(
      catalogueOf(
        { id: 'ROUTE-001', script: (c) => c.onFresh(paint(c)) },
        { id: 'ROUTE-002', script: (c) => c.onFresh(paint(c), paint(c)) },
      ),
      widgetComposer(),
      able,
    );
    expect(plannedSteps(planned)).to.have.length(2);
    const [script] = planned.scripts;
    expect(planned.requirements[0]?.cases[0]?.disposition).to.deep.equal({
      kind: 'send',
      script: script?.key,
      exchanges: script?.exchanges.slice(0, 1),
    });
    expect(planned.requirements[1]?.cases[0]?.disposition).to.deep.equal({
      kind: 'send',
      script: script?.key,
      exchanges: script?.exchanges,
    });
  });

  it('keeps apart what differs in a header, a credential or a state alone', () => {
    const planned = plan(
      catalogueOf(
        { id: 'ROUTE-001', script: (c) => c.onAbsent(paint(c)) },
        { id: 'ROUTE-002', script: (c) => c.onAbsent(c.request(c.route('paint'), { accept: 'text/csv' })) },
        { id: 'ROUTE-003', script: (c) => c.onAbsent(c.request(c.route('paint'), { credentials: 'none' })) },
        { id: 'ROUTE-004', script: (c) => c.onFresh(paint(c)) },
      ),
      widgetComposer(),
      able,
    );
    const ids = planned.scripts.flatMap((s) => s.exchanges);
    expect(new Set(ids).size).to.equal(4);
  });

  it('puts what changes something behind what does not, the most judged first, as far as subjects reach', () => {
    const csv = (c: Composer) => c.onFresh(c.request(c.route('paint'), { accept: 'text/csv' }));
    const planned = plan(
      catalogueOf(
        { id: 'ROUTE-001', script: (c) => c.onFresh(paint(c)) },
        { id: 'ROUTE-002', script: csv },
        { id: 'ROUTE-003', script: csv },
        { id: 'ROUTE-004', script: (c) => c.onAbsent(paint(c)) },
      ),
      widgetComposer(),
      { ...able, subjects: 1 },
    );
    expect(planned.scripts.map((s) => [s.effect, s.weight])).to.deep.equal([
      ['none', 1],
      ['own', 2],
    ]);
    expect(planned.requirements[0]?.cases[0]?.disposition).to.deep.equal({
      kind: 'skip',
      skip: { ...able.exhausted, reason: 'none left; 2 subjects would exercise everything' },
    });
    expect(planned.requirements[2]?.cases[0]?.disposition.kind).to.equal('send');
  });

  it('skips what changes something where that is refused, with the reason', () => {
    const refusal = { cause: 'effects', reason: 'only read', exercise: 'conform --allow-changes' } as const;
    const planned = plan(
      catalogueOf(
        { id: 'ROUTE-001', script: (c) => c.onFresh(paint(c)) },
        { id: 'ROUTE-002', script: (c) => c.onAbsent(paint(c)) },
      ),
      widgetComposer(),
      { ...able, changesRefused: refusal },
    );
    expect(planned.scripts.map((s) => s.effect)).to.deep.equal(['none']);
    expect(planned.requirements[0]?.cases[0]?.disposition).to.deep.equal({ kind: 'skip', skip: refusal });
  });

  it('switches off what is promised under another profile', () => {
    const source = catalogueOf({
      id: 'ROUTE-001',
      script: (c) => c.onAbsent(paint(c)),
      when: { hosting: ['endpoints'] },
    });
    expect(plan(source, widgetComposer(), able).requirements[0]?.skip).to.include({ cause: 'profile' });
    expect(plan(source, widgetComposer({ ...classic, hosting: 'endpoints' }), able).requirements[0]?.skip).to.equal(
      null,
    );
  });

  it('refuses a requirement that types out an id, since it could exist', () => {
    const typed = 'ca5e0000-0000-4000-8000-000000000001';
    for (const script of [
      (c: Composer) => c.onAbsent(c.request(c.route('paint'), { pathMembers: { WidgetId: typed } })),
      (c: Composer) =>
        c.onAbsent(
          c.request(c.route('paint'), {
            payload: { in: 'raw', contentType: 'text/plain', text: `{"ColourId":"${typed}"}` },
          }),
        ),
    ]) {
      expect(() => plan(catalogueOf({ id: 'ROUTE-001', script }), widgetComposer(), able)).to.throw(typed);
    }
  });

  it('takes a script for harmless only when every subject is drawn', () => {
    const { fresh, absent } = widgetComposer();
    const effects = [[absent], [fresh], [absent, fresh]].map((subjects) => {
      const [first = absent, ...rest] = subjects;
      return plan(
        catalogueOf({ id: 'ROUTE-001', script: (c) => c.on([first, ...rest], paint(c)) }),
        widgetComposer(),
        able,
      ).scripts[0]?.effect;
    });
    expect(effects).to.deep.equal(['none', 'own', 'own']);
  });
});

const json = (c: Composer) => c.request(c.route('paint'));
const csv = (c: Composer) => c.request(c.route('paint'), { accept: 'text/csv' });
const get = (c: Composer) => c.request(c.route('paint'), { verb: 'GET' });

describe('shared beginnings', () => {
  it('sends each exchange that changes nothing once, and every case finds its own', () => {
    const planned = shareBeginnings(
      plan(
        catalogueOf(
          { id: 'ROUTE-001', script: (c) => c.onAbsent(json(c), csv(c)) },
          { id: 'ROUTE-002', script: (c) => c.onAbsent(json(c), get(c), csv(c)) },
          { id: 'ROUTE-003', script: (c) => c.onAbsent(json(c)) },
          { id: 'ROUTE-004', script: (c) => c.onAbsent(get(c)) },
        ),
        widgetComposer(),
        able,
      ),
    );
    expect(
      planned.scripts.map((s) => s.script.steps.map((step) => `${step.method} ${step.headers[0]?.[1] ?? ''}`)),
    ).to.deep.equal([
      ['POST application/json', 'POST text/csv', 'GET application/json', 'POST text/csv'],
      ['GET application/json'],
    ]);
    const sent = planned.scripts.flatMap((s) => s.exchanges);
    expect(new Set(sent).size).to.equal(sent.length);
    for (const { cases } of planned.requirements) {
      for (const { case: each, disposition } of cases) {
        if (disposition.kind === 'skip') throw new Error('nothing is skipped');
        const carrier = planned.scripts.find((s) => s.key === disposition.script);
        expect(carrier?.exchanges).to.include.members([...disposition.exchanges]);
        expect(disposition.exchanges).to.have.length(each.script.steps.length);
      }
    }
  });

  it('keeps scripts apart that change their subject', () => {
    const planned = shareBeginnings(
      plan(
        catalogueOf(
          { id: 'ROUTE-001', script: (c) => c.onFresh(json(c), csv(c)) },
          { id: 'ROUTE-002', script: (c) => c.onFresh(json(c), get(c)) },
        ),
        widgetComposer(),
        able,
      ),
    );
    expect(planned.scripts.map((s) => s.script.steps.length)).to.deep.equal([2, 2]);
  });
});

describe('selected', () => {
  const script = (c: Composer) => c.onAbsent(paint(c));
  const catalogue = catalogueOf({ id: 'ROUTE-001', script }, { id: 'ROUTE-002', script }, { id: 'ROUTE-012', script });
  const [area] = catalogue;
  const idsFor = (...only: readonly string[]): readonly string[] =>
    selected(catalogue, { only }).flatMap(({ requirements }) => requirements.map(({ id }) => id));

  for (const [only, ids] of [
    [[], ['ROUTE-001', 'ROUTE-002', 'ROUTE-012']],
    [[area?.area ?? ''], ['ROUTE-001', 'ROUTE-002', 'ROUTE-012']],
    [[(area?.area ?? '').toUpperCase()], ['ROUTE-001', 'ROUTE-002', 'ROUTE-012']],
    [['route-002'], ['ROUTE-002']],
    [['ROUTE-00*'], ['ROUTE-001', 'ROUTE-002']],
    [['Route-0?2'], ['ROUTE-002', 'ROUTE-012']],
    [['ROUTE-012, route-001,'], ['ROUTE-001', 'ROUTE-012']],
    [
      ['ROUTE-012', 'ROUTE-001,*-002'],
      ['ROUTE-001', 'ROUTE-002', 'ROUTE-012'],
    ],
  ] as const) {
    it(`takes ${only.length === 0 ? 'nothing for everything' : only.map((each) => `"${each}"`).join(' and ')}`, () => {
      expect(idsFor(...only)).to.deep.equal(ids);
    });
  }

  it('names what it does not find, and only that', () => {
    expect(() => idsFor('ROUTE-001,VALID-*', 'verbs')).to.throw(
      UsageError,
      /^--only VALID-\*, verbs: no requirement or area has that name; /,
    );
    expect(() => idsFor(' , ')).to.throw(UsageError, /^--only: names nothing; areas are /);
  });
});
