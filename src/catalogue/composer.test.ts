import { expect } from 'chai';
import { contractOf } from '../schema/contract.fixture.ts';
import { classic, widgetComposer } from '../run/widget.fixture.ts';
import { createComposer } from './composer.ts';

describe('composer', () => {
  const c = widgetComposer();
  const paint = c.route('paint');

  it('composes the plain request: JSON body, ids left symbolic', () => {
    expect(c.request(paint)).to.deep.equal({
      method: 'POST',
      path: '/v1/widgets/{{WidgetId}}/paint',
      headers: [
        ['Accept', 'application/json'],
        ['Content-Type', 'application/json'],
      ],
      body: '{"ColourId":"{{ColourId}}","Coats":2}',
      credentials: 'valid',
    });
  });

  it('carries members in the query string where a verb has no body', () => {
    const sent = c.request(paint, {
      verb: 'GET',
      suffix: 'csv',
      query: [['format', 'csv']],
      accept: null,
      credentials: 'none',
    });
    expect(sent).to.deep.equal({
      method: 'GET',
      path: '/v1/widgets/{{WidgetId}}/paint.csv?ColourId={{ColourId}}&Coats=2&format=csv',
      headers: [],
      body: null,
      credentials: 'none',
    });
  });

  it('promises every verb under classic hosting and POST alone under endpoints', () => {
    expect(c.verbsOf(c.routes[0])).to.have.members(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']);
    const endpoints = widgetComposer({ ...classic, hosting: 'endpoints' });
    expect(endpoints.verbsOf(endpoints.routes[0])).to.deep.equal(['POST']);
    expect(endpoints.lesserVerbs).to.deep.equal([]);
  });

  it('tells required members that no route binds from those that one does', () => {
    expect(c.requiredMembers.map((m) => m.name)).to.deep.equal(['ColourId']);
    expect(c.pathMembers.map((m) => m.name)).to.deep.equal(['WidgetId']);
  });

  it('calls no route whose verbs the service does not have', () => {
    const contract = contractOf({
      operation: 'Find',
      routes: [
        { name: 'find', path: '/find', verbs: ['GET'] },
        { name: 'search', path: '/search', verbs: ['POST'] },
      ],
      verbs: ['GET'],
    });
    const find = createComposer(contract, [], classic);
    expect(find.routes.map(({ name }) => name)).to.deep.equal(['find']);
    const lost = createComposer({ ...contract, verbs: ['PUT'] }, [], classic);
    expect(lost.routes.map(({ name }) => name)).to.deep.equal(['find']);
  });

  it('names what it does not have', () => {
    expect(() => c.route('polish')).to.throw("no route named 'polish'; it has paint");
  });
});
