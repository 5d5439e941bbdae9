// One file past 300 lines: one host is started, and asked for everything that it does besides replaying the recordings.
import { Agent } from 'node:http';
import { expect } from 'chai';
import supertest from 'supertest';
import { connectionStatusUpdate as contract } from '../../contracts/connection-status-update.ts';
import { schemas } from '../../schemas/index.ts';
import type { Contract } from '../model/contract.ts';
import type { Subject } from '../model/exchange.ts';
import type { Profile } from '../model/profile.ts';
import type { Mutate } from './behaviour.ts';
import { operations } from './operations.fixture.ts';
import { createProvider } from './provider.ts';
import type { ProviderOptions, Running } from './provider.ts';
import { exchange } from './recorded/wire.ts';
import { classicProfile } from '../model/profile.fixture.ts';

const profile: Profile = classicProfile(contract.xmlNamespace);
const agent = new Agent({ keepAlive: true });
const running: Running[] = [];

async function start(options: Partial<ProviderOptions> = {}): Promise<Running> {
  const provider = await createProvider({
    contract,
    schemas,
    profile,
    seed: 1,
    now: () => new Date(),
    ...options,
  }).listen(0);
  running.push(provider);
  return provider;
}

function pathOf(subject: Subject, route = 0): string {
  return contract.routes[route]!.path.replace(/\{(\w+)\}/g, (_, name: string) => subject[name]!);
}

async function fresh(provider: Running, state = contract.subject!.states.fresh): Promise<Subject> {
  const setUp = await provider.states.setUp(state);
  if (setUp.kind !== 'ready') throw new Error(setUp.reason);
  return setUp.subject;
}

function call(provider: Running, subject: Subject, route = 0): supertest.Test {
  return supertest(provider.url)
    .post(pathOf(subject, route))
    .agent(agent)
    .set('Accept', 'application/json')
    .auth(provider.token, { type: 'bearer' })
    .send({ ...subject });
}

describe('the reference provider', () => {
  afterEach(async () => {
    await Promise.all(running.splice(0).map((provider) => provider.close()));
  });

  it('executes once, and refuses what is no longer in its fresh state', async () => {
    const provider = await start();
    const [subject] = provider.connections;
    await call(provider, subject!).expect(200, {});
    const second = await call(provider, subject!, 1).expect(409);
    expect(second.body).to.have.nested.property('ResponseStatus.ErrorCode', 'Conflict');
    expect(second.body)
      .to.have.nested.property('ResponseStatus.Message')
      .that.matches(/is already cancelled$/);
  });

  it('begins with the forty subjects of the recorded host, and goes back to them when it is reset', async () => {
    const provider = await start();
    expect(provider.connections).to.have.length(40);
    await call(provider, provider.connections[39]!).expect(200);
    expect(provider.inspect().filter((entry) => entry.changes > 0)).to.have.length(1);
    await supertest(provider.resetUrl).post('').expect(204);
    expect(provider.inspect().filter((entry) => entry.changes > 0)).to.have.length(0);
    await call(provider, provider.connections[39]!).expect(200);
  });

  it('begins with the subjects it is given', async () => {
    const own = { ...(await start()).connections[0]!, ConnectionId: 'ABCDEFAB-CDEF-4BCD-8FAB-CDEFABCDEFAB' };
    const provider = await start({ connections: [own] });
    await call(provider, own).expect(200);
    expect(provider.inspect()).to.have.length(1);
  });

  describe('states', () => {
    it('makes subjects in every state of the contract over HTTP', async () => {
      const provider = await start();
      const names = [
        contract.subject!.states.fresh,
        contract.subject!.states.absent!,
        ...contract.routes.map((r) => r.leaves!),
      ];
      const statuses: Record<string, number> = {};
      for (const state of names) {
        const made = await supertest(provider.stateUrl)
          .post('')
          .send({ state, params: {}, action: 'setup' })
          .expect(200);
        expect(Object.keys(made.body as object)).to.deep.equal(Object.keys(schemas[contract.request]!.properties!));
        statuses[state] = (await call(provider, made.body as Subject)).status;
      }
      expect(Object.values(statuses)).to.deep.equal([200, 404, 409, 409]);
    });

    it('answers 400 for a state it does not know, and for a body that is none', async () => {
      const provider = await start();
      const unknown = await supertest(provider.stateUrl).post('').send({ state: 'a purple connection' }).expect(400);
      expect(unknown.body).to.have.property('error').that.includes("'a purple connection'");
      await supertest(provider.stateUrl).post('').set('Content-Type', 'application/json').send('{"state":').expect(400);
    });

    it('forgets a subject that is torn down', async () => {
      const provider = await start();
      const subject = await fresh(provider);
      const wish = { state: contract.subject!.states.fresh, params: subject, action: 'teardown' };
      await supertest(provider.stateUrl).post('').send(wish).expect(200);
      await call(provider, subject).expect(404);
    });

    it('draws the same subjects from the same seed, others from another', async () => {
      const [one, same, other] = await Promise.all([start(), start(), start({ seed: 2 })]);
      const drawn = await Promise.all([one, same, other].map((provider) => fresh(provider)));
      expect(drawn[0]).to.deep.equal(drawn[1]);
      expect(drawn[0]).not.to.deep.equal(drawn[2]);
    });
  });

  describe('authentication', () => {
    it('takes a token, Basic, and the session of a sign-in', async () => {
      const provider = await start();
      await call(provider, await fresh(provider)).expect(200);
      await call(provider, await fresh(provider))
        .auth(provider.user, provider.password)
        .expect(200);
      const signedIn = await supertest(provider.url)
        .post('/api/auth/credentials')
        .set('Accept', 'application/json')
        .send({ UserName: provider.user, Password: provider.password })
        .expect(200);
      const cookies = signedIn.get('Set-Cookie')!.map((c) => c.split(';')[0]!);
      await call(provider, await fresh(provider))
        .unset('Authorization')
        .set('Cookie', cookies.join('; '))
        .expect(200);
    });

    it('turns away whoever lacks the role, without a word of the answer', async () => {
      const provider = await start({ contract: { ...contract, roles: ['Manager'] } });
      const subject = await fresh(provider, 'an active connection');
      const call = (token: string): supertest.Test =>
        supertest(provider.url)
          .post(`/api/connections/${subject['ConnectionId']}/cancel`)
          .set('Accept', 'application/json')
          .set('Authorization', `Bearer ${token}`)
          .send(subject);
      const refused = await call(provider.lesser.token).expect(403);
      expect(refused.headers['content-type']).to.equal('text/plain');
      expect(refused.headers).not.to.have.property('www-authenticate');
      await call(provider.token).expect(200);
    });

    it('takes an api key where that is its way', async () => {
      const provider = await start({ authentication: ['apikey'] });
      await call(provider, await fresh(provider)).expect(200);
      const refused = await call(provider, await fresh(provider))
        .auth('another', { type: 'bearer' })
        .expect(401);
      expect(refused.get('WWW-Authenticate')).to.equal('Basic realm="/auth/apikey"');
    });

    it('refuses nobody, an expired token and a wrong password, and changes nothing', async () => {
      const provider = await start();
      const subject = await fresh(provider);
      const nobody = await call(provider, subject).unset('Authorization').expect(401);
      expect(nobody.text).to.equal('');
      expect(nobody.get('WWW-Authenticate')).to.equal('credentials realm="/auth/credentials"');
      const expired = await call(provider, subject).auth(provider.expiredToken, { type: 'bearer' }).expect(401);
      expect(expired.body).to.have.nested.property('ResponseStatus.ErrorCode', 'TokenException');
      await call(provider, subject).auth(provider.user, 'wrong').expect(401);
      await call(provider, subject).expect(200);
    });

    it('judges expiry by the time it is given', async () => {
      let time = new Date('2030-01-01T00:00:00Z');
      const provider = await start({ now: () => time });
      await call(provider, await fresh(provider)).expect(200);
      time = new Date('2030-02-01T00:00:00Z');
      await call(provider, await fresh(provider)).expect(401);
    });
  });

  describe('documents', () => {
    it('describes the operation for importers', async () => {
      const provider = await start();
      const { body } = (await supertest(provider.url).get('/api/types/metadata.json').expect(200)) as { body: object };
      expect(body).to.have.nested.property('Operations[0].Request.Name', contract.request);
      expect(body).to.have.nested.property('Operations[0].RequiresAuth', true);
      expect(body).to.have.nested.property('Operations[0].Response.Properties[0].Type', 'ResponseStatus');
      expect(body).to.have.deep.nested.property(
        'Operations[0].Routes',
        contract.routes.map((route) => ({ Path: route.path.replace(contract.prefix, '') })),
      );
    });

    it('has a page for each format, with the sample that the contract documents', async () => {
      const provider = await start();
      for (const format of contract.formats) {
        const page = await supertest(provider.url)
          .get(`/api/${format.suffix}/metadata?op=${contract.operation}`)
          .expect(200);
        for (const route of contract.routes) expect(page.text).to.include(route.path);
        expect(page.text).to.include('All Verbs').and.to.include(`?format=${format.printed.query}`);
      }
    });
  });

  describe('the seam', () => {
    it('lets one verb of one route skip authentication', async () => {
      const last = contract.routes.at(-1)!;
      const mutate: Mutate = (b) => ({
        ...b,
        authenticate: (x) => (x.verb === 'DELETE' && x.route === last ? { kind: 'accepted' } : b.authenticate(x)),
      });
      const provider = await start({ mutate });
      const subject = await fresh(provider);
      await supertest(provider.url)
        .delete(pathOf(subject, 0))
        .set('Accept', 'application/json')
        .send({ ...subject })
        .expect(401);
      await supertest(provider.url)
        .delete(pathOf(subject, 1))
        .set('Accept', 'application/json')
        .send({ ...subject })
        .expect(200);
    });

    it('lets the second call on a subject fail', async () => {
      const mutate: Mutate = (b) => ({
        ...b,
        execute: (x) =>
          x.nth === 2 ? { kind: 'refusal', by: 'service', status: 500, error: { ErrorCode: 'Oops' } } : b.execute(x),
      });
      const provider = await start({ mutate });
      const subject = await fresh(provider);
      await call(provider, subject).expect(200);
      await call(provider, subject).expect(500);
      await call(provider, subject).expect(409);
    });

    it('lets something be executed before the refusal', async () => {
      const mutate: Mutate = (b) => ({
        ...b,
        authenticate: (x) => {
          const judged = b.authenticate(x);
          if (judged.kind === 'refusal') b.execute(x);
          return judged;
        },
      });
      const provider = await start({ mutate });
      const subject = await fresh(provider);
      await call(provider, subject).unset('Authorization').expect(401);
      await call(provider, subject).expect(409);
    });

    it('lets a stack trace out in one format, by one way of asking', async () => {
      const mutate: Mutate = (b) => ({
        ...b,
        render: (x, outcome) =>
          outcome.kind === 'refusal' && x.format === 'csv' && x.by === 'suffix'
            ? b.render(x, { ...outcome, error: { ...outcome.error, StackTrace: 'at Service.cs:12' } })
            : b.render(x, outcome),
      });
      const provider = await start({ mutate });
      const subject = await fresh(provider, contract.subject!.states.absent!);
      const asked = (suffix: string): Promise<supertest.Response> =>
        Promise.resolve(
          supertest(provider.url)
            .post(`${pathOf(subject)}${suffix}`)
            .auth(provider.token, { type: 'bearer' })
            .set('Accept', 'text/csv')
            .send({ ...subject }),
        );
      expect((await asked('.csv')).text).to.include('Service.cs');
      expect((await asked('')).text).not.to.include('Service.cs');
    });

    it('lets an answer be cut, reset, or sent with a false length', async () => {
      const how = [{ cutAfter: 5 }, { reset: true }, { framing: 'length', lengthError: 40 }] as const;
      for (const delivery of how) {
        const mutate: Mutate = (b) => ({ ...b, write: (x, reply) => ({ ...b.write(x, reply), ...delivery }) });
        const provider = await start({ mutate });
        const failed = await call(provider, await fresh(provider, contract.subject!.states.absent!)).then(
          () => 'answered',
          () => 'failed',
        );
        expect(failed, JSON.stringify(delivery)).to.equal('failed');
      }
    });

    it('lets bytes that are no HTTP out', async () => {
      const raw = Buffer.from('SSH-2.0-nothing\r\n\r\n');
      const mutate: Mutate = (b) => ({ ...b, write: (x, reply) => ({ ...b.write(x, reply), raw }) });
      const provider = await start({ mutate });
      const heard = await exchange(
        Number(new URL(provider.url).port),
        Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
        true,
      );
      expect(Number.isInteger(heard.status)).to.equal(false);
    });

    it('survives a fault that throws', async () => {
      const mutate: Mutate = (b) => ({
        ...b,
        validate: () => {
          throw new Error('a fault');
        },
      });
      const provider = await start({ mutate });
      await call(provider, await fresh(provider)).expect(500, 'a fault');
    });
  });

  it('serves another contract: other members, one verb route without authentication, a text member', async () => {
    const member = { type: 'String', nullable: true, in: 'query', description: '' } as const;
    const other: Contract = {
      ...contract,
      operation: 'InviteStatusUpdate',
      request: 'InviteStatusUpdate',
      response: { kind: 'dto', type: 'InviteStatusUpdateResponse' },
      authentication: 'none',
      routes: [
        { name: 'accept', path: '/api/public/invites/{InviteId}/accept', verbs: 'any', leaves: 'an accepted invite' },
      ],
      effect: 'changes',
      subject: { member: 'InviteId', kind: 'guid', states: { fresh: 'an open invite', absent: 'no such invite' } },
      types: [
        {
          name: 'InviteStatusUpdate',
          description: '',
          members: [
            { ...member, name: 'InviteId', property: 'InviteId', type: 'Guid', required: 'enforced', in: 'path' },
            { ...member, name: 'SubdomainName', property: 'SubdomainName', required: 'enforced' },
            { ...member, name: 'Note', property: 'Note', required: 'no' },
          ],
        },
        {
          name: 'InviteStatusUpdateResponse',
          description: '',
          members: [
            { ...member, name: 'ResponseStatus', property: 'ResponseStatus', type: 'ResponseStatus', required: 'no' },
          ],
        },
      ],
    };
    const provider = await start({ contract: other, schemas: {} });
    const subject = await fresh(provider, 'an open invite');
    const path = `/api/public/invites/${subject['InviteId']}/accept`;
    const incomplete = await supertest(provider.url).post(path).set('Accept', 'application/json').send({}).expect(400);
    expect(incomplete.body).to.have.nested.property('ResponseStatus.Message', "'Subdomain Name' must not be empty.");
    await supertest(provider.url).get(`${path}?subdomainName=a`).set('Accept', 'application/json').expect(200, {});
    const again = await supertest(provider.url)
      .get(`${path}?subdomainName=a`)
      .set('Accept', 'application/json')
      .expect(409);
    expect(again.body).to.have.nested.property(
      'ResponseStatus.Message',
      `Invite '${subject['InviteId']}' is already accepted`,
    );
  });

  it('lists all operations of a host in its documents, and shows the page of each', async () => {
    const [first, ...others] = operations.map((each) => ({ contract: each, schemas: {} }));
    const provider = await start({ ...first!, siblings: others });
    const names = operations.map(({ operation }) => operation);
    const listed = async (path: string): Promise<readonly string[]> => {
      const { text } = await supertest(provider.url).get(path).expect(200);
      return [...text.matchAll(/"Request":\{"Name":"(\w+)"/g)].map(([, name = '']) => name);
    };
    expect(await listed('/types/metadata.json')).to.deep.equal(names);
    expect(await listed('/metadata/app.json')).to.deep.equal(names);
    const index = await supertest(provider.url).get('/metadata').expect(200);
    for (const name of names) {
      expect(index.text).to.contain(`>${name}<`);
      const page = await supertest(provider.url).get(`/json/metadata?op=${name}`).expect(200);
      expect(page.text).to.contain(`<h2>${name}</h2>`);
    }
    await supertest(provider.url).get('/json/metadata?op=Nobody').expect(403);
    const { text: code } = await supertest(provider.url).get('/types/csharp').expect(200);
    const classes = [...code.matchAll(/(?:class|enum) (\w+)/g)].map(([, name = '']) => name);
    expect(classes).to.include.members(names);
    expect(new Set(classes).size).to.equal(classes.length);
  });

  it('takes a part of a path at its dots where its route has some', async () => {
    const [first] = operations.filter(({ operation }) => operation === 'ReadFile');
    const route = { name: 'picture', path: '/pictures/{Path}.{As}', verbs: ['GET'] } as const;
    const provider = await start({ contract: { ...first!, routes: [route] }, schemas: {} });
    await supertest(provider.url).get('/pictures/saw.png').expect(200);
    await supertest(provider.url).get('/pictures/saw').expect(404);
    // What is the suffix of a format is none of a path.
    await supertest(provider.url).get('/pictures/saw.json').expect(404);
  });

  it('asks each operation of a host once where a call leads', async () => {
    const [first, ...others] = operations.map((each) => ({ contract: each, schemas: {} }));
    let routed = 0;
    const counting: Mutate = (b) => ({
      ...b,
      route: (call) => {
        routed += 1;
        return b.route(call);
      },
    });
    const provider = await start({ ...first!, siblings: others.map((each) => ({ ...each, mutate: counting })) });
    await supertest(provider.url).get('/tools/1').expect(200);
    expect(routed).to.equal(others.length);
  });
});
