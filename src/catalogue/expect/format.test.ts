import { expect } from 'chai';
import type { Contract } from '../../model/contract.ts';
import type { Answered } from '../../model/exchange.ts';
import type { Profile } from '../../model/profile.ts';
import { memberOf, typeOf } from '../../schema/contract.fixture.ts';
import { answered, contract, evidence, json, profile } from '../answered.fixture.ts';
import {
  carriedInCallback,
  declaredCasing,
  mediaTypeOf,
  reflectsNothing,
  uncompressed,
  unlessNamespaceUntold,
  utf8,
  validResponse,
  wellFormed,
  xmlNamespace,
  xmlRootIsResponse,
} from './format.ts';

const ok = (of: typeof utf8, x: ReturnType<typeof json>) => of.judge(x, evidence([x])).length === 0;
const typed = (type: string) => answered({ headers: [['content-type', type]], text: '{}' });

describe('the content type', () => {
  it('is the media type of the format, whatever its parameters', () => {
    const asked = mediaTypeOf(() => contract.formats[0]);
    expect(ok(asked, typed('application/json'))).to.equal(true);
    expect(ok(asked, typed('Application/JSON; charset=utf-8'))).to.equal(true);
    expect(ok(asked, typed('text/html'))).to.equal(false);
    expect(ok(asked, answered())).to.equal(false);
  });

  it('names UTF-8 or no charset', () => {
    expect(
      ['application/json', 'text/csv; charset=UTF-8', 'text/csv;charset="utf-8"'].every((t) => ok(utf8, typed(t))),
    ).to.equal(true);
    expect(ok(utf8, typed('application/json; charset=iso-8859-1'))).to.equal(false);
    expect(ok(utf8, answered({ text: 'K\uFFFDln' }))).to.equal(false);
  });

  it('comes with a body that can be read', () => {
    expect(ok(wellFormed, json(200, {}))).to.equal(true);
    expect(ok(wellFormed, answered())).to.equal(false);
    expect(ok(wellFormed, answered({ decoded: { kind: 'foreign', mediaType: 'text/html' } }))).to.equal(false);
    const broken = { ok: false, problem: 'a comma too many', position: 3 } as const;
    expect(ok(wellFormed, answered({ decoded: { kind: 'read', format: 'json', reading: broken } }))).to.equal(false);
  });

  it('comes without a content coding', () => {
    expect(ok(uncompressed, json(200, {}))).to.equal(true);
    expect(ok(uncompressed, json(200, {}, [['Content-Encoding', 'identity']]))).to.equal(true);
    expect(ok(uncompressed, json(200, {}, [['Content-Encoding', 'gzip']]))).to.equal(false);
  });
});

const judged = (casing: 'pascal' | 'camel', body: Parameters<typeof json>[1]) => {
  const x = json(400, body);
  return declaredCasing.judge(x, evidence([x], { profile: { ...profile, casing } })).map((f) => f.actual);
};

describe('casing', () => {
  const pascal = { ResponseStatus: { ErrorCode: 'E', Errors: [{ FieldName: 'A', Meta: { a: 'b', C: 'd' } }] } };
  const camel = { responseStatus: { errorCode: 'E', errors: [{ fieldName: 'A', meta: { a: 'b', C: 'd' } }] } };

  it('is the declared one, but for the keys of a Meta map', () => {
    expect(judged('pascal', pascal)).to.deep.equal([]);
    expect(judged('camel', camel)).to.deep.equal([]);
  });

  it('is held against every member that is written otherwise', () => {
    expect(judged('camel', pascal)).to.have.length(5);
    expect(judged('pascal', { ResponseStatus: { errorcode: 'E' } })).to.deep.equal(['a member named errorcode']);
  });
});

describe('the root of an XML answer', () => {
  const xml = (text: string, status = 200) =>
    answered({ text, status, decoded: { kind: 'read', format: 'xml', reading: { ok: true, value: {} } } });
  const printing = (body: string, asked = '<Move xmlns="urn:asked"/>'): Contract => ({
    ...contract,
    exchanges: [
      {
        format: 'xml',
        page: 'a page',
        request: { method: 'POST', path: '/', headers: {}, body: asked },
        response: { status: 200, headers: {}, body },
      },
    ],
  });
  const printed = printing('<MoveResponse xmlns="urn:things"><A/></MoveResponse>');
  const found = (of: typeof xmlNamespace, x: Answered, by: Contract = printed, declared: Profile = profile) =>
    of
      .judge(x, evidence([x], { contract: by, profile: declared }))
      .map(({ expected, actual }) => `${expected}, not ${actual}`);
  const untold = (x: Answered, by: Contract) => unlessNamespaceUntold(x, { contract: by, profile });

  it('is that of the response', () => {
    expect(found(xmlRootIsResponse, xml('<?xml version="1.0"?><MoveResponse xmlns="urn:things"/>'))).to.deep.equal([]);
    expect(found(xmlRootIsResponse, xml('<a:MoveResponse xmlns:a="urn:things"></a:MoveResponse>'))).to.deep.equal([]);
    expect(found(xmlRootIsResponse, xml('<ErrorResponse/>'))).to.deep.equal(['MoveResponse, not ErrorResponse']);
    expect(found(xmlRootIsResponse, xml('<A/>'), { ...printed, response: { kind: 'list', type: 'A' } })).to.deep.equal(
      [],
    );
  });

  it('ends in a hash where the type is generic', () => {
    const generic: Contract = { ...contract, response: { kind: 'dto', type: 'Page<Thing>' } };
    for (const root of ['PageOfThing', 'PageOfThingZ_S1hQx7'])
      expect(found(xmlRootIsResponse, xml(`<${root}/>`), generic)).to.deep.equal([]);
    expect(found(xmlRootIsResponse, xml('<Thing/>'), generic)).to.deep.equal(['PageOfThing, not Thing']);
    expect(found(xmlRootIsResponse, xml('<MoveResponseOfX/>'))).to.deep.equal(['MoveResponse, not MoveResponseOfX']);
  });

  it('of an error is that of what the framework answers in its place', () => {
    const data: Contract = {
      ...contract,
      response: { kind: 'dto', type: 'Thing' },
      types: [contract.types[0], typeOf('Thing', memberOf('A', 'String'))],
    };
    expect(found(xmlRootIsResponse, xml('<ErrorResponse/>', 400), data)).to.deep.equal([]);
    expect(found(xmlRootIsResponse, xml('<Thing/>', 400), data)).to.deep.equal(['ErrorResponse, not Thing']);
    expect(found(xmlRootIsResponse, xml('<Thing/>', 299), data)).to.deep.equal([]);
    expect(found(xmlRootIsResponse, xml('<MoveResponse/>', 404))).to.deep.equal([]);
  });

  it("is in the namespace that the page prints, an ErrorResponse in the framework's", () => {
    for (const right of [
      "<MoveResponse xmlns:i='urn:i' xmlns='urn:things'/>",
      '<a:MoveResponse xmlns="urn:b" xmlns:a="urn:things"/>',
      '<ErrorResponse xmlns="http://schemas.servicestack.net/types"/>',
    ])
      expect(found(xmlNamespace, xml(right)), right).to.deep.equal([]);
    expect(found(xmlNamespace, xml('<MoveResponse xmlns="urn:others"/>'))).to.deep.equal([
      'urn:things, not urn:others',
    ]);
    expect(found(xmlNamespace, xml('<MoveResponse/>'))).to.deep.equal(['urn:things, not none']);
    expect(found(xmlNamespace, xml('<ErrorResponse xmlns="urn:things"/>'))).to.deep.equal([
      'http://schemas.servicestack.net/types, not urn:things',
    ]);
  });

  it('is in the namespace that is declared for the host, where the request is in the same', () => {
    const declared = { ...profile, xmlNamespace: 'urn:declared' };
    const shared = printing('<MoveResponse xmlns="urn:things"/>', '<Move xmlns="urn:things"/>');
    expect(found(xmlNamespace, xml('<MoveResponse xmlns="urn:declared"/>'), shared, declared)).to.deep.equal([]);
    expect(found(xmlNamespace, xml('<MoveResponse xmlns="urn:things"/>'), shared, declared)).to.deep.equal([
      'urn:declared, not urn:things',
    ]);
    for (const other of [printed, printing('<MoveResponse xmlns="urn:things"/>', '')])
      expect(found(xmlNamespace, xml('<MoveResponse xmlns="urn:things"/>'), other, declared)).to.deep.equal([]);
  });

  it('may be in any where no page prints it: a type may have another than the request', () => {
    const x = xml('<MoveResponse xmlns="urn:others"/>');
    for (const by of [contract, printing('<Other xmlns="urn:things"/>'), printing('<MoveResponse/>'), printing('{}')]) {
      expect(found(xmlNamespace, x, by)).to.deep.equal([]);
      expect(untold(x, by)).to.equal('no document prints MoveResponse in XML, so its namespace is not known');
    }
    expect(untold(x, printed)).to.equal(null);
    expect(untold(xml('<ErrorResponse/>'), contract)).to.equal(null);
    expect(untold(answered(), contract)).to.equal(null);
  });
});

describe('jsonp', () => {
  const typed = (type: string, text: string) => answered({ headers: [['Content-Type', type]], text });
  const ok = (of: ReturnType<typeof reflectsNothing>, x: ReturnType<typeof typed>) =>
    of.judge(x, evidence([x])).length === 0;

  it('hands a JSON value to the callback', () => {
    expect(ok(carriedInCallback('cb'), typed('text/javascript', 'cb({})'))).to.equal(true);
    expect(ok(carriedInCallback('cb'), typed('application/javascript; charset=utf-8', 'cb({"a":")"});\n'))).to.equal(
      true,
    );
    expect(ok(carriedInCallback('cb'), typed('application/json', '{}'))).to.equal(false);
    expect(ok(carriedInCallback('cb'), typed('text/javascript', 'cb(x)'))).to.equal(false);
    expect(ok(carriedInCallback('cb'), typed('text/javascript', 'other({})'))).to.equal(false);
  });

  it('does not reflect a callback that is no identifier', () => {
    const expectation = reflectsNothing('<b>x</b>');
    expect(ok(expectation, typed('text/javascript', '_b_x__b_({})'))).to.equal(true);
    expect(ok(expectation, typed('application/json', '{"Message":"no <b>x</b>"}'))).to.equal(true);
    expect(ok(expectation, typed('text/javascript', '<b>x</b>({})'))).to.equal(false);
  });
});

describe('the schema of the response', () => {
  it('is asked about the body in PascalCase, and its violations are findings', () => {
    const x = json(400, { responseStatus: { errorCode: 5 } });
    const asked: unknown[] = [];
    const found = validResponse.judge(
      x,
      evidence([x], {
        violations: (dto, value) => {
          asked.push(dto, value);
          return [{ at: 'ResponseStatus.ErrorCode', expected: 'a text', actual: '5' }];
        },
      }),
    );
    expect(contract.response).to.deep.equal({ kind: 'dto', type: 'MoveResponse' });
    expect(asked).to.deep.equal(['MoveResponse', { ResponseStatus: { ErrorCode: 5 } }]);
    expect(found).to.deep.equal([
      { class: 'service', where: 'body ResponseStatus.ErrorCode', expected: 'a text', actual: '5' },
    ]);
  });

  it('is that of a value where a success is no DTO, and holds for JSON, where null is none', () => {
    const counted = { ...contract, response: { kind: 'scalar', type: 'Int32' } } as const;
    const found = (x: Answered): readonly string[] =>
      validResponse
        .judge(
          x,
          evidence([x], {
            contract: counted,
            answerViolations: (value) => [{ at: '', expected: 'an integer', actual: JSON.stringify(value) }],
          }),
        )
        .map(({ where, expected, actual }) => `${where}: ${expected}, not ${actual}`);
    expect(found(json(200, 'seven'))).to.deep.equal(['body: an integer, not "seven"']);
    expect(found(json(200, null))).to.deep.equal([]);
    expect(found(json(400, {}))).to.deep.equal([]);
  });

  it('is not asked about a body that cannot be read', () => {
    expect(
      validResponse.judge(
        answered(),
        evidence([answered()], { violations: () => [{ at: '', expected: '', actual: '' }] }),
      ),
    ).to.deep.equal([]);
  });
});
