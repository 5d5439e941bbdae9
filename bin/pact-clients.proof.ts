import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import ts from 'typescript';
import { shapes, writePact } from './pact.fixture.ts';

describe('clients that conform pact writes', function () {
  this.timeout(120_000);
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pact-'));
    for (const shape of shapes) await writePact(shape, folder);
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('compile under strict', () => {
    const files = shapes.map((shape) => join(folder, shape, 'out', 'client.ts'));
    const program = ts.createProgram(files, {
      strict: true,
      noUncheckedIndexedAccess: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      noUnusedLocals: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
      types: [],
    });
    const told = ts.getPreEmitDiagnostics(program).map(({ messageText, file, start }) => {
      const line = file === undefined || start === undefined ? 0 : file.getLineAndCharacterOfPosition(start).line + 1;
      return `${file?.fileName ?? ''}:${line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
    });
    expect(told).to.deep.equal([]);
  });
});
