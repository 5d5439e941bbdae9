import { expect } from 'chai';
import type { Cause, ReportedCase, ReportedExchange, ReportedRequirement } from '../../model/report.ts';
import type { CaseKey, Harm, RequirementId } from '../../model/requirement.ts';
import type { ExchangeId } from '../../model/exchange.ts';
import type { CredentialKind } from '../../model/exchange.ts';
import { causesOf } from './causes.ts';

const idOf = (name: string): ExchangeId => name as ExchangeId;

/** An exchange named `route verb …`. */
function sent(name: string, status: number, presents: CredentialKind = 'valid', code = ''): ReportedExchange {
  const [route = '', method = 'POST'] = name.split(' ');
  return {
    id: idOf(name),
    effect: 'none',
    request: { method, url: `http://host/things/${route}`, headers: [], body: null },
    response: { status, reason: '', headers: [], body: '', bytes: code === '' ? 0 : 9 },
    failure: null,
    ms: 1,
    presents,
    curl: '',
    observed: { answer: String(status), codes: code },
  };
}

const passed = (key: CaseKey, ...exchanges: readonly string[]): ReportedCase => ({
  key,
  verdict: 'pass',
  findings: [],
  exchanges: exchanges.map(idOf),
});

function failed(key: CaseKey, where: string, actual: string, ...exchanges: readonly string[]): ReportedCase {
  return {
    key,
    verdict: 'fail',
    findings: [{ class: 'service', where, expected: 'other', actual }],
    exchanges: exchanges.map(idOf),
  };
}

function requirement(
  id: RequirementId,
  breaks: Harm | undefined,
  cases: readonly ReportedCase[],
  level: ReportedRequirement['level'] = 'MUST',
): ReportedRequirement {
  const verdict = cases.some((c) => c.verdict === 'fail') ? 'fail' : 'pass';
  return {
    id,
    area: 'verbs',
    level,
    ...(breaks && { breaks }),
    basis: 'documented',
    title: `${id} holds`,
    why: '',
    cites: [],
    verdict,
    cases,
  };
}

const inShort = (causes: readonly Cause[]): readonly (readonly [string, readonly string[]])[] =>
  causes.map(({ requirement: id, also }) => [id, also]);

describe('causes', () => {
  it('there are none where nothing failed', () => {
    expect(
      causesOf([requirement('VERB-001', 'lost', [passed({}, 'a POST')])], [sent('a POST', 200)], 'MUST'),
    ).to.deep.equal([]);
  });

  it('a lost route is one, under what says that it is there, whatever else looks at it', () => {
    const found = causesOf(
      [
        requirement('LIFE-006', 'lost', [failed({ route: 'b' }, 'status', '404', 'b POST 0', 'b POST')]),
        requirement('STATUS-001', 'shape', [
          failed({ route: 'b', verb: 'PUT' }, 'body ResponseStatus', 'none', 'b PUT'),
        ]),
        requirement('ROUTE-001', 'lost', [
          passed({ route: 'a' }, 'a POST'),
          failed({ route: 'b' }, 'status', '404', 'b POST'),
        ]),
      ],
      [sent('a POST', 200), sent('b POST 0', 404, 'none'), sent('b POST', 404), sent('b PUT', 404)],
      'MUST',
    );
    expect(inShort(found)).to.deep.equal([['ROUTE-001', ['LIFE-006', 'STATUS-001']]]);
    expect(found[0]?.where).to.equal('b, by PUT');
    expect(found[0]?.says).to.equal('status: expected other, actual 404');
  });

  it('what is there to find an execution stands alone, last where a simpler failure is seen again in it', () => {
    const found = causesOf(
      [
        requirement('AUTH-032', 'executed', [failed({ route: 'b' }, 'status', '500', 'b POST 0', 'b POST')]),
        requirement('ROUTE-001', 'lost', [failed({ route: 'b' }, 'status', '500', 'b POST')]),
      ],
      [sent('b POST 0', 401, 'none'), sent('b POST', 500)],
      'MUST',
    );
    expect(inShort(found)).to.deep.equal([
      ['ROUTE-001', []],
      ['AUTH-032', []],
    ]);
  });

  it('that strangers are answered with a success is not why a request that is wrong succeeds', () => {
    const found = causesOf(
      [
        requirement('AUTH-010', 'refused', [failed({ route: 'a' }, 'status', '200', 'a POST 0')]),
        requirement('VALID-005', 'refused', [failed({ route: 'a' }, 'status', '200', 'a POST')]),
      ],
      [sent('a POST 0', 200, 'none'), sent('a POST', 200)],
      'MUST',
    );
    expect(inShort(found)).to.deep.equal([
      ['AUTH-010', []],
      ['VALID-005', []],
    ]);
  });

  it('a part that is wrong in an answer which was to be given has a cause of its own', () => {
    const found = causesOf(
      [
        requirement('ROUTE-012', 'lost', [failed({ route: 'a' }, 'status', '200', 'a POST 0')]),
        requirement('FORMAT-014', 'shape', [failed({ route: 'a' }, 'body ResponseStatus', 'it', 'a POST')]),
      ],
      [sent('a POST 0', 200), sent('a POST', 200)],
      'MUST',
    );
    expect(inShort(found)).to.deep.equal([
      ['ROUTE-012', []],
      ['FORMAT-014', []],
    ]);
  });

  it('what fails by one verb alone is not explained by what another verb is answered', () => {
    const found = causesOf(
      [
        requirement('FORMAT-023', 'lost', [failed({ route: 'a' }, 'status', '400', 'a POST')]),
        requirement('VERB-010', 'lost', [
          passed({ route: 'a', verb: 'GET' }, 'a GET'),
          failed({ route: 'a', verb: 'DELETE' }, 'status', '400', 'a DELETE'),
        ]),
      ],
      [sent('a POST', 400, 'valid', 'C'), sent('a GET', 200), sent('a DELETE', 400, 'valid', 'C')],
      'MUST',
    );
    expect(inShort(found)).to.deep.equal([
      ['FORMAT-023', []],
      ['VERB-010', []],
    ]);
  });

  it('what fails in one format alone fails so however the format was asked for', () => {
    const inFormats = (id: RequirementId, name: (format: string) => string): ReportedRequirement =>
      requirement(id, 'refused', [
        passed({ format: 'json' }, name('json')),
        failed({ format: 'csv' }, 'status', '500', name('csv')),
      ]);
    const other = (name: string): ReportedRequirement =>
      requirement('LIFE-013', 'refused', [failed({ route: 'b' }, 'status', '500', name)]);
    for (const [name, also] of [
      ['b?format=csv POST', ['LIFE-013']],
      ['b.csv POST', ['LIFE-013']],
      ['b.json?format=x POST', []],
    ] as const) {
      const found = causesOf(
        [inFormats('LIFE-005', (format) => `a.${format} POST`), other(name)],
        [sent('a.json POST', 200), sent('a.csv POST', 500), sent(name, 500)],
        'MUST',
      );
      expect(found[0], name).to.deep.include({ requirement: 'LIFE-005', also });
    }
  });

  it('one route of a kind of answer is not the cause of the same answer by another', () => {
    const found = causesOf(
      [
        requirement('ROUTE-001', 'lost', [
          passed({ route: 'a' }, 'a POST'),
          failed({ route: 'b' }, 'status', '404', 'b POST'),
        ]),
        requirement('VERB-001', 'lost', [
          passed({ route: 'a', verb: 'POST' }, 'a POST'),
          failed({ route: 'a', verb: 'PUT' }, 'status', '404', 'a PUT'),
        ]),
      ],
      [sent('a POST', 200), sent('b POST', 404), sent('a PUT', 404)],
      'MUST',
    );
    expect(inShort(found)).to.deep.equal([
      ['ROUTE-001', []],
      ['VERB-001', []],
    ]);
  });

  it('what a stranger had done stands first and never beside something else, and that strangers are let in with it', () => {
    const found = causesOf(
      [
        requirement('AUTH-002', 'refused', [failed({ route: 'a' }, 'status', '404', 'a POST 1')]),
        requirement('AUTH-032', 'executed', [failed({ route: 'a' }, 'status', '409', 'a POST 0', 'a POST')]),
        requirement('LIFE-004', 'executed', [failed({ route: 'a' }, 'status', '409', 'a PUT 0', 'a PUT')]),
        requirement('LIFE-001', 'changed', [failed({ route: 'a' }, 'status', '409', 'a GET 0', 'a GET')]),
      ],
      [
        sent('a POST 1', 404, 'none', 'NotFound'),
        sent('a POST 0', 401, 'none'),
        sent('a POST', 409, 'valid', 'Conflict'),
        sent('a PUT 0', 401, 'none'),
        sent('a PUT', 409, 'valid', 'Conflict'),
        sent('a GET 0', 200),
        sent('a GET', 409, 'valid', 'Conflict'),
      ],
      'MUST',
    );
    expect(inShort(found)).to.deep.equal([
      ['AUTH-032', ['AUTH-002']],
      ['LIFE-004', []],
      ['LIFE-001', []],
    ]);
  });

  it('two parts of one answer that are wrong are two, and the exchange stands under one of them', () => {
    const parts = [
      requirement('STATUS-002', 'shape', [
        failed({}, 'body ResponseStatus.Message', 'absent', 'a POST'),
        failed({ verb: 'PUT' }, 'body ResponseStatus.Message', 'absent', 'a PUT'),
      ]),
      requirement('STATUS-006', 'wording', [failed({}, 'body ResponseStatus.Errors[0].FieldName', '"X"', 'a POST')]),
    ];
    const found = causesOf(parts, [sent('a POST', 400, 'valid', 'C'), sent('a PUT', 400, 'valid', 'C')], 'MUST');
    expect(inShort(found)).to.deep.equal([
      ['STATUS-002', []],
      ['STATUS-006', []],
    ]);
    expect(found.map(({ exchanges }) => exchanges)).to.deep.equal([['a PUT'], ['a POST']]);
    expect(found[0]?.says).to.equal(
      'body ResponseStatus.Message: expected other, actual absent, in an answer with 400',
    );
  });

  it('what fails the run stands before what does not', () => {
    const found = (failOn: 'MUST' | 'SHOULD') =>
      inShort(
        causesOf(
          [
            requirement('VERB-003', 'lost', [failed({ verb: 'HEAD' }, 'status', '405', 'a HEAD')], 'SHOULD'),
            requirement('STATUS-006', 'wording', [failed({}, 'body ResponseStatus.Errors', 'x', 'a POST')]),
          ],
          [sent('a HEAD', 405), sent('a POST', 400, 'valid', 'C')],
          failOn,
        ),
      ).map(([id]) => id);
    expect(found('MUST')).to.deep.equal(['STATUS-006', 'VERB-003']);
    expect(found('SHOULD')).to.deep.equal(['VERB-003', 'STATUS-006']);
  });
});
