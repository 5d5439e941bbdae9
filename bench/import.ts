import { readFileSync } from 'node:fs';
import { contractFrom } from '../src/import/contract.ts';
import { readDocument } from '../src/import/document.ts';
import { filesOf } from '../src/import/files.ts';

/** 500 operations: the recorded ones under further names, with their types, as the metadata of a large host. */
const count = 500;
const recorded = readFileSync(new URL('../src/import/recorded/types-metadata.json', import.meta.url), 'utf8');
const metadata = JSON.parse(recorded) as {
  readonly Operations: readonly { readonly Request: { readonly Name: string } }[];
};
const operations = Array.from({ length: count }, (_, i) => {
  const operation = metadata.Operations[i % metadata.Operations.length];
  return { ...operation, Request: { ...operation?.Request, Name: `${operation?.Request.Name ?? ''}${String(i)}` } };
});
const text = JSON.stringify({ ...metadata, Operations: operations });

const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
const heap: number[] = [];
const start = performance.now();
const document = readDocument(text, 'metadata.json');
let written = 0;
for (const [i, name] of document.operations.entries()) {
  for (const file of filesOf(contractFrom([document.facts(name)])).values()) written += file.length;
  if (i % 100 === 99) {
    globalThis.gc?.();
    heap.push(process.memoryUsage().heapUsed);
  }
}
const seconds = (performance.now() - start) / 1000;
console.log(
  `import of ${document.operations.length} operations, ${mib(text.length)} of metadata: ${seconds.toFixed(2)} s (${(process.cpuUsage().user / 1e6).toFixed(2)} s of CPU with its start), ${mib(written)} written`,
);
console.log(
  `heap after each 100: ${heap.map(mib).join(', ')}; at most ${mib(process.resourceUsage().maxRSS * 1024)} of the process`,
);
