import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isObject, type JsonObject } from '../values/json.ts';

/** One call as the stub received it. */
export interface BrokerCall {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export interface BrokerStub {
  readonly url: string;
  readonly calls: readonly BrokerCall[];
  /** What was wrong with a call: an unknown address, a wrong token, a body that a broker would refuse. */
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

export interface BrokerOptions {
  readonly token: string;
  readonly provider: string;
  readonly pact: { readonly consumer: { readonly name: string } };
  readonly pending?: boolean;
  /** The pacts that selectors choose: the one, or none. */
  readonly chosen?: 'one' | 'none';
  /** Whether it takes results of verifications. */
  readonly results?: 'taken' | 'refused';
  /** What the matrix says of a deployment. */
  readonly deployable?: boolean;
}

type Answer = readonly [status: number, body: JsonObject];

/**
 * A stub of a Pact broker: the part of its HAL interface that publishing, verifying, can-i-deploy and recording a
 * deployment call, each call checked. It is no broker: it keeps nothing, and it says what it is told to say.
 */
export async function startBroker(options: BrokerOptions): Promise<BrokerStub> {
  const calls: BrokerCall[] = [];
  const complaints: string[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const { method = '', url: path = '' } = request;
      const body: unknown = text === '' ? null : JSON.parse(text);
      calls.push({ method, path, body });
      const complain = (what: string): void => {
        complaints.push(`${method} ${path}: ${what}`);
      };
      if (request.headers.authorization !== `Bearer ${options.token}`) {
        complain('wrong token');
        answer(response, [401, { error: 'wrong token' }]);
        return;
      }
      answer(response, reply(options, urlOf(server), { method, path, body }, complain));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: urlOf(server),
    calls,
    complaints,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function reply(options: BrokerOptions, url: string, call: BrokerCall, complain: (what: string) => void): Answer {
  const { provider, pact, pending = false, chosen = 'one', results = 'taken', deployable = true } = options;
  const body = isObject(call.body) ? call.body : {};
  const demand = (fine: boolean, what: string): void => {
    if (!fine) complain(what);
  };
  const link = (path: string, name: string): JsonObject => ({ href: `${url}${path}`, name, title: name });
  const consumer = pact.consumer.name;
  const pactPath = `/pacts/provider/${provider}/consumer/${consumer}/pact-version/1`;
  switch (`${call.method} ${call.path.split('?')[0] ?? ''}`) {
    case 'GET /':
      return [
        200,
        {
          _links: {
            self: link('/', 'index'),
            'pb:publish-contracts': link('/contracts/publish', 'publish'),
            'pb:provider-pacts-for-verification': {
              ...link('/pacts/provider/{provider}/for-verification', 'for verification'),
              templated: true,
            },
            'pb:pacticipant': { ...link('/pacticipants/{pacticipant}', 'pacticipant'), templated: true },
            'pb:pacticipant-version': {
              ...link('/pacticipants/{pacticipant}/versions/{version}', 'version'),
              templated: true,
            },
            'pb:environments': link('/environments', 'environments'),
          },
        },
      ];
    case 'POST /contracts/publish':
      demand(typeof body['pacticipantVersionNumber'] === 'string', 'no version of the consumer');
      demand(
        contractsIn(body).every((c) => c.contentType === 'application/json' && isObject(fromBase64(c.content))),
        'a contract that is no JSON in Base64',
      );
      return [
        200,
        {
          logs: [],
          notices: [{ type: 'success', text: 'published' }],
          _embedded: {},
          _links: {
            'pb:pacticipant-version-tags': [],
            'pb:contracts': [{ ...link(pactPath, 'pact') }],
          },
        },
      ];
    case `GET /pacts/provider/${provider}/for-verification`:
      return [200, { _links: { self: link(call.path, 'self') }, _embedded: { pacts: [] } }];
    case `POST /pacts/provider/${provider}/for-verification`:
      demand(
        Array.isArray(body['consumerVersionSelectors']) && body['consumerVersionSelectors'].length > 0,
        'no selectors',
      );
      demand(body['includePendingStatus'] === true, 'pending pacts are not asked for');
      return [
        200,
        {
          _embedded: {
            pacts:
              chosen === 'none'
                ? []
                : [
                    {
                      shortDescription: 'latest',
                      verificationProperties: { pending, notices: [] },
                      _links: { self: link(pactPath, 'pact') },
                    },
                  ],
          },
          _links: { self: link(call.path, 'self') },
        },
      ];
    case `GET ${pactPath}`:
      return [
        200,
        {
          ...pact,
          _links: {
            self: link(pactPath, 'pact'),
            'pb:provider': link(`/pacticipants/${provider}`, provider),
            'pb:publish-verification-results': link(`${pactPath}/verification-results`, 'publish results'),
          },
        },
      ];
    case `GET /pacticipants/${provider}`:
      return [
        200,
        {
          name: provider,
          _links: {
            self: link(`/pacticipants/${provider}`, provider),
            'pb:version': { ...link(`/pacticipants/${provider}/versions/{version}`, 'version'), templated: true },
            'pb:version-tag': {
              ...link(`/pacticipants/${provider}/versions/{version}/tags/{tag}`, 'tag'),
              templated: true,
            },
            'pb:branch-version': {
              ...link(`/pacticipants/${provider}/branches/{branch}/versions/{version}`, 'branch version'),
              templated: true,
            },
          },
        },
      ];
    case `PUT /pacticipants/${provider}/branches/main/versions/1.2.3`:
      return [200, { _links: { self: link(call.path, 'branch version') } }];
    case `POST ${pactPath}/verification-results`:
      demand(typeof body['success'] === 'boolean', 'no success, true or false');
      demand(body['providerApplicationVersion'] === '1.2.3', 'not the version that was verified');
      if (results === 'refused') return [403, { error: 'not allowed' }];
      return [201, { _links: { self: link(`${pactPath}/verification-results/1`, 'result') } }];
    case 'GET /matrix':
      demand(/q%5B%5D%5Bpacticipant%5D=|q\[\]\[pacticipant\]=/.test(call.path), 'no pacticipant is asked for');
      return [
        200,
        {
          summary: {
            deployable,
            reason: 'told so',
            success: deployable ? 1 : 0,
            failed: deployable ? 0 : 1,
            unknown: 0,
          },
          notices: [],
          matrix: [],
        },
      ];
    case 'GET /environments':
      return [
        200,
        {
          _embedded: {
            environments: [
              { uuid: 'e1', name: 'production', _links: { self: link('/environments/e1', 'production') } },
            ],
          },
          _links: { self: link('/environments', 'environments') },
        },
      ];
    case `GET /pacticipants/${provider}/versions/1.2.3`:
      return [
        200,
        {
          number: '1.2.3',
          _links: {
            self: link(`/pacticipants/${provider}/versions/1.2.3`, '1.2.3'),
            'pb:record-deployment': [
              link(`/pacticipants/${provider}/versions/1.2.3/deployed-versions/environment/e1`, 'production'),
            ],
          },
        },
      ];
    case `POST /pacticipants/${provider}/versions/1.2.3/deployed-versions/environment/e1`:
      return [201, { _links: { self: link('/deployed-versions/1', 'deployed version') } }];
    default:
      complain('no such address');
      return [404, { error: 'no such address' }];
  }
}

function contractsIn(body: JsonObject): readonly { readonly contentType: unknown; readonly content: unknown }[] {
  const { contracts } = body;
  return Array.isArray(contracts)
    ? contracts.filter(isObject).map((c) => ({ contentType: c['contentType'], content: c['content'] }))
    : [];
}

function fromBase64(content: unknown): unknown {
  return typeof content === 'string' ? JSON.parse(Buffer.from(content, 'base64').toString('utf8')) : null;
}

function answer(response: ServerResponse, [status, body]: Answer): void {
  response.writeHead(status, { 'Content-Type': 'application/hal+json;charset=utf-8' }).end(JSON.stringify(body));
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}
