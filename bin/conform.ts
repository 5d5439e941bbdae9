#!/usr/bin/env node
// Before anything else is loaded: an older Node would stumble over the syntax of what follows and say something obscure.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `conform needs Node 20.19 or newer; this is Node ${process.versions.node}. Install a newer one and run it again.\n`,
  );
  process.exitCode = 2;
} else {
  const { setFlagsFromString } = await import('node:v8');
  // A target may send as much as it likes: memory is given back sooner than a program with a machine of its own would.
  setFlagsFromString('--heap-growing-percent=50');
  const { main } = await import('./main.ts');
  const { terminalOf } = await import('./console.ts');
  const { createRedactor } = await import('../src/exchange/redact.ts');
  const { setTimeout } = await import('node:timers/promises');
  const stop = new AbortController();
  const interrupt = (): void => {
    if (stop.signal.aborted) process.exit(130);
    stop.abort();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  // Where a reader goes away (conform | head), the output ends and the run does not. What could not be written at all, on a
  // disk that is full, was told to nobody: that is no success.
  let untold = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || untold) return;
    untold = true;
    const why = error.code === 'ENOSPC' ? 'the disk is full' : error.message;
    process.stderr.write(`Standard output cannot be written: ${why}; send it elsewhere.\n`);
  });
  process.stderr.on('error', () => undefined);
  process.on('exit', (code) => {
    if (untold && code === 0) process.exitCode = 2;
  });
  process.exitCode = await main({
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    redactor: createRedactor(),
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
