import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder, serving, textOf, type Files } from './seam.fixture.ts';
import { planned } from './profiles.fixture.ts';

/** Nothing is sent there. */
const live = ['--target', 'http://127.0.0.1:9'];
const endpoints = ['--hosting', 'endpoints', '--serializer', 'system-text-json'];

/** What is planned, by name, as words behind `conform plan`. */
const lines: Readonly<Record<string, readonly string[]>> = {
  embedded: [],
  'embedded-endpoints': endpoints,
  'live-read-only': live,
  'live-read-only-endpoints': [...live, ...endpoints],
  'live-states': [...live, '--states', 'http://127.0.0.1:9/states', '--allow-changes'],
  'live-twelve-subjects': [...live, '--connections', 'twelve.json', '--allow-changes'],
  'live-budget': [...live, '--budget', '100'],
};

/** What runs would send: each exchange in order, its effect, and which step of its script it is. */
export function planFiles(): Promise<Files> {
  return serving([], ({ connections }) =>
    inFolder(async (cwd) => {
      writeFileSync(join(cwd, 'twelve.json'), JSON.stringify(connections.slice(0, 12)));
      const files = new Map<string, string>();
      for (const [name, options] of Object.entries(lines)) {
        const rows = await planned(cwd, options);
        files.set(`${name}.txt`, textOf(rows.map(({ id, effect, step }) => `${id} ${effect} ${step}`)));
      }
      return files;
    }),
  );
}
