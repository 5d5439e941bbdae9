import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { pactVerifier } from '../src/pacts/verifier-process.ts';
import { connectionStatusUpdate as contract } from './connection-status-update.ts';
import { callOn, interactionsOf } from './interactions.ts';

type Row = readonly [status: number, body: string];

/** Answers that the consumer can live with, and such as it cannot, interaction by interaction. */
const table: Readonly<Record<string, { readonly good: readonly Row[]; readonly bad: readonly Row[] }>> = {
  'a cancel by POST': {
    good: [
      [200, '{}'],
      [200, '{"ResponseStatus":null}'],
      [200, '{"responseStatus":null}'],
      [200, '{"ResponseStatus":{}}'],
      [200, '{"ResponseStatus":{"ErrorCode":null,"Message":"done"}}'],
      [200, '{"ResponseStatus":{"ErrorCode":""}}'],
      [200, '{"responseStatus":{"errorCode":"","errors":[],"meta":{"a":"b"}}}'],
      [200, '{"Result":1}'],
      [200, '{"Result":{"Items":[{"Id":1}]},"ResponseStatus":{"Meta":{"a":"b"}}}'],
    ],
    bad: [
      [200, '{"ResponseStatus":{"ErrorCode":"Conflict","Message":"no"}}'],
      [200, '{"responseStatus":{"errorCode":"Conflict"}}'],
      [200, '{"responseStatus":{"ErrorCode":"Conflict"}}'],
      [200, '{"ResponseStatus":{"errorCode":"Conflict"}}'],
      [200, '{"ResponseStatus":{"Message":"no","Errors":[{"FieldName":"a"}],"ErrorCode":"Conflict"}}'],
      [200, '{"Result":1,"responseStatus":{"errorCode":"Conflict"}}'],
      [200, '{"ResponseStatus":{"ErrorCode":1}}'],
      [200, 'null'],
      [200, '[]'],
      [200, '"done"'],
      [200, ''],
      [405, '{"ResponseStatus":{"ErrorCode":"NotSupported","Message":"no"}}'],
      [500, '{}'],
    ],
  },
  'a cancel without credentials': {
    good: [
      [401, ''],
      [403, '{"anything":1}'],
    ],
    bad: [
      [200, '{}'],
      [404, '{}'],
      [500, '{}'],
    ],
  },
  'a cancel of an unknown connection': {
    good: [
      [404, '{"ResponseStatus":{"ErrorCode":"NotFound","Message":"There is none."}}'],
      [410, '{"ResponseStatus":{"ErrorCode":"Gone","Message":"","Errors":[],"StackTrace":null},"Result":null}'],
      [400, '{"responseStatus":{"errorCode":"NotFound","message":"There is none."}}'],
      [422, '{"responseStatus":{"errorCode":"NotFound","message":"There is none.","meta":{"a":"b"}}}'],
    ],
    bad: [
      [200, '{}'],
      [500, '{"ResponseStatus":{"ErrorCode":"NullReferenceException","Message":"no"}}'],
      [404, '{}'],
      [404, ''],
      [404, '{"ResponseStatus":null}'],
      [404, '{"ResponseStatus":{"Message":"no"}}'],
      [404, '{"ResponseStatus":{"ErrorCode":"","Message":"no"}}'],
      [404, '{"ResponseStatus":{"ErrorCode":"NotFound","Message":{}}}'],
      [404, '{"responseStatus":{"message":"no"}}'],
    ],
  },
  'a cancel with an empty ContactId': {
    good: [
      [
        400,
        '{"ResponseStatus":{"ErrorCode":"NotEmpty","Message":"m","Errors":[{"ErrorCode":"NotEmpty","FieldName":"ContactId","Message":"m"}]}}',
      ],
      [
        422,
        '{"responseStatus":{"errorCode":"NotEmpty","message":"m","errors":[{"errorCode":"NotEmpty","fieldName":"ContactId","message":"m","meta":{}}]}}',
      ],
    ],
    bad: [
      [400, '{"ResponseStatus":{"ErrorCode":"NotEmpty","Message":"m","Errors":[]}}'],
      [400, '{"ResponseStatus":{"ErrorCode":"NotEmpty","Message":"m"}}'],
      [
        400,
        '{"ResponseStatus":{"ErrorCode":"NotEmpty","Message":"m","Errors":[{"ErrorCode":"NotEmpty","FieldName":"RoleId","Message":"m"}]}}',
      ],
      [
        400,
        '{"responseStatus":{"errorCode":"NotEmpty","message":"m","errors":[{"errorCode":"NotEmpty","message":"m"}]}}',
      ],
      [200, '{}'],
    ],
  },
  'a cancel of a cancelled connection, confirmed or refused': {
    good: [
      [200, '{}'],
      [200, '{"responseStatus":{"errorCode":"Conflict"}}'],
      [409, '{"ResponseStatus":{"ErrorCode":"Conflict","Message":"no"}}'],
      [410, '{"Result":null}'],
    ],
    bad: [
      [500, '{"ResponseStatus":{"ErrorCode":"Exception","Message":"no"}}'],
      [401, '{}'],
      [302, '{}'],
    ],
  },
};

const rows = Object.entries(table).flatMap(([description, { good, bad }]) => [
  ...good.map((row) => ({ description, row, word: 'good' as const })),
  ...bad.map((row) => ({ description, row, word: 'bad' as const })),
]);

/** Left to the spec runner: that an error has a ResponseStatus at all cannot be said where either casing may be. */
const beyondPact = { description: 'a cancel of an unknown connection', row: [404, '{"Error":"no"}'] as Row };

interface PactFile {
  readonly interactions: readonly { readonly description: string; readonly response: object }[];
}

const committed = fileURLToPath(new URL('../pacts/connections-client-platform-api.json', import.meta.url));

function answering(rowOf: (path: string) => Row): Server {
  return createServer((request, response) => {
    const [status, body] = rowOf(request.url ?? '');
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
  }).listen(0, '127.0.0.1');
}

async function urlOf(server: Server): Promise<string> {
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

/** What the client makes of an answer, held against what the interaction relies on. */
async function clientSays(description: string, row: Row): Promise<'good' | 'bad'> {
  const route = contract.routes.find(({ name }) => name === 'cancel') ?? expect.fail();
  const interaction = interactionsOf(route).find((i) => i.description === description) ?? expect.fail(description);
  const server = answering(() => row);
  try {
    interaction.relies(await callOn(await urlOf(server), route, interaction));
    return 'good';
  } catch {
    return 'bad';
  } finally {
    server.close();
  }
}

/** What Pact makes of each answer: one pact that asks for all of them, with what the committed one expects. */
async function pactSays(
  all: readonly { readonly description: string; readonly row: Row }[],
): Promise<readonly ('good' | 'bad')[]> {
  const pact = JSON.parse(readFileSync(committed, 'utf8')) as PactFile;
  const interactions = all.map(({ description }, i) => ({
    description: `row ${String(i)}.`,
    type: 'Synchronous/HTTP',
    request: { method: 'GET', path: `/${String(i)}` },
    response: pact.interactions.find((each) => each.description === description)?.response ?? expect.fail(description),
  }));
  const folder = mkdtempSync(join(tmpdir(), 'bodies-'));
  const path = join(folder, 'pact.json');
  writeFileSync(path, JSON.stringify({ ...pact, interactions }));
  const server = answering((url) => all[Number(url.slice(1))]?.row ?? [500, '']);
  const states = createServer((_, response) => void response.end('{}')).listen(0, '127.0.0.1');
  const verifier = pactVerifier({ env: process.env });
  try {
    const job = { path, only: null, providerUrl: await urlOf(server), statesUrl: await urlOf(states), timeoutMs: 5000 };
    const answer = await verifier.verify(job, new AbortController().signal);
    if (answer.kind === 'failed') throw new Error(answer.reason);
    const found = new Map(answer.results.map((r) => [r.description, r.mismatches.length === 0 && r.problem === null]));
    return interactions.map(({ description }) => (found.get(description) === true ? 'good' : 'bad'));
  } finally {
    verifier.close();
    server.close();
    states.close();
    rmSync(folder, { recursive: true });
  }
}

describe('an answer', () => {
  let pact: readonly ('good' | 'bad')[];
  before(async () => {
    pact = await pactSays([...rows, beyondPact]);
  });

  for (const [i, { description, row, word }] of rows.entries()) {
    it(`to ${description} is ${word} to the client and to the pact: ${String(row[0])} ${row[1]}`, async () => {
      expect({ client: await clientSays(description, row), pact: pact[i] }).to.deep.equal({ client: word, pact: word });
    });
  }

  it('that is an error of another shape is bad to the client alone, and docs/pact.md says so', async () => {
    expect(await clientSays(beyondPact.description, beyondPact.row)).to.equal('bad');
    expect(pact.at(-1)).to.equal('good');
    expect(readFileSync(new URL('../docs/pact.md', import.meta.url), 'utf8')).to.include('has a ResponseStatus at all');
  });
});
