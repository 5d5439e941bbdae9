// One client: each call and each answer that it accepts or refuses.

import { expect } from 'chai';
import nock from 'nock';
import {
  ConnectionsClient,
  ServiceError,
  type ClientCredentials,
  type ClientVerb,
  type UpdateRequest,
} from './client.ts';

const host = 'http://connections.example';
const request: UpdateRequest = {
  ConnectionId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  ContactId: '3f2504e0-4f89-41d3-9a0c-0305e82c3302',
  ContactTypeId: '3f2504e0-4f89-41d3-9a0c-0305e82c3303',
  RoleId: '3f2504e0-4f89-41d3-9a0c-0305e82c3304',
};
const path = `/api/connections/${request.ConnectionId}/cancel`;
const json = { 'Content-Type': 'application/json; charset=utf-8' };

function client(
  credentials: ClientCredentials = { kind: 'bearer', token: 'a-token' },
  timeoutMs = 5000,
): ConnectionsClient {
  return new ConnectionsClient(host, { credentials, timeoutMs });
}

async function refusal(call: Promise<unknown>): Promise<ServiceError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}

/** What the library made of a request, as nock received it. */
interface Sent {
  readonly uri: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

async function sent(credentials: ClientCredentials, verb: ClientVerb): Promise<Sent> {
  const seen: Sent[] = [];
  nock(host)
    .intercept(/.*/, verb)
    .reply(function (uri, body) {
      seen.push({ uri, headers: this.req.headers, body });
      return [200, '{}', json];
    });
  await client(credentials).cancel(request, verb);
  const [first] = seen;
  if (first === undefined) throw new Error('nothing was sent');
  return first;
}

// It takes over node:http as soon as it is imported; no other test may run through it.
nock.restore();

describe('the consumer client', () => {
  before(() => {
    nock.activate();
    nock.disableNetConnect();
  });
  afterEach(() => {
    nock.abortPendingRequests();
    nock.cleanAll();
  });
  after(() => {
    nock.enableNetConnect();
    nock.restore();
  });

  describe('sends', () => {
    for (const verb of ['POST', 'PUT', 'PATCH'] as const) {
      it(`${verb} with the members in a JSON body, to the path of the route`, async () => {
        const { uri, headers, body } = await sent({ kind: 'none' }, verb);
        expect(uri).to.equal(path);
        expect(body).to.deep.equal(request);
        expect(headers).to.include({ accept: 'application/json', 'content-type': 'application/json' });
      });
    }

    for (const verb of ['GET', 'DELETE'] as const) {
      it(`${verb} with the members in the query string, without a body`, async () => {
        const { uri, headers, body } = await sent({ kind: 'none' }, verb);
        const url = new URL(uri, host);
        expect(url.pathname).to.equal(path);
        expect(Object.fromEntries(url.searchParams)).to.deep.equal(request);
        expect(body).to.equal('');
        expect(headers).to.include({ accept: 'application/json' });
      });
    }

    it('remove to the path of its own route', async () => {
      const scope = nock(host).post(`/api/connections/${request.ConnectionId}/remove`).reply(200, '{}', json);
      await client().remove(request);
      expect(scope.isDone()).to.equal(true);
    });

    it('below the path of the base URL', async () => {
      const scope = nock(host).post(`/base${path}`).reply(200, '{}', json);
      await new ConnectionsClient(`${host}/base/`, { credentials: { kind: 'none' } }).cancel(request);
      expect(scope.isDone()).to.equal(true);
    });

    it('a connection id as one segment of the path, whatever it holds', async () => {
      const scope = nock(host).post('/api/connections/a%2F..%2Fb%3Fc/cancel').reply(200, '{}', json);
      await client().cancel({ ...request, ConnectionId: 'a/../b?c' });
      expect(scope.isDone()).to.equal(true);
    });

    it('nothing for a connection id that would name another resource', async () => {
      for (const ConnectionId of ['', '.', '..']) {
        const call = client().cancel({ ...request, ConnectionId });
        const error = await call.then(() => null).catch((e: unknown) => e);
        expect(error, ConnectionId).to.be.instanceOf(TypeError).with.property('message').that.includes('ConnectionId');
      }
    });
  });

  describe('presents', () => {
    it('no credentials when it has none', async () => {
      const { headers } = await sent({ kind: 'none' }, 'POST');
      expect(headers).not.to.have.any.keys('authorization', 'cookie');
    });

    it('a bearer token', async () => {
      const { headers } = await sent({ kind: 'bearer', token: 'a-token' }, 'POST');
      expect(headers).to.include({ authorization: 'Bearer a-token' });
    });

    it('a user name and password by Basic, as UTF-8', async () => {
      const { headers } = await sent({ kind: 'basic', userName: 'zoë', password: 'p:w' }, 'POST');
      expect(headers).to.include({ authorization: `Basic ${Buffer.from('zoë:p:w').toString('base64')}` });
    });

    it('the cookies of a session that it opened once, as they were set', async () => {
      const logins: unknown[] = [];
      const cookies: (string | undefined)[] = [];
      nock(host)
        .post('/api/auth/credentials')
        .reply(
          200,
          (_uri, body) => {
            logins.push(body);
            return '{"UserName":"zoë"}';
          },
          [
            ...Object.entries(json).flat(),
            'Set-Cookie',
            'ss-id=a+b/c=; path=/; httponly',
            'Set-Cookie',
            'ss-pid=d; expires=Tue, 24 Nov 2099 23:00:00 GMT; path=/',
          ],
        );
      nock(host)
        .post(path)
        .twice()
        .reply(function () {
          cookies.push(this.req.headers['cookie']);
          return [200, '{}', json];
        });
      const session = client({ kind: 'session', userName: 'zoë', password: 'pw' });
      await Promise.all([session.cancel(request), session.cancel(request)]);
      expect(logins).to.deep.equal([{ provider: 'credentials', userName: 'zoë', password: 'pw' }]);
      expect(cookies).to.deep.equal(Array(2).fill('ss-id=a+b/c=; ss-pid=d'));
    });

    it('nothing when the login is refused, and logs in again with the next call', async () => {
      nock(host).post('/api/auth/credentials').reply(401, '{"ResponseStatus":{"ErrorCode":"Unauthorized"}}', json);
      const session = client({ kind: 'session', userName: 'u', password: 'secret' });
      const error = await refusal(session.cancel(request));
      expect(error).to.deep.include({ status: 401, responseStatus: { ErrorCode: 'Unauthorized' } });
      expect(error.message).not.to.include('secret');
      nock(host).post('/api/auth/credentials').reply(200, '{}', json);
      nock(host).post(path).reply(200, '{}', json);
      expect(await session.cancel(request)).to.deep.equal({});
    });
  });

  describe('takes as a success', () => {
    for (const body of [
      '{}',
      '{"ResponseStatus":null}',
      '{"ResponseStatus":{}}',
      '{"ResponseStatus":{"ErrorCode":null,"Message":"done"}}',
    ]) {
      it(`200 with ${body}`, async () => {
        nock(host).post(path).reply(200, body, json);
        expect(await client().cancel(request)).to.deep.equal(JSON.parse(body));
      });
    }
  });

  describe('rejects with a ServiceError', () => {
    it('an error, with every member as the service sent it', async () => {
      const responseStatus = {
        ErrorCode: 'NotEmpty',
        Message: 'empty',
        Errors: [{ ErrorCode: 'NotEmpty', FieldName: 'RoleId', Message: 'empty', Meta: { propertyName: 'RoleId' } }],
        Meta: { traceId: '1' },
      };
      nock(host).post(path).reply(400, { ResponseStatus: responseStatus }, json);
      const error = await refusal(client().cancel(request));
      expect(error).to.deep.include({ status: 400, responseStatus });
      expect(error.message).to.include('400').and.include('NotEmpty: empty');
    });

    it('an error in camelCase, read into the casing of the DTOs, names in Meta untouched', async () => {
      const body =
        '{"responseStatus":{"errorCode":"X","errors":[{"errorCode":"Y","fieldName":"RoleId","meta":{"a":"b"}}],"meta":{"c":"d"}}}';
      nock(host).post(path).reply(409, body, json);
      const { responseStatus } = await refusal(client().cancel(request));
      expect(responseStatus).to.deep.equal({
        ErrorCode: 'X',
        Errors: [{ ErrorCode: 'Y', FieldName: 'RoleId', Meta: { a: 'b' } }],
        Meta: { c: 'd' },
      });
    });

    it('a 200 that carries an error', async () => {
      for (const body of [
        '{"ResponseStatus":{"ErrorCode":"Conflict"}}',
        '{"responseStatus":{"errorCode":"Conflict"}}',
      ]) {
        nock(host).post(path).reply(200, body, json);
        const error = await refusal(client().cancel(request));
        expect(error).to.deep.include({ status: 200, responseStatus: { ErrorCode: 'Conflict' } });
      }
    });

    it('a redirect, which it does not follow', async () => {
      nock(host)
        .post(path)
        .reply(302, '', { Location: `${host}/login` });
      const login = nock(host).get('/login').reply(200, '{}', json);
      const error = await refusal(client().cancel(request));
      expect(error).to.include({ status: 302, responseStatus: null });
      expect(login.isDone()).to.equal(false);
    });

    it('a 401 without a body', async () => {
      nock(host).post(path).reply(401, '', { 'WWW-Authenticate': 'Bearer realm="x"' });
      expect(await refusal(client().cancel(request))).to.include({ status: 401, responseStatus: null });
    });

    it('a page where JSON was due, whatever its status', async () => {
      for (const status of [200, 500]) {
        nock(host).post(path).reply(status, '<html></html>', { 'Content-Type': 'text/html' });
        expect(await refusal(client().cancel(request))).to.include({ status, responseStatus: null });
      }
    });

    for (const body of ['', '[]', 'null', '"x"', '{"ResponseStatus":']) {
      it(`200 with ${body === '' ? 'an empty body' : body}`, async () => {
        nock(host).post(path).reply(200, body, json);
        expect(await refusal(client().cancel(request))).to.include({ status: 200, responseStatus: null });
      });
    }

    it('200 without a content type', async () => {
      nock(host).post(path).reply(200, '');
      expect((await refusal(client().cancel(request))).message).to.include('no content type');
    });

    it('a network failure, with its cause', async () => {
      nock(host)
        .post(path)
        .replyWithError(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
      const error = await refusal(client().cancel(request));
      expect(error).to.include({ status: null, responseStatus: null });
      expect(error.message).to.include('ECONNREFUSED');
      expect(error.cause).to.be.instanceOf(Error);
    });

    it('an answer that does not come in time', async () => {
      nock(host).post(path).delay(10_000).reply(200, '{}', json);
      const error = await refusal(client({ kind: 'none' }, 50).cancel(request));
      expect(error.status).to.equal(null);
      expect(error.message).to.include('timeout');
    });

    it('without the token in its message or its cause', async () => {
      nock(host).post(path).replyWithError(new Error('no'));
      const error = await refusal(client({ kind: 'bearer', token: 'a-secret' }).cancel(request));
      expect(`${error.message}${String(error.cause)}`).not.to.include('a-secret');
    });
  });

  it('refuses a base URL that is none, or that carries credentials', () => {
    for (const url of ['connections.example', 'ftp://connections.example', 'http://u:secret@connections.example']) {
      expect(() => new ConnectionsClient(url, { credentials: { kind: 'none' } }), url)
        .to.throw(TypeError, 'base URL')
        .with.property('message')
        .that.does.not.include('secret');
    }
  });
});
