import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { isObject, type JsonObject } from '../values/json.ts';
import { startBroker, type BrokerStub } from './broker.fixture.ts';

interface Recording {
  readonly kind: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: JsonObject | null;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

const recordings = readFileSync(new URL('broker-recordings.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recording);

const recorded = (kind: string): Recording => recordings.find((r) => r.kind === kind) ?? expect.fail(kind);
/** As it was published: without what the broker adds. */
const pact = Object.fromEntries(
  Object.entries(recorded('pact 200').response.body as JsonObject).filter(
    ([name]) => !/^(_links|createdAt)$/.test(name),
  ),
);

/** The members of a value, each with the kind of what it holds; lists by their first item. */
function shapeOf(value: unknown, at = ''): readonly string[] {
  if (Array.isArray(value)) return [`${at}: list`, ...(value.length === 0 ? [] : shapeOf(value[0], `${at}[]`))];
  if (!isObject(value)) return [`${at}: ${value === null ? 'null' : typeof value}`];
  return [`${at}: object`, ...Object.entries(value).flatMap(([name, inner]) => shapeOf(inner, `${at}.${name}`))];
}

/** What the stub needs to know before it can be asked the same: what was published, told and made before. */
const consumerVersion = 'dd73e7651665b2f2f5b664384664f026aa4e47f5';
const bare = { published: [] };
const withPact = { published: [{ version: consumerVersion, branch: 'main', pact }] };
const results = '/pacts/provider/platform-api/consumer/connections-client/pact-version/SHA/verification-results';
const kept = ['POST', results, { success: true, providerApplicationVersion: '1.2.3' }] as const;
const branch = ['PUT', '/pacticipants/platform-api/branches/main/versions/1.2.3', {}] as const;
const environment = ['POST', '/environments', { name: 'production' }] as const;
const deployed = (name: string, version: string) =>
  ['POST', `/pacticipants/${name}/versions/${version}/deployed-versions/environment/UUID`, {}] as const;

type Before = readonly (readonly [method: string, path: string, body: object])[];
const beforehand: Readonly<Record<string, Before>> = {
  'branch-version 200': [['PUT', '/pacticipants/platform-api/branches/main/versions/3.0.0', {}]],
  'version 200': [branch],
  'matrix true 200': [branch, kept, environment],
  'matrix null 200': [branch, kept, environment],
  'record-deployment 201': [branch, environment],
  'matrix false 200': [branch, kept, environment, deployed('connections-client', consumerVersion)],
  'pacts-for-verification POST 200 false': [branch, kept, environment, deployed('connections-client', consumerVersion)],
};

async function ask(broker: BrokerStub, method: string, path: string, body: object | null, authorization?: string) {
  const [sha, uuid] = [await shaIn(broker), await uuidIn(broker)];
  const answer = await fetch(
    broker.url + path.replace(/SHA|8513acb[0-9a-f]+/, sha).replace(/UUID|06e875b9[-0-9a-f]+/, uuid),
    {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(authorization !== undefined && { Authorization: authorization }),
      },
      ...(body !== null && { body: JSON.stringify(body) }),
    },
  );
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? null : (JSON.parse(text) as unknown) };
}

async function shaIn(broker: BrokerStub): Promise<string> {
  const answer = await fetch(`${broker.url}/pacts/provider/platform-api/for-verification`);
  return /pact-version\/([0-9a-f]+)/.exec(await answer.text())?.[1] ?? 'none';
}

async function uuidIn(broker: BrokerStub): Promise<string> {
  const answer = await fetch(`${broker.url}/environments`);
  return /"uuid":"([^"]+)"/.exec(await answer.text())?.[1] ?? 'none';
}

/** As it was asked, but for the content of a pact, which the recording leaves out. */
function bodyOf({ kind, request: { body } }: Recording): JsonObject | null {
  if (body === null || !Array.isArray(body['contracts'])) return body;
  const content = Buffer.from(JSON.stringify(kind === 'publish 409' ? { ...pact, interactions: [] } : pact)).toString(
    'base64',
  );
  return { ...body, contracts: (body['contracts'] as JsonObject[]).map((c) => ({ ...c, content })) };
}

describe('the stub of a broker', () => {
  it('has a recording of each kind to be held to', () => {
    expect(recordings).to.have.length(27);
  });

  for (const recording of recordings) {
    const { kind, request, response } = recording;
    it(`answers as the real one did: ${kind}`, async () => {
      const locked = request.headers['authorization'] !== undefined || kind === 'index 401';
      const known = kind === 'publish 200' ? bare : withPact;
      const broker = await startBroker({
        ...(kind === 'publish 409' ? { published: [{ version: 'aaa1', branch: 'main', pact }] } : known),
        ...(locked && { credentials: { kind: 'basic', userName: 'u', password: 'p' } }),
      });
      try {
        for (const [method, path, body] of beforehand[kind] ?? []) await ask(broker, method, path, body);
        const given = await ask(
          broker,
          request.method,
          request.path,
          bodyOf(recording),
          request.headers['authorization'],
        );
        expect(given.status).to.equal(response.status);
        expect(given.headers.get('content-type')).to.equal(response.headers['content-type']);
        expect(given.headers.get('www-authenticate') ?? undefined).to.equal(response.headers['www-authenticate']);
        if (response.body === null) expect(given.body).to.equal(null);
        else if (response.status >= 400 && kind !== 'publish 409') expect(given.body).to.deep.equal(response.body);
        else expect(shapeOf(response.body)).to.include.members([...shapeOf(given.body)]);
        const summary = (body: unknown): unknown => (isObject(body) ? body['summary'] : undefined);
        expect(summary(given.body)).to.deep.equal(summary(response.body));
        expect(broker.unknown).to.deep.equal([]);
      } finally {
        await broker.close();
      }
    });
  }
});
