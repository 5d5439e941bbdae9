import { spawn, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { World } from '../settings/world.ts';
import { literally } from '../values/words.ts';
import { readResult, type Verifier, type VerifierAnswer, type VerifierJob } from './verifier.ts';

/**
 * The whole program of the child. Pact's native code prints to file descriptor 1 and can take its process with it, so
 * it gets one of its own; the child ends with its parent, whatever ends that.
 */
const program = `
process.once('disconnect', () => process.exit(1));
process.on('message', async ({ core, options, filter }) => {
  if (filter === null) delete process.env.PACT_DESCRIPTION; else process.env.PACT_DESCRIPTION = filter;
  try {
    const { default: imported } = await import(core);
    process.send({ text: await (imported.default ?? imported).verifyPacts(options) });
  } catch (error) {
    process.send({ text: error.message });
  }
});
`;

/**
 * Pact's verifier in a child process, one for all pacts, begun anew where it ends early; the package is looked for only
 * when a pact is to be verified, since `conform run` does without it.
 *
 * @param world its environment goes to the child, less what could change what is verified
 * @param from the module whose packages are looked through
 */
export function pactVerifier({ env }: Pick<World, 'env'>, from: string = import.meta.url): Verifier {
  let child: ChildProcess | null = null;
  return {
    verify: async (job, signal) => {
      const core = findCore(from);
      if (core === null) {
        return {
          kind: 'failed',
          cause: 'not-installed',
          reason: 'conform verify needs Pact, which is not installed: npm install --save-dev @pact-foundation/pact',
        };
      }
      if (child === null || child.exitCode !== null || child.signalCode !== null) child = start(env);
      return answerOf(child, { core, options: optionsOf(job), filter: filterOf(job) }, signal);
    },
    close: () => {
      child?.kill('SIGKILL');
    },
  };
}

function findCore(from: string): string | null {
  const require = createRequire(from);
  try {
    return pathToFileURL(require.resolve('@pact-foundation/pact-core')).href;
  } catch {
    // A package manager may keep it below the package that depends on it.
  }
  try {
    return pathToFileURL(createRequire(require.resolve('@pact-foundation/pact')).resolve('@pact-foundation/pact-core'))
      .href;
  } catch {
    return null;
  }
}

function optionsOf(job: VerifierJob): object {
  return {
    providerBaseUrl: job.providerUrl,
    providerStatesSetupUrl: job.statesUrl,
    providerStatesSetupBody: true,
    providerStatesSetupTeardown: true,
    // A redirect that was followed would be judged by where it leads.
    followRedirects: false,
    timeout: job.timeoutMs + 2000,
    logLevel: 'error',
    pactUrls: [job.path],
  };
}

/** The verifier takes it as a regular expression, from its environment. */
function filterOf({ only }: VerifierJob): string | null {
  return only === null ? null : literally(only);
}

/** Without what else Pact would read from it: a broker, a filter or a wish to publish that this command line does not name. */
function start(env: World['env']): ChildProcess {
  const own = Object.entries(env).filter(
    ([name, value]) => value !== undefined && !/^(PACT|CONFORM)_|^NO_PROXY$/i.test(name),
  );
  return spawn(process.execPath, ['--input-type=module', '--eval', program], {
    env: {
      ...(Object.fromEntries(own) as Record<string, string>),
      NO_PROXY: ['127.0.0.1', ...[env['NO_PROXY'] ?? env['no_proxy'] ?? []].flat()].join(','),
      PACT_DO_NOT_TRACK: 'true',
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

function answerOf(child: ChildProcess, message: object, signal: AbortSignal): Promise<VerifierAnswer> {
  return new Promise((resolve) => {
    let complaint = '';
    const listen = (chunk: Buffer): void => {
      complaint = (complaint + chunk.toString('utf8')).slice(-4000);
    };
    const kill = (): void => {
      child.kill('SIGKILL');
    };
    const failed = (reason: string): VerifierAnswer => ({
      kind: 'failed',
      ...(signal.aborted ? { cause: 'stopped', reason: 'the verifier was stopped' } : { cause: 'pacts', reason }),
    });
    const said = (answer: unknown): void => {
      end(readResult((answer as { readonly text: string }).text));
    };
    const broke = (error: Error): void => {
      end(failed(`the verifier could not be started: ${error.message}`));
    };
    const closed = (code: number | null, ended: string | null): void => {
      const last = complaint.trim().split('\n').at(-1) ?? '';
      end(failed(`the verifier ended without a result (${ended ?? String(code)}) ${last}`.trim()));
    };
    const end = (answer: VerifierAnswer): void => {
      signal.removeEventListener('abort', kill);
      child.off('message', said).off('error', broke).off('close', closed);
      child.stdout?.off('data', listen);
      child.stderr?.off('data', listen);
      // Nobody reads on, and a full pipe would hold the child up.
      child.stdout?.resume();
      child.stderr?.resume();
      resolve(answer);
    };
    child.on('message', said).on('error', broke).on('close', closed);
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    signal.addEventListener('abort', kill, { once: true });
    if (signal.aborted) kill();
    else child.send(message);
  });
}
