import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { conform } from './console.fixture.ts';
import { gateway, isRoute } from './gateway.fixture.ts';

const id = (n: number): string => `${n}1111111-2222-4333-8444-555555555555`;
const body = { ContactId: id(2), ContactTypeId: id(3), RoleId: id(4) };
const json = { name: 'Content-Type', value: 'application/json' };

/** An exchange as a browser's developer tools save it. */
function entry(
  sent: object,
  status: number,
  answer: object | null,
  credentials = 'Bearer secret-of-the-browser',
  more: readonly object[] = [],
): object {
  return {
    startedDateTime: '2026-11-24T00:00:00Z',
    time: 5,
    request: {
      method: 'POST',
      url: `https://host.example/base/api/connections/${id(1)}/cancel`,
      httpVersion: 'h2',
      headers: [
        { name: ':authority', value: 'host.example' },
        { name: 'accept', value: 'application/json, text/plain, */*' },
        json,
        { name: 'user-agent', value: 'x' },
        ...(credentials === '' ? [] : [{ name: 'authorization', value: credentials }]),
        ...more,
      ],
      postData: { mimeType: 'application/json', text: JSON.stringify(sent, null, 2) },
    },
    response: {
      status,
      statusText: '',
      httpVersion: 'h2',
      headers: [
        { name: 'content-type', value: 'application/json; charset=utf-8' },
        { name: 'content-encoding', value: 'br' },
      ],
      content: {
        size: answer === null ? 0 : 2,
        mimeType: 'application/json',
        text: answer === null ? '' : JSON.stringify(answer),
      },
    },
  };
}

describe('conform judge', function () {
  this.timeout(120_000);
  let cwd: string;
  const har = (name: string, ...entries: readonly object[]): string => {
    writeFileSync(join(cwd, name), JSON.stringify({ log: { version: '1.2', entries } }));
    return name;
  };
  before(() => {
    cwd = mkdtempSync(join(tmpdir(), 'judge-'));
  });
  after(() => {
    rmSync(cwd, { recursive: true });
  });

  it("judges a recording of the suite's own as the run itself was judged, and sends nothing", async () => {
    const ran = await conform(
      ['--only', 'VALID-00*', '--only', 'AUTH-0*', '--report', 'har=own.har', '--report', 'terminal'],
      { cwd },
    );
    const { code, out } = await conform(['judge', 'own.har', '--only', 'VALID-00*', '--only', 'AUTH-0*'], {
      cwd,
    });
    const kept = /Conforms: \d+ promises kept, none broken\./;
    expect(kept.exec(out)?.[0]).to.equal(kept.exec(ran.out)?.[0]).and.to.be.a('string');
    expect(out).to.match(/Every exchange of the recording was judged\.\n$/);
    expect(code).to.equal(0);
  });

  it('finds in the recording of a failing run what the run itself found', async () => {
    const host = await gateway((request, response) => {
      if (!isRoute(request.url, 'remove')) return false;
      response.writeHead(404).end();
      return true;
    });
    try {
      const only = ['--only', 'routes', '--only', 'verbs'];
      const ran = await conform(['--target', host.url, ...only, '--report', 'har=failing.har'], {
        cwd,
        env: { CONFORM_TOKEN: host.provider.token },
      });
      const judged = await conform(['judge', 'failing.har', ...only], { cwd });
      const heads = (out: string): readonly string[] => out.split('\n').filter((line) => line.startsWith('FAIL '));
      expect(heads(ran.out)).to.have.length.above(0);
      expect(heads(judged.out)).to.deep.equal(heads(ran.out));
      expect([ran.code, judged.code]).to.deep.equal([1, 1]);
    } finally {
      await host.close();
    }
  });

  it("finds nothing wrong in a browser's sound traffic", async () => {
    const missing = {
      ResponseStatus: {
        ErrorCode: 'NotEmpty',
        Message: 'm',
        Errors: [{ ErrorCode: 'NotEmpty', FieldName: 'RoleId', Message: 'm' }],
      },
    };
    const { ContactId, ContactTypeId } = body;
    const { code, out } = await conform(
      ['judge', har('sound.har', entry(body, 200, {}), entry({ ContactId, ContactTypeId }, 400, missing))],
      { cwd },
    );
    expect(out).to.match(/Conforms: [1-9]\d* promises kept, none broken\./);
    expect(code).to.equal(0);
  });

  it("finds the fault in a browser's traffic, and tells no secret of it", async () => {
    const { ContactId, ContactTypeId } = body;
    const { code, out } = await conform(
      [
        'judge',
        har('fault.har', entry({ ContactId, ContactTypeId }, 200, {})),
        '--report',
        'terminal',
        '--report',
        'json=fault.json',
      ],
      { cwd },
    );
    expect(code).to.equal(1);
    expect(out).to.match(/FAIL VALID-\d+/);
    expect(readFileSync(join(cwd, 'fault.json'), 'utf8')).not.to.contain('secret-of-the-browser');
  });

  it('says what it could not judge, and why', async () => {
    const { code, out } = await conform(
      [
        'judge',
        har('strange.har', entry(body, 401, null), entry(body, 500, {}), {
          ...entry(body, 200, {}),
          response: { status: 0 },
        }),
      ],
      { cwd },
    );
    expect(code).to.equal(2);
    expect(out)
      .to.contain('Not judged: 3 exchanges')
      .and.to.contain('whether its credentials were valid cannot be told')
      .and.to.contain('it has no answer')
      .and.to.contain('the state of its subject cannot be told');
  });

  it('hides what a recording presents wherever else it stands', async () => {
    const own = {
      token: 'plain-token-of-it',
      password: 'its-basic-password',
      cookie: 'lettersonlycookie',
      key: 'the-key-of-a-gateway',
      login: 'typed-into-a-form',
      answered: 'token-of-an-answer',
    };
    const said = { ResponseStatus: { ErrorCode: 'E', Message: Object.values(own).join(' and ') } };
    const basic = `Basic ${Buffer.from(`me:${own.password}`).toString('base64')}`;
    const { ContactId, ContactTypeId } = body;
    const answer = { ...said, data: { accessToken: own.answered } };
    const headers = [
      { name: 'Cookie', value: `a=1; ss-id=${own.cookie}` },
      { name: 'X-Access-Token', value: own.key },
    ];
    const { out, err } = await conform(
      [
        'judge',
        har(
          'repeating.har',
          entry({ ContactId, ContactTypeId, Password: own.login }, 200, answer, basic, headers),
          entry({ ContactId, ContactTypeId }, 200, said, own.token),
        ),
        ...['json', 'har', 'html', 'junit'].flatMap((kind) => ['--report', `${kind}=repeating.${kind}`]),
        ...['--report', 'terminal', '--verbose'],
      ],
      { cwd },
    );
    const written = ['json', 'html', 'junit'].map((kind) => readFileSync(join(cwd, `repeating.${kind}`), 'utf8'));
    for (const text of [out, err, ...written])
      for (const secret of Object.values(own)) expect(text).not.to.contain(secret);
    expect(written[0]).to.contain('[redacted] and [redacted]');
  });

  it('does not believe that a recording without any credentials was made without', async () => {
    const { out } = await conform(['judge', har('sanitised.har', entry(body, 200, {}, ''))], { cwd });
    expect(out).not.to.contain('FAIL');
  });

  for (const [text, says] of [
    ['no', 'is not JSON'],
    ['{}', 'has no log.entries'],
    ['{"log":{"entries":[]}}', 'holds no exchange'],
    ['{"log":{"entries":[{}]}}', 'log.entries[0]: it has no method'],
  ] as const) {
    it(`refuses ${text} in one sentence`, async () => {
      writeFileSync(join(cwd, 'bad.har'), text);
      const { code, err } = await conform(['judge', 'bad.har'], { cwd });
      expect(code).to.equal(2);
      expect(err)
        .to.match(/^judge bad\.har: .*\n$/)
        .and.to.contain(says);
    });
  }
});
