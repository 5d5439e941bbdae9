import { expect } from 'chai';
import { connectionStatusUpdate as contract } from '../../contracts/connection-status-update.ts';
import { schemas } from '../../schemas/index.ts';
import { createProvider } from './provider.ts';
import type { Running } from './provider.ts';
import type { Configuration } from './recorded/configurations.ts';
import { knownDifferences } from './recorded/differences.ts';
import type { KnownDifference } from './recorded/differences.ts';
import { credentialsOf, differences, replay } from './recorded/replay.ts';
import type { Difference } from './recorded/replay.ts';
import { throwing } from './recorded/exceptions.ts';
import { recordedRows } from './recorded/rows.ts';

interface Compared {
  readonly id: string;
  readonly differences: readonly Difference[];
}

async function signIn(running: Running): Promise<string> {
  const answer = await fetch(`${running.url}/api/auth/credentials`, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ UserName: running.user, Password: running.password }),
  });
  return answer.headers
    .getSetCookie()
    .map((c) => c.split(';')[0])
    .join('; ');
}

async function compare(configuration: Configuration): Promise<readonly Compared[]> {
  const running = await createProvider({
    contract,
    schemas,
    ...configuration,
    seed: 1,
    now: () => new Date(),
    mutate: throwing,
  }).listen(0);
  const credentials = credentialsOf(running, configuration.authentication, await signIn(running));
  const compared: Compared[] = [];
  for (const { request, answer } of recordedRows(configuration.name)) {
    const touched = running.inspect().some((entry) => entry.changes > 0);
    if (touched && request.continues !== true) await fetch(running.resetUrl, { method: 'POST' });
    if (request.before !== undefined) {
      await replay(running, credentials, { id: 'before', method: 'POST', path: '/<id>01/cancel', body: '<json>' });
    }
    const heard = await replay(running, credentials, request);
    compared.push({ id: request.id, differences: differences(running, credentials, answer, heard) });
  }
  await running.close();
  return compared;
}

function covers(known: KnownDifference, configuration: string, id: string): boolean {
  return glob(known.configurations).test(configuration) && glob(known.ids).test(id);
}

function glob(pattern: string): RegExp {
  return new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
}

const share = { least: 0.99 };

/** A test that the provider, configured alike, answers as a recorded host did, but for what is known to differ. */
export function itAnswersAlike(configuration: Configuration): void {
  it(`the reference provider answers as the recorded host: ${configuration.name}`, async function () {
    this.timeout(60_000);
    const compared = await compare(configuration);
    const different = compared.filter((c) => c.differences.length > 0);
    const alike = compared.length - different.length;
    const percent = ((100 * alike) / compared.length).toFixed(1);
    console.log(`      ${configuration.name}: ${alike} of ${compared.length} answered alike, ${percent} %`);
    const known = knownDifferences.filter((k) => glob(k.configurations).test(configuration.name));
    const unnamed = different.filter((c) => !known.some((k) => covers(k, configuration.name, c.id)));
    const gone = known.filter((k) => !different.some((c) => covers(k, configuration.name, c.id)));
    if (unnamed.length > 0) expect.fail(`differences without a reason:\n${unnamed.map(told).join('\n')}`);
    expect(
      gone.map((k) => `${k.ids}: ${k.reason}`),
      'reasons without a difference',
    ).to.deep.equal([]);
    expect(alike / compared.length).to.be.at.least(share.least);
  });
}

function told({ id, differences: found }: Compared): string {
  return `${id}: ${found.map((d) => `${d.where} recorded ${d.recorded}, replayed ${d.replayed}`).join('; ')}`;
}
