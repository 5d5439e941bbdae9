import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const recorded = fileURLToPath(new URL('../src/import/recorded/', import.meta.url));

/** What a host that publishes the recorded documents answers, by path. */
export function recordedHost(path: string): string | null {
  const url = new URL(path, 'http://host');
  const operation = url.searchParams.get('op');
  const [, format] = /^\/(\w+)\/metadata$/.exec(url.pathname) ?? [];
  const name =
    url.pathname === '/types/metadata.json'
      ? 'types-metadata.json'
      : url.pathname === '/metadata/app.json'
        ? 'metadata-app.json'
        : format !== undefined && operation !== null
          ? `pages/${operation}.${format}.html`
          : null;
  try {
    return name === null ? null : readFileSync(join(recorded, name), 'utf8');
  } catch {
    return null;
  }
}

/** A host that answers by a function, on a port of its own. */
export async function withHost(
  answer: (path: string) => string | null,
  use: (url: string, asked: readonly string[]) => Promise<void>,
): Promise<void> {
  const asked: string[] = [];
  const server = createServer(({ method, url = '' }, response) => {
    asked.push(`${method ?? ''} ${url}`);
    const text = answer(url);
    if (text?.startsWith('302 ') === true) response.writeHead(302, { Location: text.slice(4) });
    else response.writeHead(text === null ? 404 : 200);
    response.end(text ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, asked);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A folder that is gone afterwards. */
export async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'conform-import-'));
  try {
    await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
