// The reports that every renderer is tried with, from none to hostile.

/** Reports for tests: of a made-up operation, with every verdict and with content that tries to break out. */
import type { ExchangeId } from '../model/exchange.ts';
import type { Redacted } from '../model/redacted.ts';
import type { Report, ReportedCase, ReportedExchange, ReportedRequirement, Summary } from '../model/report.ts';
import type { CaseKey } from '../model/requirement.ts';
import type { Finding } from '../model/verdict.ts';
import { countVerdicts } from '../values/verdicts.ts';
import { classicProfile } from '../model/profile.fixture.ts';

/** Everything that a terminal, a browser, an XML parser, Markdown or a CI runner might take for its own. */
export const HOSTILE = [
  '<script>globalThis.broken=1</script>',
  '<img src=x onerror="globalThis.broken=1">',
  '</script></style></textarea><!-- -->',
  ']]>&amp;"\'`',
  '\u{1b}[31mred\u{1b}]0;title\u{7}\u{9b}2J',
  '\u{202e}drawkcab\u{2066}\u{200b}\u{feff}\u{2028}',
  '\0\u{fffe}\u{7f}',
  '\ud800 \udc00',
  '\r\n::error file=x::broken\n##vso[task.complete]\n%0A%25',
  '| a | b |\n# heading\n![x](http://broken.example/x.png) [l](javascript:broken) ```',
  'long'.repeat(200),
].join(' ');

const seen: Finding = { class: 'service', where: 'status', expected: '400', actual: '200' };
const named: Finding = {
  class: 'service',
  where: 'body ResponseStatus.Errors[0].FieldName',
  expected: 'the member that is missing: OwnerId',
  actual: 'OrderId',
};

/** An exchange that was answered. */
export function exchange(id: string, change: Partial<ReportedExchange> = {}): ReportedExchange {
  const url = 'https://staging.example/api/orders/00000000-0000-0000-0000-000000000000/cancel';
  return {
    id: exchangeId(id),
    effect: 'none',
    request: {
      method: 'POST',
      url,
      headers: [
        ['Host', 'staging.example'],
        ['Authorization', 'Bearer ***'],
        ['Content-Type', 'application/json'],
        ['Accept', 'application/json'],
      ],
      body: '{"OrderId":"00000000-0000-0000-0000-000000000000","RoleId":"7f0c2a4e-0000-0000-0000-000000000001"}',
    },
    response: {
      status: 200,
      reason: 'OK',
      headers: [
        ['Content-Type', 'application/json; charset=utf-8'],
        ['Vary', 'Accept'],
        ['Date', 'Tue, 24 Nov 2026 10:15:31 GMT'],
      ],
      body: '{"ResponseStatus":{"ErrorCode":null,"Message":null}}',
      bytes: 52,
    },
    failure: null,
    ms: 12.4,
    curl: `curl -i -X POST '${url}' -H "Authorization: Bearer $CONFORM_TOKEN" -H 'Content-Type: application/json' -H 'Accept: application/json' --data-binary '{"OrderId":"00000000-0000-0000-0000-000000000000"}'`,
    ...change,
  };
}

/** A requirement with its cases; its verdict is given, as in a report. */
export function reported(
  id: ReportedRequirement['id'],
  change: Partial<ReportedRequirement> = {},
): ReportedRequirement {
  return {
    id,
    area: 'validation',
    level: 'MUST',
    basis: 'documented',
    title: `the statement of ${id} holds`,
    why: 'A client that relies on it would silently do the wrong thing.',
    cites: [
      {
        source: 'operation-page',
        at: 'OwnerId',
        quote: 'IsRequired=true',
        url: 'https://docs.example/operations/order',
        title: 'Operation page',
      },
    ],
    verdict: 'pass',
    cases: [passed({})],
    ...change,
  };
}

/** A report around requirements and exchanges; its counts agree with them. */
export function reportOf(
  requirements: readonly ReportedRequirement[],
  exchanges: readonly ReportedExchange[],
  change: Partial<Report> = {},
): Redacted<Report> {
  const summary: Summary = { ...countVerdicts(requirements), exchanges: exchanges.length };
  return {
    schemaVersion: 1,
    suite: { name: 'platform-api-conformance', version: '0.1.0', operation: 'OrderStatusUpdate', seed: 20261124 },
    target: { url: 'https://staging.example', kind: 'live', authentication: 'bearer token from CONFORM_TOKEN' },
    profile: classicProfile('http://schemas.example/types'),
    startedAt: '2026-11-24T10:15:30.000Z',
    durationMs: 1834,
    interrupted: false,
    verdict: 'conforms',
    says: 'https://staging.example conforms: every MUST that was exercised holds.',
    exitCode: 0,
    summary,
    requirements,
    exchanges,
    causes: [],
    failOn: 'MUST',
    ...change,
  } satisfies Report as unknown as Redacted<Report>;
}

/** A run in which all is well. */
export function passingReport(): Redacted<Report> {
  const requirements = catalogue();
  return reportOf(requirements, [exchange('x1')], {
    target: {
      url: 'http://127.0.0.1:5005',
      kind: 'embedded',
      authentication: 'bearer token of the reference provider',
    },
    says: `The embedded reference provider conforms: all ${String(requirements.length)} requirements were exercised and hold.`,
  });
}

/** A run with every verdict, as a person would meet it. */
export function failingReport(): Redacted<Report> {
  const exercise = 'conform run --target https://staging.example --allow-changes --connections connections.json';
  const requirements: readonly ReportedRequirement[] = [
    ...catalogue(),
    reported('VALID-003', {
      title: 'a request without a required member is refused with 400',
      why: 'A client that forgets a member must hear of it, else the wrong record is changed.',
      verdict: 'fail',
      cases: [
        ...cases(['OwnerId', 'RoleId', 'KindId'], (key) => failed(key, [seen], ['x1'])),
        failed({ route: 'remove', verb: 'POST', format: 'json', member: 'OwnerId' }, [seen, named], ['x2', 'x3']),
        passed({ route: 'remove', verb: 'POST', format: 'json', member: 'RoleId' }),
      ],
    }),
    reported('STATUS-004', {
      area: 'response-status',
      basis: 'framework',
      title: 'the message of an error contains no stack trace',
      why: 'A stack trace tells an attacker what runs inside.',
      verdict: 'fail',
      cases: [
        failed(
          { route: 'cancel', verb: 'PUT', format: 'xml' },
          [
            {
              class: 'service',
              where: 'body ResponseStatus.Message',
              expected: 'a sentence for people, without stack frames or server paths',
              actual:
                'Object reference not set to an instance of an object.\n   at Orders.Services.CancelService.Any(CancelOrder request) in /src/Orders/CancelService.cs:line 42\n   at ServiceStack.Host.ServiceRunner`1.ExecuteAsync(IRequest req)',
            },
          ],
          ['x4'],
        ),
      ],
    }),
    reported('FORMAT-012', {
      area: 'formats',
      level: 'SHOULD',
      title: 'a response names the charset that it is written in',
      verdict: 'fail',
      cases: [
        failed(
          { route: 'cancel', verb: 'POST', format: 'csv' },
          [
            {
              class: 'service',
              where: 'header Content-Type',
              expected: 'text/csv; charset=utf-8',
              actual: 'text/csv; charset=iso-8859-1',
            },
          ],
          ['x2'],
        ),
      ],
    }),
    reported('WIRE-002', {
      area: 'transport',
      basis: 'http',
      title: 'every request is answered',
      verdict: 'error',
      cases: [
        {
          key: { route: 'remove', verb: 'DELETE' },
          verdict: 'error',
          reason: 'The target closed the connection before it answered.',
          findings: [],
          exchanges: [exchangeId('x5')],
        },
      ],
    }),
    reported('LIFE-001', {
      area: 'lifecycle',
      title: 'a cancelled order stays cancelled',
      verdict: 'skip',
      cases: [
        {
          key: { route: 'cancel' },
          verdict: 'skip',
          cause: 'effects',
          reason: 'it changes an order, and changes were not allowed',
          exercise,
          findings: [],
          exchanges: [],
        },
        {
          key: { route: 'remove' },
          verdict: 'skip',
          cause: 'effects',
          reason: 'it changes an order, and changes were not allowed',
          exercise,
          findings: [],
          exchanges: [],
        },
      ],
    }),
    reported('VERB-009', {
      area: 'verbs',
      title: 'a verb that is not promised is refused',
      verdict: 'skip',
      cases: [
        {
          key: {},
          verdict: 'skip',
          cause: 'profile',
          reason: 'classic hosting promises all verbs',
          findings: [],
          exchanges: [],
        },
      ],
    }),
    reported('LIFE-002', {
      area: 'lifecycle',
      title: 'a second cancel changes nothing',
      verdict: 'blocked',
      cases: [
        {
          key: { route: 'cancel', verb: 'POST' },
          verdict: 'blocked',
          reason: 'the first cancel was refused with 500',
          findings: [],
          exchanges: [exchangeId('x4')],
        },
      ],
    }),
    reported('AUTH-007', {
      area: 'authentication',
      title: 'an expired token is refused with a challenge',
      verdict: 'waived',
      cases: [
        {
          key: { variant: 'expired-token' },
          verdict: 'waived',
          reason: 'known as OPS-112, owned by the gateway team, until 2027-01-31',
          findings: [{ class: 'service', where: 'header WWW-Authenticate', expected: 'a challenge', actual: 'absent' }],
          exchanges: [exchangeId('x2')],
        },
      ],
    }),
    reported('DOC-001', {
      area: 'documentation',
      title: 'each printed exchange is what the service answers',
      cases: [
        {
          key: { format: 'jsv' },
          verdict: 'pass',
          findings: [
            {
              class: 'documentation',
              where: 'header Content-Type',
              expected: 'application/jsv',
              actual: 'the page prints text/jsv',
            },
          ],
          exchanges: [exchangeId('x1')],
        },
      ],
    }),
  ];
  const trace =
    '<?xml version="1.0"?><ErrorResponse xmlns="http://schemas.example/types"><ResponseStatus><ErrorCode>NullReferenceException</ErrorCode><Message>Object reference not set to an instance of an object.\n   at Orders.Services.CancelService.Any(CancelOrder request) in /src/Orders/CancelService.cs:line 42</Message></ResponseStatus></ErrorResponse>';
  const exchanges = [
    exchange('x1'),
    exchange('x2'),
    exchange('x3', { effect: 'own' }),
    exchange('x4', {
      response: {
        status: 500,
        reason: 'Internal Server Error',
        headers: [['Content-Type', 'application/xml; charset=utf-8']],
        body: trace,
        bytes: trace.length,
      },
    }),
    exchange('x5', {
      response: null,
      failure: { kind: 'reset', message: 'The target closed the connection before it answered.' },
    }),
  ];
  return reportOf(requirements, exchanges, {
    verdict: 'does-not-conform',
    exitCode: 1,
    says: `https://staging.example does not conform: 2 MUST requirements fail (VALID-003, STATUS-004); 2 were not exercised. To exercise them: ${exercise}`,
  });
}

/** The failing run again, sent several times, with what else fails it. */
export function objectedReport(): Redacted<Report> {
  return {
    ...failingReport(),
    repetitions: 3,
    objections: [
      {
        kind: 'waiver',
        requirement: 'ROUTE-001',
        says: 'The waiver of ROUTE-001 has expired (the gateway team, until 2026-10-31): repair what it excuses, or renew it with conform waive.',
      },
      {
        kind: 'waiver',
        requirement: 'ROUTE-999',
        says: 'The waiver of ROUTE-999 matches nothing: there is no such requirement; remove it.',
      },
      {
        kind: 'incomplete',
        requirement: 'LIFE-001',
        says: 'LIFE-001 was not exercised in 2 cases: it changes an order; to exercise it, run: conform --allow-changes',
      },
    ],
  };
}

/** A failing run in which everything that a target, a page or a person may have supplied tries to break out. */
export function hostileReport(): Redacted<Report> {
  const finding: Finding = {
    class: 'service',
    where: HOSTILE,
    expected: HOSTILE,
    actual: `${HOSTILE} altogether different`,
  };
  const hostile = (verdict: ReportedCase['verdict'], findings: readonly Finding[]): ReportedCase => ({
    key: { route: HOSTILE, verb: HOSTILE, format: 'json', member: HOSTILE, variant: HOSTILE },
    verdict,
    reason: HOSTILE,
    ...(verdict === 'skip' ? { cause: 'effects' as const, exercise: HOSTILE } : {}),
    findings,
    exchanges: [exchangeId(`x-${HOSTILE}`)],
  });
  const text = {
    title: HOSTILE,
    why: HOSTILE,
    cites: [
      {
        source: HOSTILE,
        at: HOSTILE,
        quote: HOSTILE,
        url: `javascript:globalThis.broken=1//${HOSTILE}`,
        title: HOSTILE,
      },
    ],
  };
  const requirements: readonly ReportedRequirement[] = [
    reported('VALID-001', {
      ...text,
      verdict: 'fail',
      cases: [hostile('fail', [finding, { ...finding, class: 'documentation' }])],
    }),
    reported('WIRE-001', { ...text, area: 'transport', verdict: 'error', cases: [hostile('error', [])] }),
    reported('LIFE-001', { ...text, area: 'lifecycle', verdict: 'blocked', cases: [hostile('blocked', [])] }),
    reported('AUTH-001', { ...text, area: 'authentication', verdict: 'skip', cases: [hostile('skip', [])] }),
    reported('VERB-001', { ...text, area: 'verbs', verdict: 'waived', cases: [hostile('waived', [finding])] }),
    reported('DOC-001', { ...text, area: 'documentation' }),
  ];
  const odd = exchange(`x-${HOSTILE}`, {
    request: {
      method: HOSTILE,
      url: `https://staging.example/${HOSTILE}`,
      headers: [[HOSTILE, HOSTILE]],
      body: HOSTILE,
    },
    response: {
      status: 200,
      reason: HOSTILE,
      headers: [[HOSTILE, HOSTILE]],
      body: `${HOSTILE}${'<b>&'.repeat(1_300_000)}`,
      bytes: 5_200_000,
    },
    curl: `curl '${HOSTILE}'`,
  });
  return reportOf(requirements, [odd], {
    suite: { name: HOSTILE, version: HOSTILE, operation: HOSTILE, seed: 1 },
    target: { url: `https://staging.example/${HOSTILE}`, kind: 'live', authentication: HOSTILE },
    profile: {
      hosting: 'endpoints',
      casing: 'camel',
      serializer: 'system-text-json',
      guids: 'dashed',
      dates: 'iso',
      debug: true,
      xmlNamespace: HOSTILE,
    },
    verdict: 'does-not-conform',
    exitCode: 1,
    objections: [{ kind: 'waiver', requirement: HOSTILE, says: HOSTILE }],
    says: HOSTILE,
  });
}

/** Brands a name as the id of an exchange. */
export function exchangeId(name: string): ExchangeId {
  return name as ExchangeId;
}

/** A case that passed. */
export function passed(key: CaseKey): ReportedCase {
  return { key, verdict: 'pass', findings: [], exchanges: [exchangeId('x1')] };
}

/** A case that failed. */
export function failed(key: CaseKey, findings: readonly Finding[], exchanges: readonly string[]): ReportedCase {
  return { key, verdict: 'fail', findings, exchanges: exchanges.map(exchangeId) };
}

function cases(members: readonly string[], make: (key: CaseKey) => ReportedCase): readonly ReportedCase[] {
  const verbs = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];
  const formats = ['json', 'xml'] as const;
  return members.flatMap((member) =>
    verbs.flatMap((verb) => formats.map((format) => make({ route: 'cancel', verb, format, member }))),
  );
}

function catalogue(): readonly ReportedRequirement[] {
  const verbs = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];
  const formats = ['json', 'jsonl', 'xml', 'csv', 'jsv'] as const;
  const points = ['cancel', 'remove'].flatMap((route) => verbs.map((verb) => passed({ route, verb })));
  return [
    reported('ROUTE-001', { area: 'routes', title: 'each documented route is served', cases: points }),
    reported('ROUTE-002', {
      area: 'routes',
      title: 'a path without the prefix is not served',
      cases: [passed({ route: 'cancel' }), passed({ route: 'remove' })],
    }),
    reported('VERB-001', { area: 'verbs', title: 'every promised verb executes the operation', cases: points }),
    reported('AUTH-001', {
      area: 'authentication',
      title: 'a request without credentials is refused with 401',
      cases: points,
    }),
    reported('FORMAT-001', {
      area: 'formats',
      title: 'each format can be asked for by its media type',
      cases: ['cancel', 'remove'].flatMap((route) =>
        formats.flatMap((format) => verbs.map((verb) => passed({ route, verb, format }))),
      ),
    }),
    reported('STATUS-001', {
      area: 'response-status',
      title: 'an error carries a ResponseStatus with an ErrorCode',
      cases: formats.map((format) => passed({ route: 'cancel', verb: 'POST', format })),
    }),
    reported('WIRE-001', { area: 'transport', basis: 'http', title: 'the length of a body is the length announced' }),
  ];
}
