// One table of what stands before a service, or in its place, each with what a run says of it.

import { expect } from 'chai';
import { conform, hurried, type Ran } from './console.fixture.ts';
import { shippedSuite } from './suites.ts';
import {
  absent,
  gateway,
  isRoute,
  itIsNotThere,
  linesOf as lines,
  page,
  raw,
  screen,
  type Front,
  type Gateway,
} from './gateway.fixture.ts';

describe('a host behind something', function () {
  this.timeout(60_000);
  const open: Gateway[] = [];
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });

  async function run(front: Front, argv: readonly string[] = [], env: Record<string, string> = {}): Promise<Ran> {
    const host = await gateway(front);
    open.push(host);
    return conform(['--target', host.url, ...argv], {
      env: { CONFORM_TOKEN: host.provider.token, ...env },
      // A second of the pre-flight is not waited for.
      ...hurried(),
    });
  }

  describe('that is not there', () => {
    // Each with the whole catalogue: `gateway.proof.ts`.
    for (const [i, each] of absent.entries()) itIsNotThere(each, i === 0 ? [] : ['--only', 'routes']);

    it('a port on which nothing listens: exit 3', async () => {
      const ran = await conform(['--target', 'http://127.0.0.1:9'], {
        env: { CONFORM_TOKEN: 'any' },
        ...hurried(),
      });
      expect(ran.code).to.equal(3);
      expect(lines(ran)).to.be.below(screen);
    });

    it('is asked twice, a second apart: one that comes back is judged', async () => {
      const waits: number[] = [];
      let back = false;
      const host = await gateway((_, r) => !back && page(r, 503, 'Starting'));
      open.push(host);
      const ran = await conform(['--target', host.url, '--only', 'ROUTE-001'], {
        env: { CONFORM_TOKEN: host.provider.token },
        sleep: (ms) => {
          waits.push(ms);
          back = true;
          return Promise.resolve();
        },
      });
      expect([waits, ran.code], ran.out).to.deep.equal([[1000], 0]);
    });

    it('changes nothing by looking: every request of the pre-flight passes the fence', async () => {
      const host = await gateway((_, r) => page(r, 404, 'Not Found'));
      open.push(host);
      await conform(['--target', host.url], { env: { CONFORM_TOKEN: 'any' }, ...hurried() });
      const paths = host.asked.map((each) => each.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '<id>'));
      expect([...new Set(paths)].sort()).to.deep.equal([
        'GET /api/<id>/undocumented',
        'GET /api/metadata',
        'GET /api/metadata/app.json',
        'POST /api/<id>/undocumented',
        'POST /api/connections/<id>/cancel',
        'POST /api/connections/<id>/remove',
      ]);
    });
  });

  describe('that is there', () => {
    const json = (r: Parameters<Front>[1], status: number, body: string): true => {
      r.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
      return true;
    };
    const there: readonly (readonly [string, Front])[] = [
      ['one route lost', (q, r) => isRoute(q.url, 'cancel') && page(r, 404, 'Not Found')],
      [
        '500 with a sign',
        (q, r) => isRoute(q.url) && json(r, 500, '{"ResponseStatus":{"ErrorCode":"Fault","Message":"no"}}'),
      ],
      [
        '500 with a sign in another casing',
        (q, r) => isRoute(q.url) && json(r, 500, '{"responseStatus":{"errorCode":"Fault"}}'),
      ],
      ['200 {} to a stranger', (q, r) => isRoute(q.url) && q.headers.authorization === undefined && json(r, 200, '{}')],
      ['401 on its routes alone', (q, r) => isRoute(q.url) && page(r, 401, 'Who?')],
      ['200 {} to everybody on its routes', (q, r) => isRoute(q.url) && json(r, 200, '{}')],
    ];
    for (const [name, front] of there) {
      it(`${name}: judged, exit 1`, async () => {
        const ran = await run(front, ['--only', 'routes,AUTH-0*']);
        expect(ran.code, ran.out.slice(-500)).to.equal(1);
      });
    }

    it('all routes lost while the documentation is served: exit 1, and says so', async () => {
      const ran = await run((q, r) => isRoute(q.url) && page(r, 404, 'Not Found'));
      expect(ran.code).to.equal(1);
      expect(ran.out.replace(/\s+/g, ' ')).to.contain('the routes are lost');
    });

    it('a 404 keeps no promise where the route beside it is lost', async () => {
      const ran = await run((q, r) => /connections/.test(q.url) && page(r, 404, 'Not Found'), ['--only', 'ROUTE-006']);
      expect(ran.code).to.equal(3);
      expect(ran.out.replace(/\s+/g, ' ')).to.contain("was not answered in the framework's manner in this run");
    });

    it('a wrong token: exit 3, and what a stranger meets is judged for all that', async () => {
      const wrong = { CONFORM_TOKEN: 'wrong' };
      const few = ['--only', 'authentication'];
      const sound = await run(() => false, few, wrong);
      expect(sound.code).to.equal(3);
      expect(sound.out).to.contain('refused the credentials of this run (401)').and.not.contain('FAIL');
      const open = await run(
        (q, r) => isRoute(q.url) && q.headers.authorization === undefined && json(r, 200, '{}'),
        few,
        wrong,
      );
      expect(open.code).to.equal(1);
    });
  });

  describe('that has bad moments', () => {
    const busy = (r: Parameters<Front>[1]): true => page(r, 503, 'Busy', { 'Retry-After': '0' });

    it('one 503 with Retry-After in 20: no failure, and a note', async () => {
      const ran = await run((_, r, n) => n % 20 === 0 && busy(r), ['--only', 'AUTH-00*']);
      expect(ran.code, ran.out).to.equal(0);
      expect(ran.out.replace(/\s+/g, ' ')).to.contain('the target was unavailable');
    });

    it('one in four: a finding of its own', async () => {
      const ran = await run((_, r, n) => n % 4 === 0 && busy(r), ['--only', 'VALID-00*']);
      expect(ran.code, ran.out).to.equal(1);
      expect(ran.out.replace(/\s+/g, ' ')).to.match(/unavailable .* to \d+ of \d+ exchanges, more than one in twenty/);
    });

    it('in the midst of a script: begun anew with a fresh subject, the old one spent', async () => {
      const bodies: string[] = [];
      const host = await gateway((q, r) => {
        if (!isRoute(q.url)) return false;
        bodies.push(q.url);
        return bodies.length === 3 && busy(r);
      });
      open.push(host);
      const ran = await conform(
        ['--target', host.url, '--only', 'VERB-002', '--states', host.provider.stateUrl, '--allow-changes'],
        { env: { CONFORM_TOKEN: host.provider.token }, ...hurried() },
      );
      expect(ran.code, ran.out).to.equal(0);
      const ids = bodies.map((each) => /[0-9a-f-]{36}/.exec(each)?.[0]);
      expect(new Set(ids).size).to.equal(ids.length);
    });
  });

  describe('that hangs', () => {
    const silence = { env: {}, argv: ['--timeout', '300'] };

    it('on one route: exit 1, told once, and the rest of the route is not sent', async () => {
      const host = await gateway((q) => isRoute(q.url, 'cancel'));
      open.push(host);
      const ran = await conform(['--target', host.url, ...silence.argv, '--only', 'authentication,formats'], {
        env: { CONFORM_TOKEN: host.provider.token },
      });
      expect(ran.code, ran.out.slice(-800)).to.equal(1);
      expect(ran.out.replace(/\s+/g, ' ')).to.contain('requests to /api/connections/{id}/cancel hang');
      // Of several hundred: eight are under way at once, and each other spelling of the path hangs by itself.
      expect(host.asked.filter((each) => isRoute(each, 'cancel')).length).to.be.below(100);
    });

    it('altogether: exit 3, after a few requests', async () => {
      const host = await gateway(() => true);
      open.push(host);
      const ran = await conform(['--target', host.url, ...silence.argv], {
        env: { CONFORM_TOKEN: host.provider.token },
      });
      expect(ran.code).to.equal(3);
      expect(host.asked.length).to.be.below(10);
      expect(lines(ran)).to.be.below(screen);
    });

    it('sends nothing more when the run has taken as long as it may', async () => {
      let at = 0;
      const host = await gateway(() => {
        at += 1000;
        return false;
      });
      open.push(host);
      const ran = await conform(['--target', host.url, '--max-duration', '30s'], {
        env: { CONFORM_TOKEN: host.provider.token },
        elapsed: () => at,
      });
      expect(ran.code).to.equal(3);
      expect(host.asked.length).to.be.within(30, 45);
      expect(ran.out).to.contain('--max-duration 30s');
      expect(ran.err).to.match(/^(conform: \d+ of \d+ exchanges\n)+$/);
    });
  });

  describe('that breaks off', () => {
    const faults: readonly (readonly [string, string])[] = [
      ['an invalid chunk size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n'],
      ['two Content-Lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
      ['a bad header line', 'HTTP/1.1 200 OK\r\nno colon here\r\nContent-Length: 2\r\n\r\n{}'],
    ];
    for (const [name, bytes] of faults) {
      it(`${name} on some answers: exit 1`, async () => {
        const ran = await run(
          (q, r) => isRoute(q.url) && /undocumented/.test(q.url) && raw(r, bytes),
          ['--only', 'routes'],
        );
        expect(ran.code, ran.out.slice(-800)).to.equal(1);
        expect(ran.out).to.contain('transport');
      });

      it(`${name} on every answer: exit 3`, async () => {
        const ran = await run((_, r) => raw(r, bytes), ['--only', 'routes']);
        expect(ran.code, ran.out.slice(-800)).to.equal(3);
      });
    }
  });

  describe('that looks at who asks', () => {
    const waf: Front = (q, r) => q.headers['user-agent'] === undefined && page(r, 403, 'Forbidden');

    it('is told: the suite by its name and version, or what it is set to', async () => {
      const seen = new Set<string | undefined>();
      const look: Front = (q, r, n) => {
        seen.add(q.headers['user-agent']);
        return waf(q, r, n);
      };
      expect((await run(look, ['--only', 'ROUTE-001'])).code).to.equal(0);
      expect((await run(look, ['--only', 'ROUTE-001', '--user-agent', 'qa/1'])).code).to.equal(0);
      expect([...seen]).to.deep.equal([`platform-api-conformance/${shippedSuite().version}`, 'qa/1']);
    });

    it('a 403 to routes alone without the headers of the framework is no word on credentials', async () => {
      const ran = await run((q, r) => isRoute(q.url) && page(r, 403, 'Forbidden'), ['--only', 'ROUTE-001']);
      expect(ran.code).to.equal(3);
      expect(ran.out.replace(/\s+/g, ' ')).to.contain("answers 403 without a header of the framework's");
    });
  });

  describe('that goes away', () => {
    const away =
      (after: number): Front =>
      (_, r, n) =>
        n > after && page(r, 502, 'Bad Gateway');
    it('mid-run: exit 3, and nothing that came after is judged', async () => {
      const ran = await run(away(100), ['--only', 'authentication,formats']);
      expect(ran.code, ran.out).to.equal(3);
      expect(ran.out.replace(/\s+/g, ' ')).to.contain('The host went away during the run');
      expect(ran.out).to.not.contain('FAIL');
      expect(lines(ran)).to.be.below(screen);
    });

    it('mid-run: a failure that was found before stands', async () => {
      const ran = await run(
        (q, r, n) =>
          n > 60
            ? page(r, 502, 'Bad Gateway')
            : isRoute(q.url, 'remove') && q.method === 'PUT' && page(r, 500, 'Fault'),
        ['--only', 'verbs,formats'],
      );
      expect(ran.code).to.equal(1);
      expect(ran.out.replace(/\s+/g, ' ')).to.contain('The host went away during the run');
    });
  });
});
