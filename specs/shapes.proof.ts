import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { conform } from '../bin/console.fixture.ts';
import type { Judged } from '../src/proof/judge.ts';

/** Operations that have little in common: what proves the catalogue of the shipped one proves it of these. */
const shapes = {
  'get-tool': 'an anonymous GET by an int',
  'find-tools': 'a list, with members in the query',
  'add-tool': 'a POST alone, validated',
  'count-tools': 'no route of its own',
  'retire-tool': 'a role',
  'write-log': 'one-way',
} as const;

describe('the catalogue on operations of other shapes', function () {
  this.timeout(1_200_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'shapes-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const [shape, says] of Object.entries(shapes)) {
    const contract = ['--contract', fileURLToPath(new URL(`shapes/${shape}`, import.meta.url))];

    it(`raises no alarm: ${says}`, async () => {
      const ran = await conform(['run', ...contract]);
      expect(ran.code, ran.out + ran.err).to.equal(0);
    });

    it(`finds its faults, and flags nothing harmless: ${says}`, async () => {
      const file = join(folder, `${shape}.json`);
      const proven = await conform(['prove', ...contract, '--json', file]);
      const judged = JSON.parse(readFileSync(file, 'utf8')) as readonly Judged[];
      const of = (kind: Judged['fate']['kind']): readonly string[] =>
        judged.filter(({ fate }) => fate.kind === kind).map(({ suspect }) => suspect.name);
      console.log(
        `      ${shape}: ${of('killed').length} killed · ${of('survived').length} survived · ${of('unharmed').length} harmless`,
      );
      expect(of('false-alarm'), proven.out).to.deep.equal([]);
      expect(/^unproven:.*/m.exec(proven.out)?.[0] ?? 'nothing unproven').to.equal('nothing unproven');
    });
  }
});
