// One table: what each expectation says and finds, word by word.

import { expect } from 'chai';
import type { Answered, Decoded } from '../../model/exchange.ts';
import type { Evidence, Expectation } from '../../model/requirement.ts';
import type { Member } from '../../model/schema.ts';
import { answered, contract, evidence, failing, json, profile } from '../answered.fixture.ts';
import { allAlike, answeredLike, sameStatusAs } from './alike.ts';
import { notAsAdmitted, sameAnswer } from './same-answer.ts';
import { sameErrorAs, sameValueAs } from './same-value.ts';
import { namesAll, namesContractMembers, namesField, namesOnly, unlessLookedUpFirst } from './field-names.ts';
import {
  carriedInCallback,
  declaredCasing,
  mediaTypeOf,
  reflectsNothing,
  refusedToScripts,
  uncompressed,
  utf8,
  validResponse,
  wellFormed,
  xmlNamespace,
  xmlRootIsResponse,
} from './format.ts';
import {
  errorCode,
  errorItems,
  errorsList,
  message,
  messageIfAny,
  metaMaps,
  noStackTraceMember,
} from './response-status.ts';
import { success } from './response.ts';
import {
  admitted,
  allowOn405,
  challengeOn401,
  noServerError,
  notASuccess,
  reachesTheOperation,
  refused,
  refusedOutright,
  served,
  status,
  successful,
  successOrError,
  unauthorizedOrRedirected,
  whenRefused,
} from './status.ts';

const read = (format: 'json' | 'xml', value: Parameters<typeof json>[1]): Decoded => ({
  kind: 'read',
  format,
  reading: { ok: true, value },
});
const html = (text: string, code = 200): Answered =>
  answered({
    status: code,
    text,
    headers: [['Content-Type', 'text/html']],
    decoded: { kind: 'foreign', mediaType: 'text/html' },
  });
const xml = (text: string): Answered => answered({ text, decoded: read('xml', {}) });
const script = (text: string, type = 'text/javascript'): Answered =>
  answered({
    text,
    headers: type === '' ? [] : [['Content-Type', type]],
    decoded: { kind: 'foreign', mediaType: type },
  });
const withStatus = (ResponseStatus: Parameters<typeof json>[1]): Answered => json(400, { ResponseStatus });
const member = (name: string): Member => ({
  name,
  type: { kind: 'string' },
  in: 'body',
  required: true,
  description: '',
});
/** One that does not say with which status it succeeds. */
const open: Evidence['contract'] = { ...contract };
Reflect.deleteProperty(open, 'success');
const answering = (kind: string): Evidence['contract'] => ({ ...open, response: { kind } as never });
const [one, two] = [member('One'), member('Two')];
const naming = (...names: readonly (string | null)[]): Answered =>
  withStatus({ ErrorCode: 'E', Errors: names.map((FieldName) => ({ ErrorCode: 'E', FieldName, Message: 'm' })) });
const types = { xml: { mediaType: 'application/xml' } } as const;
const long = 'y'.repeat(200);

/** An expectation, what it says, and of answers what it finds: nothing, or `where: expected, not actual`. */
type Row = readonly [
  of: Expectation<never>,
  says: string,
  ...answers: readonly (readonly [x: Answered, found: readonly string[], about?: Partial<Evidence>])[],
];

const rows: readonly Row[] = [
  [
    mediaTypeOf(() => types.xml as never),
    "the Content-Type is the format's media type",
    [answered(), ['header Content-Type: application/xml, not absent']],
    [json(200, {}), ['header Content-Type: application/xml, not application/json']],
    [answered({ headers: [['Content-Type', 'Application/XML; charset=utf-8']] }), []],
  ],
  [
    wellFormed,
    'the body is well formed in the format that its Content-Type names',
    [answered(), ['body: a body in the format that was asked for, not an empty body']],
    [html('x'), ['body: a body in the format that was asked for, not a body of type text/html']],
    [script('x', ''), ['body: a body in the format that was asked for, not a body without a Content-Type']],
    [json(200, {}), []],
  ],
  [
    utf8,
    'the charset is UTF-8, named or not',
    ...['latin1', '"latin1"', 'Latin1 ;x'].map(
      (name) =>
        [
          answered({ headers: [['Content-Type', `text/html;charset  =  ${name}`]] }),
          ['header Content-Type: charset utf-8 or none, not charset latin1'],
        ] as const,
    ),
    [answered({ text: 'a\ufffd' }), ['body: text in UTF-8, not bytes that are not UTF-8']],
    ...['utf8', 'UTF-8', '"utf-8"'].map(
      (name) => [answered({ headers: [['Content-Type', `text/html; charset=${name}`]] }), []] as const,
    ),
    [answered({ headers: [['Content-Type', 'text/html']] }), []],
  ],
  [
    uncompressed,
    'no content coding is applied',
    [answered({ headers: [['Content-Encoding', ' GZip']] }), ['header Content-Encoding: absent, not gzip']],
    [answered({ headers: [['Content-Encoding', 'identity']] }), []],
    [answered(), []],
  ],
  [
    declaredCasing,
    'the members of the body are written in the declared casing',
    [json(400, { ResponseStatus: { errors: [] } }), ['body: a member named Errors, not a member named errors']],
    [json(400, { ResponseStatus: { Meta: { inner: 1 }, Errors: [{ FieldName: 'a' }] } }), []],
    [json(400, { some_count: 0, ResponseStatus: { ErrorCode: 'E' } }), []],
    [
      json(400, { ResponseStatus: {} }),
      ['body: a member named responseStatus, not a member named ResponseStatus'],
      { profile: { ...profile, casing: 'camel' } },
    ],
    [json(200, { responseStatus: { errorCode: 'E' } }), [], { profile: { ...profile, casing: 'camel' } }],
    [html('{"name":1}'), []],
    [answered({ decoded: { kind: 'read', format: 'json', reading: { ok: false, problem: 'p', position: 0 } } }), []],
  ],
  [
    xmlRootIsResponse,
    "the root element is the response DTO's, or that of a list of it",
    [xml('<Other/>'), ['body root element: MoveResponse, not Other']],
    [xml('<MoveResponse/>'), []],
    [xml('no element'), []],
    [html('<Other/>'), []],
    [answered({ text: '<Other/>', decoded: read('json', {}) }), []],
    [xml('<Other/>'), [], { contract: { ...contract, response: { kind: 'none' } as never } }],
  ],
  [
    xmlNamespace,
    'the root element is in the declared namespace',
    [xml('<ErrorResponse xmlns="http://schemas.servicestack.net/types"/>'), []],
    [
      xml('<ErrorResponse xmlns="urn:things"/>'),
      ['body namespace of the root element: http://schemas.servicestack.net/types, not urn:things'],
    ],
    [xml('no element'), []],
    [answered({ text: '<A/>', decoded: read('json', {}) }), []],
  ],
  [
    carriedInCallback('cb'),
    'the body is a script that calls cb with a JSON value',
    [answered(), ['header Content-Type: text/javascript or application/javascript, not absent']],
    [json(200, {}), ['header Content-Type: text/javascript or application/javascript, not application/json']],
    [script('xx({})'), ['body: cb(…), not xx({})']],
    [script('cb({}'), ['body: cb(…), not cb({}']],
    [script('cb({};'), ['body: cb(…), not cb({};']],
    [script('cb({x)'), ['body: cb(…), not cb({x)']],
    [script(`cb(${long}`), [`body: cb(…), not cb(${'y'.repeat(157)}…`]],
    [script(' cb({"a":1}); '), []],
    [script('cb(1)', 'application/javascript'), []],
  ],
  [
    reflectsNothing('<b>'),
    'a callback that is no identifier is not reflected as it was sent',
    [html('a<b>c'), ['body: no <b> in it, not a<b>c']],
    [html('ac'), []],
    [answered({ text: 'a<b>c', headers: [['Content-Type', 'application/json']] }), []],
  ],
  [
    refusedToScripts,
    'the status is not 2xx, or the callback is handed an ErrorCode',
    ...(
      [
        '',
        'x({})',
        'cb({"ResponseStatus":{"ErrorCode":""}})',
        'cb({"ResponseStatus":{"ErrorCode":1}})',
        'cb(1)',
        ' cb({"ResponseStatus":{"ErrorCode":"E"}})',
      ] as const
    ).map(
      (text) =>
        [
          script(text),
          [
            `body ResponseStatus.ErrorCode: a non-empty string in the callback, not ${text === '' ? 'an empty body' : text}`,
          ],
        ] as const,
    ),
    [script(long), [`body ResponseStatus.ErrorCode: a non-empty string in the callback, not ${'y'.repeat(80)}…`]],
    [script('a.b$({"responseStatus":{"errorCode":"E"}});\n'), []],
    [script('cb({"x":1,"ResponseStatus":{"Message":"m","ErrorCode":"E"}})'), []],
    [answered({ status: 300 }), []],
    [
      answered({ status: 299 }),
      ['body ResponseStatus.ErrorCode: a non-empty string in the callback, not an empty body'],
    ],
  ],
  [
    validResponse,
    'the body validates against the schema of the response',
    [
      json(200, { A: 1 }),
      ['body A: a string, not 1'],
      { violations: (dto) => [{ at: 'A', expected: 'a string', actual: '1', dto }] as never },
    ],
    [json(200, {}), []],
    [html('x'), [], { violations: () => [{ at: 'A', expected: 'a', actual: 'b' }] as never }],
    [
      json(200, {}),
      [],
      {
        contract: { ...contract, response: { kind: 'none' } as never },
        violations: () => [{ at: 'A', expected: 'a', actual: 'b' }] as never,
      },
    ],
  ],
  [
    success,
    'the call succeeds with the response that the contract says, and no ErrorCode in it',
    [json(300, {}), ['status: 200, not 300 with {}']],
    [json(199, {}), ['status: 200, not 199 with {}']],
    [json(200, {}), ['status: 201, not 200 with {}'], { contract: { ...contract, success: 201 } }],
    [json(200, [1]), ['body: the response as an object, not [1]']],
    [json(200, {}), ['body: the response as a list, not {}'], { contract: answering('list') }],
    [json(200, []), [], { contract: answering('list') }],
    [answered(), ['body: the response, not an empty body'], { contract: answering('scalar') }],
    [html('1'), [], { contract: answering('scalar') }],
    [json(200, {}), ['body: none, not {}'], { contract: answering('none') }],
    [json(300, {}), ['status: 204, not 300 with {}'], { contract: answering('none') }],
    [answered({ status: 204 }), [], { contract: answering('none') }],
    [answered(), [], { contract: answering('raw') }],
    [answered({ status: 204 }), [], { contract: open }],
    [
      answered({ status: 204 }),
      ['body: the response as an object, not an empty body'],
      { contract: { ...contract, success: 204 } },
    ],
    [answered({ request: { method: 'HEAD' } }), []],
    [json(200, { ResponseStatus: { ErrorCode: 'E' } }), ['body ResponseStatus.ErrorCode: absent or null, not "E"']],
    [json(200, { ResponseStatus: { ErrorCode: '' } }), []],
    [json(299, {}), [], { contract: open }],
    [json(299, {}), ['status: 200, not 299 with {}']],
  ],
  [
    refused,
    'the call is refused with a 4xx status',
    [json(399, {}), ['status: one of the 4xx class, not 399 with {}']],
    [answered({ status: 500 }), ['status: one of the 4xx class, not 500 with an empty body']],
    [json(400, {}), []],
    [json(499, {}), []],
  ],
  [
    noServerError,
    'the status is not of the 5xx class',
    [html('x', 500), ['status: none of the 5xx class, not 500 with a body of type text/html']],
    [json(499, {}), []],
  ],
  [status(405), 'the status is 405', [json(404, {}), ['status: 405, not 404']], [json(405, {}), []]],
  [notASuccess, 'the status is not 2xx', [json(299, {}), ['status: not 2xx, not 299']], [json(300, {}), []]],
  [refusedOutright, 'the status is 4xx or 5xx', [json(399, {}), ['status: 4xx or 5xx, not 399']], [json(400, {}), []]],
  [
    unauthorizedOrRedirected,
    'the status is 401, or a redirect with a Location',
    [json(400, {}), ['status: 401 or a redirect, not 400']],
    [json(302, {}), ['header Location: the address of the login page, not none']],
    [answered({ status: 302, headers: [['Location', '/login']] }), []],
    [json(401, {}), []],
  ],
  [
    admitted,
    'the status is neither 401 nor 403',
    [json(401, {}), ['status: neither 401 nor 403, not 401']],
    [json(403, {}), ['status: neither 401 nor 403, not 403']],
    [json(402, {}), []],
  ],
  [
    reachesTheOperation,
    'the status is 4xx, but not 401, 403 or 405',
    ...[399, 401, 403, 405, 500].map(
      (code) => [json(code, {}), [`status: 4xx, but not 401, 403 or 405, not ${code}`]] as const,
    ),
    [json(400, {}), []],
    [json(499, {}), []],
  ],
  [
    served,
    'the operation refuses the unknown subject: 4xx, but not 401, 403 or 405, with an ErrorCode',
    [json(200, {}), ['status: 4xx, but not 401, 403 or 405, not 200']],
    [json(200, {}), [], { contract: { ...contract, subject: null } }],
    [json(300, {}), ['status: 4xx, but not 401, 403 or 405, not 300'], { contract: { ...contract, subject: null } }],
    [json(200, [1]), ['body: the response as an object, not [1]'], { contract: { ...contract, subject: null } }],
    [failing(400, 'E'), [], { contract: { ...contract, subject: null } }],
    [json(404, {}), ['body ResponseStatus: an object, not {}']],
    [failing(404, 'E'), []],
  ],
  [
    successOrError,
    'the answer is a success without an ErrorCode, or an error with one',
    [json(400, {}), ['body ResponseStatus: an object, not {}']],
    [json(399, {}), ['status: 200, not 399 with {}']],
  ],
  [
    successful,
    'the status is 2xx',
    [json(199, {}), ['status: 2xx, not 199']],
    [json(300, {}), ['status: 2xx, not 300']],
    [json(200, {}), []],
    [json(299, {}), []],
  ],
  [
    whenRefused(status(404)),
    'the status is 404, when the call is refused',
    [json(400, {}), ['status: 404, not 400']],
    [json(399, {}), []],
  ],
  [
    challengeOn401,
    'a 401 carries a WWW-Authenticate challenge',
    [json(401, {}), ['header WWW-Authenticate: a challenge, not none']],
    ...['"Bearer"', 'a=b', 'x:y z', '-' + '\u00e4'].map(
      (value) =>
        [json(401, {}, [['WWW-Authenticate', value]]), [`header WWW-Authenticate: a challenge, not ${value}`]] as const,
    ),
    ...['Bearer', ' Bearer ', 'Basic  realm="a"', 'Bearer,Basic', 'Negotiate , Basic', 'Bearer,'].map(
      (value) => [json(401, {}, [['WWW-Authenticate', value]]), []] as const,
    ),
    [json(400, {}), []],
  ],
  [
    allowOn405,
    'a 405 names the verbs that are served in Allow',
    [json(405, {}), ['header Allow: GET, PUT, not none'], { point: { served: ['GET', 'PUT'] } as never }],
    [
      json(405, {}, [['Allow', 'get']]),
      ['header Allow: GET, PUT, not get'],
      { point: { served: ['GET', 'PUT'] } as never },
    ],
    [json(405, {}, [['Allow', ' put ,get']]), [], { point: { served: ['GET', 'PUT'] } as never }],
    [json(400, {}), [], { point: { served: ['GET'] } as never }],
  ],
  [
    errorCode,
    'the body carries a ResponseStatus with an ErrorCode, a string that is not empty',
    [answered(), ['body ResponseStatus: an object, not an empty body']],
    [withStatus('text'), ['body ResponseStatus: an object, not {"ResponseStatus":"text"}']],
    [withStatus({}), ['body ResponseStatus.ErrorCode: a string that is not empty, not absent']],
    [withStatus({ ErrorCode: ' ' }), ['body ResponseStatus.ErrorCode: a string that is not empty, not " "']],
    [withStatus({ ErrorCode: 1 }), ['body ResponseStatus.ErrorCode: a string that is not empty, not 1']],
    [failing(400, 'E'), []],
  ],
  [
    message,
    'Message is a string that is not empty',
    [withStatus({ Message: ' ' }), ['body ResponseStatus.Message: a string that is not empty, not " "']],
    [withStatus({ Message: 1 }), ['body ResponseStatus.Message: a string that is not empty, not 1']],
    [withStatus({ Message: 'm' }), []],
    [answered(), []],
  ],
  [
    messageIfAny,
    'Message, when present, is a string',
    [withStatus({ Message: 1 }), ['body ResponseStatus.Message: a string, null or absent, not 1']],
    [withStatus({ Message: null }), []],
    [withStatus({ Message: 'm' }), []],
  ],
  [
    errorsList,
    'Errors is absent, null or a list of objects',
    [withStatus({ Errors: {} }), ['body ResponseStatus.Errors: a list, null or absent, not {}']],
    [withStatus({ Errors: [{}, 1] }), ['body ResponseStatus.Errors[1]: an object, not 1']],
    [withStatus({ Errors: null }), []],
    [withStatus({}), []],
  ],
  [
    errorItems,
    'every item of Errors has an ErrorCode and a Message, both strings',
    [
      withStatus({ Errors: [{ ErrorCode: 'E', Message: 'm' }, { ErrorCode: 1 }, 'text'] }),
      [
        'body ResponseStatus.Errors[1].ErrorCode: a string, not 1',
        'body ResponseStatus.Errors[1].Message: a string, not absent',
      ],
    ],
    [withStatus({ Errors: 'text' }), []],
    [answered(), []],
  ],
  [
    metaMaps,
    'Meta is absent, null or a map from string to string, in the status and in every item of Errors',
    [withStatus({ Meta: [] }), ['body ResponseStatus.Meta: an object, null or absent, not []']],
    [withStatus({ Meta: { a: 1, b: null, c: 'c' } }), ['body ResponseStatus.Meta.a: a string, not 1']],
    [
      withStatus({ Errors: [{}, { Meta: 'text' }] }),
      ['body ResponseStatus.Errors[1].Meta: an object, null or absent, not "text"'],
    ],
    [answered(), []],
  ],
  [
    noStackTraceMember,
    'StackTrace is absent or null',
    [withStatus({ StackTrace: 'at' }), ['body ResponseStatus.StackTrace: absent or null, not "at"']],
    [withStatus({ StackTrace: null }), []],
  ],
  [
    namesContractMembers,
    'every FieldName, when present, names a member of the request',
    [
      naming('ONE', 'three', null),
      ['body ResponseStatus.Errors[1].FieldName: one of One, Two, not "three"'],
      { members: [one, two] },
    ],
  ],
  [
    namesField(() => [one, two]),
    'Errors, when not empty, names the member at fault',
    [naming('one'), ['body ResponseStatus.Errors: an item with FieldName Two, not FieldNames ["one"]']],
    [naming(), []],
  ],
  [
    namesOnly(() => [one]),
    'Errors names no member that is in order',
    [
      naming('ONE', 'Two', ''),
      ['body ResponseStatus.Errors: no item for a member that is in order, not an item with FieldName two'],
    ],
  ],
  [
    namesAll(() => [one, two]),
    'Errors names every member at fault',
    [naming('TWO'), ['body ResponseStatus.Errors: an item with FieldName One, not FieldNames ["two"]']],
    [naming('one', 'two'), []],
  ],
];

const told = (of: Expectation<never>, x: Answered, about: Partial<Evidence> = {}): readonly string[] =>
  of.judge(x, evidence([x], about) as never).map((f) => `${f.where}: ${f.expected}, not ${f.actual}`);

describe('what an expectation says, and what it finds', () => {
  for (const [of, says, ...answers] of rows)
    it(says, () => {
      expect(of.says).to.equal(says);
      for (const [x, found, about] of answers) expect(told(of, x, about), JSON.stringify(x.text)).to.deep.equal(found);
    });
});

describe('an answer beside another', () => {
  const beside = (of: Expectation<never>, ...steps: readonly [Answered, ...Answered[]]): readonly string[] =>
    of
      .judge(steps.at(-1) ?? steps[0], evidence([...steps]) as never)
      .map((f) => `${f.where}: ${f.expected}, not ${f.actual}`);

  it('says of which it is', () => {
    expect(sameAnswer(0, 1).says).to.equal('answers 1 and 2 are alike in status, media type, challenge and body');
    expect(answeredLike(0).says).to.equal('status and ErrorCode are those of answer 1');
    expect(allAlike().says).to.equal('all answers agree');
    expect(allAlike(1).says).to.equal('all answers from the 2th on agree');
    expect(sameValueAs(1).says).to.equal('status and value are those of answer 2');
    expect(sameStatusAs(1).says).to.equal('the status is that of answer 2');
    expect(sameErrorAs(1).says).to.equal('status, ErrorCode and the members at fault are those of answer 2');
    expect(notAsAdmitted(0, 1).says).to.equal('answer 2 is not what the operation answered to a user in answer 1');
    expect(unlessLookedUpFirst(status(400)).says).to.equal('the status is 400, unless the subject is looked for first');
  });

  it('misses the one that is not there', () => {
    const x = answered();
    expect(beside(sameAnswer(0, 1), x)).to.deep.equal(['answers: both, not one is missing']);
    for (const of of [answeredLike(4), sameValueAs(4), sameStatusAs(4), sameErrorAs(4)])
      expect(beside(of, x)).to.deep.equal(['answer 5: an answer, not none']);
    expect(beside(allAlike(4), x)).to.deep.equal([]);
  });

  it('tells the differences in words', () => {
    const typed = answered({ headers: [['Content-Type', 'text/html']] });
    expect(beside(sameAnswer(0, 1), typed, answered())).to.deep.equal([
      'answer 2: header Content-Type: text/html, not none',
    ]);
    expect(beside(sameAnswer(0, 1), answered(), typed)).to.deep.equal([
      'answer 2: header Content-Type: none, not text/html',
    ]);
    expect(beside(allAlike(), typed, answered())).to.deep.equal(['answer 2: header Content-Type: text/html, not none']);
    expect(beside(allAlike(), answered(), typed)).to.deep.equal(['answer 2: header Content-Type: none, not text/html']);
    expect(beside(allAlike(), json(200, {}), json(429, {}), json(201, {}))).to.deep.equal([
      'answer 3: status: 200, not 201',
    ]);
    expect(beside(answeredLike(0), failing(400, 'A'), failing(400, 'B'))).to.deep.equal([
      'body ResponseStatus.ErrorCode: "A", not "B"',
    ]);
    expect(beside(answeredLike(0), failing(400, 'A'), json(400, {}))).to.deep.equal([
      'body ResponseStatus.ErrorCode: "A", not null',
    ]);
    expect(beside(sameValueAs(0), json(200, { A: [1, { B: 2 }] }), json(200, { A: [1, { B: 3 }] }))).to.deep.equal([
      'body.A[1].B: 2, not 3',
    ]);
    expect(beside(sameValueAs(0), json(200, {}), json(201, {}))).to.deep.equal(['status: 200, not 201']);
  });

  it('has the status of another', () => {
    expect(beside(sameStatusAs(0), json(200, {}), json(404, {}))).to.deep.equal(['status: 200, not 404']);
    expect(beside(sameStatusAs(0), json(404, {}), json(404, { a: 1 }))).to.deep.equal([]);
  });

  it('is the same error as another: texts may differ, but not be missing; Meta and more are not compared', () => {
    const error = (more: object, items: readonly object[] = []): Answered =>
      withStatus({ ErrorCode: 'E', Message: 'm', Errors: items, ...more } as Parameters<typeof json>[1]);
    expect(beside(sameErrorAs(0), error({}), error({ Message: 'other', Meta: { a: 'b' }, Further: 1 }))).to.deep.equal(
      [],
    );
    for (const Message of ['', ' ', null, 1])
      expect(beside(sameErrorAs(0), error({}), error({ Message }))).to.deep.equal([
        'body ResponseStatus.Message: "a text", not absent',
      ]);
    expect(beside(sameErrorAs(0), error({}), error({ ErrorCode: 'F' }))).to.deep.equal([
      'body ResponseStatus.ErrorCode: "E", not "F"',
    ]);
    const item = { ErrorCode: 'E', FieldName: 'A', Message: 'm' };
    expect(beside(sameErrorAs(0), error({}, [item]), error({}, [{ ...item, Message: 'n', Meta: {} }]))).to.deep.equal(
      [],
    );
    expect(beside(sameErrorAs(0), error({}, [item]), error({}, [{ ...item, FieldName: 'B' }]))).to.deep.equal([
      'body ResponseStatus.Errors[0].FieldName: "A", not "B"',
    ]);
    expect(beside(sameErrorAs(0), error({}), json(400, {}))).to.deep.equal([
      'body ResponseStatus: {"ErrorCode":"E","Message":"a text"}, not null',
    ]);
    expect(beside(sameErrorAs(0), error({}), failing(404, 'E'))).to.deep.equal(['status: 400, not 404']);
    // A success is compared whole.
    expect(beside(sameErrorAs(0), json(399, { A: 1 }), json(399, { A: 2 }))).to.deep.equal(['body.A: 1, not 2']);
    expect(beside(sameErrorAs(0), json(400, { A: 1 }), json(400, { A: 2 }))).to.deep.equal([]);
  });

  it('is not what a user was told, unless a GET of the same says another thing', () => {
    const complaint = failing(400, 'E');
    const head = answered({ status: 400 });
    const wrong = ["answer 2: status and body: a refusal for want of credentials, not the operation's own answer, 400"];
    expect(beside(notAsAdmitted(0, 1), complaint, complaint)).to.deep.equal(wrong);
    expect(beside(notAsAdmitted(0, 1), head, head, complaint, failing(400, 'F'))).to.deep.equal([]);
    expect(beside(notAsAdmitted(0, 1), head, head, complaint, complaint)).to.deep.equal(wrong);
    expect(beside(notAsAdmitted(0, 1), head, head, complaint, failing(401, 'F'))).to.deep.equal(wrong);
    for (const code of [399, 401, 403, 404, 405, 500])
      expect(beside(notAsAdmitted(0, 1), json(code, {}), json(code, {}))).to.deep.equal([]);
  });

  it('is left alone where the subject was looked for first', () => {
    const of = unlessLookedUpFirst(status(404));
    expect(beside(of, failing(400, 'E'), failing(400, 'E'))).to.deep.equal([]);
    expect(beside(of, naming('A', 'B'), naming('b', 'a'))).to.deep.equal([]);
    expect(beside(of, json(400, {}), json(400, { a: 1 }))).to.deep.equal([]);
    expect(beside(of, failing(400, 'E'), failing(400, 'F'))).to.deep.equal(['status: 404, not 400']);
    expect(beside(of, naming('A'), naming('B'))).to.deep.equal(['status: 404, not 400']);
    expect(beside(of, failing(400, 'E'))).to.deep.equal(['status: 404, not 400']);
  });
});
