import { expect } from 'chai';
import type { Composer } from '../model/requirement.ts';
import { plan } from './plan.ts';
import { shareBeginnings } from './share.ts';
import { able, catalogueOf, widgetComposer } from './widget.fixture.ts';

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
