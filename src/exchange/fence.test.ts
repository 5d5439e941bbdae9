import { expect } from 'chai';
import type { Contract } from '../model/contract.ts';
import { widgets } from '../run/widget.fixture.ts';
import { heldBack, mayBeCallOf, type Asked } from './fence.ts';

const call: Asked = {
  method: 'POST',
  path: '/v1/widgets/{{WidgetId}}/paint',
  headers: [],
  credentials: 'presented',
  body: 'present',
  names: 'nothing that exists',
};
const path = '/v1/elsewhere';
const bare = { credentials: 'none', body: 'none' } as const;

const reading: Contract = { ...widgets, effect: 'reads', subject: null, verbs: ['GET'] };
const unsaid: Contract = { ...widgets, subject: null };
const upserting: Contract = {
  ...widgets,
  verbs: ['PUT'],
  subject: { member: 'WidgetId', kind: 'guid', states: { fresh: 'a plain widget', absent: null } },
};
const byNumber: Contract = {
  ...widgets,
  subject: { member: 'WidgetId', kind: 'other', states: { fresh: 'a plain widget', absent: 'no such widget' } },
};

describe('the fence', () => {
  for (const [what, asked, contract] of [
    ['(a) a call on a subject that does not exist', {}, widgets],
    ['(a) whatever the credentials', { credentials: 'none' }, widgets],
    ['(b) a plain call of what only reads', { method: 'GET', names: 'nothing' }, reading],
    ['(b) with the suffix of a format', { method: 'GET', names: 'nothing', path: '/v1/widgets/7/paint.csv' }, reading],
    ['(b) by the predefined route', { method: 'GET', names: 'nothing', path: '/v1/json/reply/PaintWidget' }, reading],
    [
      '(c) a page of the documentation',
      { ...bare, method: 'GET', names: 'nothing', path: '/v1/metadata/app.json' },
      unsaid,
    ],
    ['(c) a preflight on a drawn id', { ...bare, method: 'OPTIONS' }, unsaid],
    ['(c) a path that stands nowhere', { ...bare, method: 'GET', path: '/v1/{{WidgetId}}' }, unsaid],
  ] as readonly (readonly [string, Partial<Asked>, Contract])[]) {
    it(`lets out ${what}`, () => {
      expect(heldBack({ ...call, ...asked }, contract)).to.equal(null);
    });
  }

  for (const [what, asked, contract] of [
    ['a call that may name what exists', { names: 'what may exist' }, widgets],
    ['a call that names nothing', { names: 'nothing' }, widgets],
    ['a call where nobody has named a subject, though its credentials are bad', { credentials: 'none' }, unsaid],
    ['a GET where nobody has said that it only reads', { ...bare, method: 'GET' }, unsaid],
    ['a PUT that makes what it does not find', { method: 'PUT' }, upserting],
    ['a call on a number', {}, byNumber],
    ['a verb that what only reads does not promise', { method: 'POST', names: 'nothing' }, reading],
    [
      'another verb under the name of a promised one',
      { method: 'GET', headers: [['X-HTTP-Method-Override', 'DELETE']] },
      reading,
    ],
    ['several calls in one', { method: 'GET', path: '/v1/json/reply/PaintWidget[]' }, reading],
    ['another path of what only reads', { method: 'GET', path }, reading],
    [
      'a path that stands nowhere, with credentials',
      { ...bare, credentials: 'presented', method: 'GET', path: '/v1/{{WidgetId}}' },
      unsaid,
    ],
    [
      'a page of the documentation with a body',
      { ...bare, body: 'present', method: 'GET', names: 'nothing', path: '/v1/metadata' },
      unsaid,
    ],
    ['a path that may stand somewhere', { ...bare, method: 'GET', names: 'nothing', path }, unsaid],
  ] as readonly (readonly [string, Partial<Asked>, Contract])[]) {
    it(`holds back ${what}`, () => {
      expect(heldBack({ ...call, ...asked }, contract)).to.be.a('string');
    });
  }

  it('knows what any server may take for a call, and what none does', () => {
    for (const path of [
      '/v1/widgets/7/paint',
      '//V1/./widgets/7//x/../paint.json/',
      '/v1/widgets/7/paint;v=1',
      '\\v1\\widgets\\7\\paint\0',
      '/v1/xml/oneway/PaintWidget',
      '/v1/json/reply/paintwidget[]',
      '/v1/PaintWidget.csv',
      '/api/PaintWidget',
      '/v1/soap11',
    ])
      expect(mayBeCallOf(path, widgets), path).to.equal(true);
    for (const path of [
      '/',
      '/v1/auth/credentials',
      '/v1/metadata',
      '/v1/schema/PaintWidget',
      '/v1/widgets/7/paint/more',
    ])
      expect(mayBeCallOf(path, widgets), path).to.equal(false);
  });
});
