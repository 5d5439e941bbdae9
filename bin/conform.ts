#!/usr/bin/env node
// Before anything else is loaded: an older Node would stumble over the syntax of what follows and say something obscure.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `conform needs Node 20.19 or newer; this is Node ${process.versions.node}. Install a newer one and run it again.\n`,
  );
  process.exitCode = 2;
} else {
  const { main } = await import('./main.ts');
  const { terminalOf } = await import('./console.ts');
  const { setTimeout } = await import('node:timers/promises');
  const stop = new AbortController();
  const interrupt = (): void => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  // A reader that goes away (conform | head) ends the output, not the run.
  process.stdout.on('error', () => undefined);
  process.exitCode = await main({
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    terminal: terminalOf(process.stdout),
    errorTerminal: terminalOf(process.stderr),
    now: () => new Date(),
    elapsed: () => performance.now(),
    // An aborted wait ends at once; what is waited for then fails as interrupted.
    sleep: (ms, signal) => setTimeout(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
    signal: stop.signal,
  });
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
}
