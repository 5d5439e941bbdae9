import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itEndsAsItMust, misbehaviours } from './wire.fixture.ts';

describe('every target that misbehaves on the wire', function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'conform-wire-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const misbehaviour of misbehaviours) itEndsAsItMust(misbehaviour, () => folder);
});
