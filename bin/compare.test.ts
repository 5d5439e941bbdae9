import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Mutate } from '../src/provider/behaviour.ts';
import type { Running } from '../src/provider/provider.ts';
import { conform, type Ran } from './console.fixture.ts';
import { shippedHost } from './host.fixture.ts';

const tracking: Mutate = (b) => ({
  ...b,
  respond: (call, reply) => ({
    ...b.respond(call, reply),
    headers: [...b.respond(call, reply).headers, ['X-Track', '1']],
  }),
});

describe('conform compare', function () {
  this.timeout(120_000);
  let hosts: readonly Running[];
  const serve = (mutate?: Mutate): Promise<Running> => shippedHost({ ...(mutate && { mutate }) });
  before(async () => {
    hosts = await Promise.all([serve(), serve(), serve(tracking)]);
  });
  after(() => Promise.all(hosts.map((h) => h.close())));
  const compared = (a: number, b: number, ...options: readonly string[]): Promise<Ran> =>
    conform(['compare', hosts[a]?.url ?? '', hosts[b]?.url ?? '', '--only', 'formats', ...options], {
      env: { CONFORM_TOKEN: hosts[0]?.token },
    });

  it('finds nothing between two hosts that are alike, and changes neither', async () => {
    const before = JSON.stringify(hosts.map((h) => h.inspect()));
    const { code, out } = await compared(0, 1, '--strict');
    expect(out).to.match(/\nNothing differs from http:.*\. Of this run alone: .*\n$/);
    expect(code).to.equal(0);
    expect(JSON.stringify(hosts.map((h) => h.inspect()))).to.equal(before);
  });

  it('tells what differs, and fails for it when asked to', async () => {
    const { code, out } = await compared(0, 2);
    expect(out)
      .to.contain('x-track')
      .and.to.match(/\d+ answers changed/);
    expect(code).to.equal(0);
    expect((await compared(0, 2, '--strict')).code).to.equal(1);
  });

  it('changes both when each has subjects of its own', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'compare-'));
    const [a, b] = hosts;
    writeFileSync(
      join(cwd, 'conform.config.json'),
      JSON.stringify({ targets: { a: { url: a?.url, states: a?.stateUrl }, b: { url: b?.url, states: b?.stateUrl } } }),
    );
    const { code, out, err } = await conform(['compare', 'a', 'b', '--only', 'lifecycle', '--allow-changes'], {
      cwd,
      env: { CONFORM_TOKEN: a?.token },
    });
    rmSync(cwd, { recursive: true });
    expect(err).to.equal('');
    expect(out).to.contain('Nothing differs').and.not.to.contain('this run may not');
    expect(code).to.equal(0);
  });

  it('refuses to let both spend the same subjects', async () => {
    const { code, err } = await compared(0, 1, '--allow-changes', '--states', hosts[0]?.stateUrl ?? '');
    expect(code).to.equal(2);
    expect(err).to.match(/^--allow-changes: both targets would spend the same subjects.*\n$/);
  });

  it('needs two live targets', async () => {
    expect(await conform(['compare', 'embedded', 'http://127.0.0.1:9'])).to.include({
      code: 2,
      err: 'compare embedded: takes two live targets\n',
    });
  });
});
