import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { World } from '../settings/world.ts';
import { readResult, type Verifier, type VerifierAnswer, type VerifierJob } from './verifier.ts';

/**
 * The whole program of the child. Pact's native code prints to file descriptor 1 and can take its process with it, so
 * it gets one of its own; the child ends with its parent, whatever ends that.
 */
const program = `
process.once('disconnect', () => process.exit(1));
process.once('message', async ({ core, options }) => {
  const { default: imported } = await import(core);
  const pact = imported.default ?? imported;
  const text = await pact.verifyPacts(options).catch((error) => error.message);
  process.send({ text }, () => process.exit(0));
});
process.send('ready');
`;

/**
 * Pact's verifier in a child process; the package is looked for only now, since `conform run` does without it.
 *
 * @param world its environment goes to the child, less what could change what is verified
 * @param from the module whose packages are looked through
 */
export function pactVerifier({ env }: Pick<World, 'env'>, from: string = import.meta.url): Verifier {
  return async (job, signal) => {
    const core = findCore(from);
    if (core === null) {
      return {
        kind: 'failed',
        cause: 'not-installed',
        reason: 'conform verify needs Pact, which is not installed: npm install --save-dev @pact-foundation/pact',
      };
    }
    return runChild({ core, options: optionsOf(job, env) }, childEnv(job, env), signal);
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

function optionsOf(job: VerifierJob, env: World['env']): object {
  const shared = {
    providerBaseUrl: job.providerUrl,
    providerStatesSetupUrl: job.statesUrl,
    providerStatesSetupBody: true,
    providerStatesSetupTeardown: true,
    // A redirect that was followed would be judged by where it leads.
    followRedirects: false,
    timeout: job.timeoutMs + 2000,
    logLevel: 'error',
  };
  if (job.pacts.kind === 'files') return { ...shared, pactUrls: job.pacts.paths };
  const { url, provider, selectors, publish } = job.pacts;
  return {
    ...shared,
    provider,
    pactBrokerUrl: url,
    consumerVersionSelectors: selectors,
    enablePending: true,
    failIfNoPactsFound: false,
    ...given('pactBrokerToken', env['PACT_BROKER_TOKEN']),
    ...given('pactBrokerUsername', env['PACT_BROKER_USERNAME']),
    ...given('pactBrokerPassword', env['PACT_BROKER_PASSWORD']),
    ...(publish === null
      ? {}
      : {
          publishVerificationResult: true,
          providerVersion: publish.version,
          ...given('providerVersionBranch', publish.branch),
        }),
  };
}

function given(name: string, value: string | null | undefined): object {
  return value === undefined || value === null || value === '' ? {} : { [name]: value };
}

/** Without what else Pact would read from it: a broker, a filter or a wish to publish that this command line does not name. */
function childEnv(job: VerifierJob, env: World['env']): Record<string, string> {
  const own = Object.entries(env).filter(
    ([name, value]) => value !== undefined && !/^(PACT|CONFORM)_|^NO_PROXY$/i.test(name),
  );
  return {
    ...(Object.fromEntries(own) as Record<string, string>),
    NO_PROXY: ['127.0.0.1', ...[env['NO_PROXY'] ?? env['no_proxy'] ?? []].flat()].join(','),
    PACT_DO_NOT_TRACK: 'true',
    ...(job.only === null ? {} : { PACT_DESCRIPTION: job.only.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&') }),
  };
}

function runChild(message: object, env: Record<string, string>, signal: AbortSignal): Promise<VerifierAnswer> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let answer: VerifierAnswer | null = null;
    let complaint = '';
    const kill = (): void => {
      child.kill('SIGKILL');
    };
    const end = (otherwise: VerifierAnswer): void => {
      signal.removeEventListener('abort', kill);
      resolve(answer?.kind === 'finished' ? { ...answer, unpublished } : (answer ?? otherwise));
    };
    signal.addEventListener('abort', kill, { once: true });
    if (signal.aborted) kill();
    // What Pact could not publish it only prints; the rest of its output repeats the result.
    let unpublished: string | null = null;
    const listen = (chunk: Buffer): void => {
      const said = complaint + chunk.toString('utf8');
      unpublished ??=
        /Publishing of verification results failed with an error: ([^\n]*)\n/.exec(said)?.[1]?.trim() ?? null;
      complaint = said.slice(-4000);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.on('message', (said) => {
      if (said === 'ready') child.send(message);
      else answer = readResult((said as { readonly text: string }).text);
    });
    child.on('error', (error) => {
      end({ kind: 'failed', cause: 'pacts', reason: `the verifier could not be started: ${error.message}` });
    });
    child.on('close', (code, ended) => {
      const last = complaint.trim().split('\n').at(-1) ?? '';
      end(
        signal.aborted
          ? { kind: 'failed', cause: 'stopped', reason: 'the verifier was stopped' }
          : {
              kind: 'failed',
              cause: 'pacts',
              reason: `the verifier ended without a result (${ended ?? String(code)}) ${last}`.trim(),
            },
      );
    });
  });
}
