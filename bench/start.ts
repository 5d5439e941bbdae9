import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compare } from './measure.ts';

/** The command as it is installed: compiled, without a loader. */
const command = fileURLToPath(new URL('../dist/bin/conform.js', import.meta.url));
const node = (...args: readonly string[]): void => {
  execFileSync(process.execPath, args, { stdio: 'ignore' });
};

await compare('a process from its start to its end', 15, [
  { name: 'node, which does nothing', work: () => node('-e', '0') },
  { name: 'conform --version', work: () => node(command, '--version') },
  { name: 'conform --help', work: () => node(command, '--help') },
  { name: 'conform explain, all of it', work: () => node(command, 'explain') },
]);
