import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { conform } from '../bin/console.fixture.ts';
import type { Header } from '../src/model/exchange.ts';
import type { Report } from '../src/model/report.ts';
import type { Configuration } from '../src/provider/recorded/configurations.ts';
import { requestOf, type Credentials } from '../src/provider/recorded/replay.ts';
import { recordedRows, type AnswerRow } from '../src/provider/recorded/rows.ts';

const host = 'host.example';

/** Whatever it was: credentials of a recording are taken for good where they were let in. */
const credentials: Credentials = {
  valid: ['Authorization', 'Bearer valid'],
  token: 'head.eyJleHAiOjF9.signature',
  expired: 'head.eyJleHAiOjB9.signature',
  session: 'ss-id=a-session',
  apiKey: 'an-api-key',
};

/** What real hosts were recorded to answer, as a browser would have saved it. */
function archiveOf({ name }: Configuration): string {
  const named = (headers: readonly Header[]): readonly object[] =>
    headers.map(([header, value]) => ({ name: header, value }));
  const entries = recordedRows(name).flatMap(({ request: row, answer }) => {
    const { target, headers, body } = requestOf(credentials, row, host);
    const isPage = /html/.test(answer.type ?? '');
    // The tables keep no bodies that are the recorded host's own, such as the words of debug mode.
    if (answer.body === undefined && answer.type !== undefined && !isPage) return [];
    const text = answer.body?.replaceAll('<trace>', 'trace') ?? (isPage ? '<html></html>' : '');
    return [
      {
        time: 1,
        request: {
          method: row.method,
          url: new URL(target, `http://${host}`).href,
          headers: named(headers),
          ...(body.length > 0 && { postData: { text: body.toString('utf8') } }),
        },
        response: {
          status: answer.status,
          statusText: '',
          headers: named(headersOf(answer)),
          content: { text, size: Buffer.byteLength(text) },
        },
      },
    ];
  });
  return JSON.stringify({ log: { version: '1.2', entries } });
}

function headersOf({ type, challenge, location, allow }: AnswerRow): readonly Header[] {
  const header = (name: string, value: string | undefined): readonly Header[] =>
    value === undefined ? [] : [[name, value]];
  return [
    ...header('Content-Type', type),
    ...header('WWW-Authenticate', challenge),
    ...header('Location', location?.replaceAll('HOST', host)),
    ...header('Allow', allow),
  ];
}

/** A test that what was recorded of such a host gives no finding, judged under its profile. */
export function itIsFoundInOrder(configuration: Configuration): void {
  it(`judged under their profile, give no finding: ${configuration.name}`, async function () {
    this.timeout(120_000);
    const dir = mkdtempSync(join(tmpdir(), 'recordings-'));
    try {
      const { hosting, casing, serializer, debug, xmlNamespace } = configuration.profile;
      writeFileSync(join(dir, 'recorded.har'), archiveOf(configuration));
      const argv = ['judge', 'recorded.har', '--report', 'json=report.json', '--quiet'];
      const how = ['--hosting', hosting, '--casing', casing, '--serializer', serializer];
      const profile = [...how, '--xml-namespace', xmlNamespace, ...(debug ? ['--debug'] : [])];
      const ran = await conform([...argv, ...profile], { cwd: dir });
      expect(ran.err).to.equal('');
      const { requirements } = JSON.parse(readFileSync(join(dir, 'report.json'), 'utf8')) as Report;
      const alarms = requirements.filter(({ verdict, area }) => !inOrder.has(verdict) && area !== 'documentation');
      const told = alarms.map(({ id, verdict, cases }) => [id, verdict, cases.find((c) => c.verdict === verdict)]);
      expect(told).to.deep.equal([]);
      expect(requirements.filter(({ verdict }) => verdict === 'pass')).to.have.length.above(40);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
}

const inOrder: ReadonlySet<string> = new Set(['pass', 'skip']);
