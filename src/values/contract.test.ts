import { expect } from 'chai';
import type { Contract, ContractMember, ContractType, DocumentedExchange } from '../model/contract.ts';
import { contractOf, memberOf, typeOf } from '../schema/contract.fixture.ts';
import {
  answeredDto,
  documented,
  errorOf,
  isPredefined,
  isRestricted,
  isVouched,
  listedDto,
  methodsApart,
  predefinedPath,
  promisedVerbs,
  promises,
  verbsOf,
  withSaid,
} from './contract.ts';

describe('a contract', () => {
  const route = (...verbs: readonly string[]): { readonly verbs: 'any' } => ({
    verbs: (verbs.length === 0 ? 'any' : verbs) as 'any',
  });
  const contract = (verbs: readonly string[], ...routes: readonly { readonly verbs: 'any' }[]): Contract =>
    ({ ...(verbs.length > 0 && { verbs }), routes }) as unknown as Contract;

  it('answers a DTO or something else', () => {
    expect(answeredDto({ response: { kind: 'dto', type: 'Thing' } })).to.equal('Thing');
    expect(answeredDto({ response: { kind: 'none' } } as unknown as Contract)).to.equal(null);
  });

  it('promises the verbs of a route that its service has', () => {
    expect(verbsOf(contract([]), route('GET'))).to.deep.equal(['GET']);
    expect(verbsOf(contract(['GET', 'PUT']), route())).to.deep.equal(['GET', 'PUT']);
    expect(verbsOf(contract(['GET', 'PUT']), route('PUT', 'POST'))).to.deep.equal(['PUT']);
    expect(verbsOf(contract(['GET']), route('PUT', 'POST'))).to.deep.equal(['PUT', 'POST']);
    expect(verbsOf(contract([]), route())).to.equal('any');
  });

  it('promises the verbs of all its routes, each once', () => {
    expect(promisedVerbs(contract([], route('GET'), route('PUT', 'GET')))).to.deep.equal(['GET', 'PUT']);
    expect(promisedVerbs(contract([], route('GET'), route()))).to.equal('any');
    expect(promisedVerbs(contract([]))).to.equal('any');
    expect(promises(contract([], route('GET')), 'GET')).to.equal(true);
    expect(promises(contract([], route('GET')), 'PUT')).to.equal(false);
    const any = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PURGE', 'XGET', 'GETX', 'get'];
    expect(any.filter((verb) => promises(contract([], route()), verb))).to.deep.equal(any.slice(0, 7));
  });

  it('has what a person says in the place of what its documents state', () => {
    const imported = {
      request: 'Ask',
      xmlNamespace: 'urn:a',
      effect: 'unknown',
      routes: [{ name: 'one' }, { name: 'two' }],
      types: [
        {
          name: 'Ask',
          members: [
            { name: 'A', property: 'A' },
            { name: 'b', property: 'B', required: 'documented' },
          ],
        },
        { name: 'Other', members: [{ name: 'B', property: 'B' }] },
      ],
    } as unknown as Contract;
    expect(withSaid(imported, {})).to.deep.equal({ ...imported, stated: imported });
    const because = <T>(value: T): { readonly value: T; readonly reason: string } => ({ value, reason: 'r' });
    const subject = { states: {} } as unknown as NonNullable<Contract['subject']>;
    const said = withSaid(imported, {
      effect: because('reads'),
      subject: because(subject),
      leaves: because({ two: 'gone' }),
      enforced: because(['B'] as const),
      values: because({ A: 'a' }),
      hosts: because(['a.test']),
      exchanges: because([]),
      documentationErrors: because([]),
    });
    expect(said).to.deep.include({
      effect: 'reads',
      subject,
      values: { A: 'a' },
      hosts: ['a.test'],
      exchanges: [],
      documentationErrors: [],
    });
    expect(said.routes).to.deep.equal([{ name: 'one' }, { name: 'two', leaves: 'gone' }]);
    const [ask, other] = said.types as readonly ContractType[];
    expect(ask?.members).to.deep.equal([
      { name: 'A', property: 'A' },
      { name: 'b', property: 'B', required: 'enforced' },
    ]);
    expect(other?.members).to.deep.equal([{ name: 'B', property: 'B' }]);
  });
});

describe('a success', () => {
  const of = (response: Contract['response'], ...types: readonly ContractType[]) => ({
    response,
    types: types as never,
  });

  it('is a list of DTOs where their type is described', () => {
    const thing = typeOf('Thing', memberOf('A', 'String'));
    expect(listedDto(of({ kind: 'list', type: 'Thing' }, thing))).to.equal('Thing');
    expect(listedDto(of({ kind: 'list', type: 'Page<Thing>' }, typeOf('Page<T>')))).to.equal('PageOfThing');
    expect(listedDto(of({ kind: 'list', type: 'String' }, thing))).to.equal(null);
    expect(listedDto(of({ kind: 'dto', type: 'Thing' }, thing))).to.equal(null);
    expect(listedDto(of({ kind: 'list', type: 'Thing' }, { ...thing, enum: { names: [{ name: 'A' }] } }))).to.equal(
      null,
    );
  });
});

describe('an error', () => {
  const status = memberOf('ResponseStatus', 'ResponseStatus');
  const of = (response: Contract['response'], ...types: readonly ContractType[]) =>
    errorOf({ request: 'Ask', response, types: types as never });
  const dto = (type: string): Contract['response'] => ({ kind: 'dto', type });

  it('is the DTO of the request by its name, even without a ResponseStatus', () => {
    expect(of(dto('Thing'), typeOf('AskResponse', status))).to.deep.equal({
      dto: 'AskResponse',
      status: 'ResponseStatus',
    });
    expect(of(dto('Thing'), typeOf('AskResponse'), typeOf('Thing', status))).to.deep.equal({
      dto: 'AskResponse',
      status: null,
    });
  });

  it('else is that of a success, where that has a ResponseStatus', () => {
    expect(of(dto('Thing'), typeOf('Thing', status))).to.deep.equal({ dto: 'Thing', status: 'ResponseStatus' });
    expect(of(dto('Page<Thing>'), typeOf('Page<T>', status))).to.deep.equal({
      dto: 'PageOfThing',
      status: 'ResponseStatus',
    });
  });

  it('else is the ErrorResponse of the framework', () => {
    const frameworks = { dto: null, status: 'ResponseStatus' };
    expect(of(dto('Thing'), typeOf('Thing', memberOf('A', 'String')))).to.deep.equal(frameworks);
    expect(of({ kind: 'none' }, typeOf('Thing', status))).to.deep.equal(frameworks);
    expect(of(dto('Thing'))).to.deep.equal(frameworks);
  });

  it('may have its ResponseStatus from a base, and bases that go round end', () => {
    const based = (name: string, base: string, ...members: readonly ContractMember[]): ContractType => ({
      ...typeOf(name, ...members),
      base,
    });
    expect(of(dto('A'), based('A', 'B'), based('B', 'C<D>'), typeOf('C', status))).to.deep.equal({
      dto: 'A',
      status: 'ResponseStatus',
    });
    expect(of(dto('A'), based('A', 'B'), based('B', 'A'))).to.deep.equal({ dto: null, status: 'ResponseStatus' });
  });

  it('has it by another name where the code has one for the wire', () => {
    const renamed = { ...memberOf('status', 'ResponseStatus'), property: 'ResponseStatus' };
    expect(of(dto('A'), typeOf('A', renamed)).status).to.equal('status');
    expect(
      of(dto('A'), typeOf('A', { ...memberOf('ResponseStatus', 'ResponseStatus'), property: 'Other' })),
    ).to.deep.equal({
      dto: null,
      status: 'ResponseStatus',
    });
  });
});

describe('predefined routes', () => {
  it('are those of a format', () => {
    const at = { prefix: '/api', operation: 'Ask' };
    expect(predefinedPath(at, 'json')).to.equal('/api/json/reply/Ask');
    expect(predefinedPath(at, 'xml', 'oneway')).to.equal('/api/xml/oneway/Ask');
  });

  for (const [path, isOne] of [
    ['/json/reply/Ask', true],
    ['/api/JSONL/Reply/Ask', true],
    ['/csv/oneway/Ask', true],
    ['/jsv/reply/Ask', true],
    ['/html/reply/Ask', false],
    ['/json/later/Ask', false],
    ['/json/reply/Ask/more', false],
    ['/json/reply/', false],
    ['json/reply/Ask', false],
  ] as const)
    it(`${path} is ${isOne ? 'one' : 'none'}`, () => {
      expect(isPredefined({ path })).to.equal(isOne);
    });
});

describe('who may call', () => {
  const ask = contractOf({ operation: 'Ask', routes: [{ name: 'ask', path: '/ask', verbs: 'any' }] });

  it('is restricted by roles and by permissions', () => {
    expect(isRestricted({})).to.equal(false);
    for (const name of ['roles', 'anyRole', 'permissions', 'anyPermission'])
      expect(isRestricted({ [name]: ['A'] }), name).to.equal(true);
  });

  it('is told of methods together, unless a validator asks all of them', () => {
    const two: Contract = { ...ask, verbs: ['GET', 'POST'] };
    expect(methodsApart(two)).to.deep.equal(['GET', 'POST']);
    expect(methodsApart({ ...two, authentication: 'none', roles: ['A'] })).to.deep.equal(['GET', 'POST']);
    for (const other of [
      { ...two, authentication: 'none' },
      { ...two, authentication: 'unknown' },
      { ...two, verbs: ['GET'] },
      { ...two, challenged: false },
      ask,
    ] as const)
      expect(methodsApart(other)).to.equal(null);
  });

  it("may succeed on somebody's word: with a subject, with values, or where there is nothing to refuse", () => {
    expect(isVouched({ subject: null }, [])).to.equal(true);
    expect(isVouched({ subject: null }, [1])).to.equal(false);
    expect(isVouched({ subject: null, values: {} }, [1])).to.equal(false);
    expect(isVouched({ subject: null, values: { A: '1' } }, [1])).to.equal(true);
    const subject = { member: 'Id', kind: 'guid', states: { fresh: 'a thing', absent: null } } as const;
    expect(isVouched({ subject }, [1])).to.equal(true);
  });
});

describe('what documents can be held against', () => {
  const ask = contractOf({
    operation: 'Ask',
    routes: [{ name: 'ask', path: '/ask', verbs: 'any' }],
    xmlNamespace: '',
    unknown: [
      { path: 'xmlNamespace', why: 'only the XML page prints it' },
      { path: 'verbs', why: 'nobody tells' },
    ],
  });
  const printed = (format: 'json' | 'xml', body: string): DocumentedExchange => ({
    format,
    page: 'a page',
    request: { method: 'POST', path: '/ask', headers: {}, body },
    response: { status: 200, headers: {}, body: '' },
  });
  const because = <T>(value: T): { readonly value: T; readonly reason: string } => ({ value, reason: 'r' });

  it('is what they stated, with the exchanges and the namespace that they print', () => {
    const exchanges = [
      printed('json', '<no xmlns="urn:no">'),
      printed('xml', ' <Ask a="b" xmlns="urn:ask"><A/></Ask>'),
    ];
    const said = withSaid(ask, {
      effect: because('reads'),
      success: because(201),
      challenged: because(false),
      exchanges: because(exchanges),
    });
    expect(said).to.include({ xmlNamespace: 'urn:ask', success: 201, challenged: false, effect: 'reads' });
    expect(said.unknown).to.deep.equal([{ path: 'verbs', why: 'nobody tells' }]);
    expect(documented(said)).to.deep.equal({ ...ask, exchanges, xmlNamespace: 'urn:ask' });
    expect(documented(ask)).to.deep.equal(ask);
  });

  it('has the namespace that it states, or none where no page prints one', () => {
    const exchanges = because([printed('xml', '<Ask xmlns="urn:ask"/>')]);
    expect(withSaid({ ...ask, xmlNamespace: 'urn:own' }, { exchanges }).xmlNamespace).to.equal('urn:own');
    for (const body of ['<Ask/>', '<Ask notxmlns="urn:a"/>', 'xmlns="urn:a"', '<Ask><A xmlns="urn:a"/></Ask>'])
      expect(withSaid(ask, { exchanges: because([printed('xml', body)]) }).xmlNamespace, body).to.equal('');
  });
});
