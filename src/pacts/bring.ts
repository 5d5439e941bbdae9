import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { decodeText } from '../settings/files.ts';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { wayTo } from '../run/open/way.ts';
import { UsageError } from '../settings/problems.ts';
import type { Settings } from '../settings/settings.ts';
import type { World } from '../settings/world.ts';
import { pactAt, pactsFor, type PactOfBroker } from './broker.ts';
import { consumerOf, type BroughtPact } from './brought.ts';
import { nameOf, openHal, type Hal } from './hal.ts';
import { readPact } from './pact.ts';
import type { PactWish } from './wish.ts';

/** The pacts of a run, ready for the verifier. */
export interface Brought {
  readonly pacts: readonly BroughtPact[];
  /** What a report must say of them: which they are, and which were set aside. */
  readonly notes: readonly string[];
  /** The way to the broker that they come from; null for files. */
  readonly hal: Hal | null;
  /** Gives back what was opened for them. */
  readonly close: () => void;
}

/**
 * Brings the pacts that a person wants verified: reads the files, or asks the broker.
 *
 * @throws UsageError when there is nothing to verify, or a file is no pact
 * @throws InconclusiveError when a broker cannot be asked, or a pact that it names cannot be had
 */
export async function bringPacts(
  wish: PactWish,
  settings: Pick<Settings, 'timeoutMs' | 'concurrency'>,
  world: Pick<World, 'env' | 'signal' | 'elapsed' | 'redactor'>,
): Promise<Brought> {
  const { source } = wish;
  if (source.kind === 'files')
    return ofProvider(wish, { pacts: fromFiles(source.paths), notes: [], hal: null, close: () => undefined });
  const way = wayTo(source.url, source.tls, settings, world);
  const hal = openHal(source.url, source.credentials, way.engine, world.signal);
  const folder = mkdtempSync(join(tmpdir(), 'pacts-'));
  const close = (): void => {
    hal.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const given = source.kind === 'broker' ? await pactsFor(hal, source.choice) : [await pactAt(hal)];
    if (given.length === 0)
      throw new UsageError(
        `the broker ${nameOf(source.url)} has no pact for ${wish.provider ?? 'this provider'} that the selectors choose`,
      );
    const unchecked =
      source.tls.insecure === true && source.url.protocol === 'https:'
        ? ["the broker's certificate was not verified (--insecure): what answered may not be the broker"]
        : [];
    return ofProvider(wish, { pacts: written(given, folder), notes: unchecked, hal, close });
  } catch (error) {
    close();
    throw error;
  }
}

function fromFiles(paths: readonly string[]): readonly BroughtPact[] {
  return paths.map((path): BroughtPact => {
    const read = readPact(decodeText(readFileSync(path)), basename(path));
    if (!read.ok) throw new UsageError(read.problem);
    return { pact: read.pact, path, from: { kind: 'file' } };
  });
}

function written(given: readonly PactOfBroker[], folder: string): readonly BroughtPact[] {
  return given.map(({ pact, text, from }, i) => {
    const path = join(folder, `${String(i)}.json`);
    writeFileSync(path, text);
    return { pact, path, from };
  });
}

/** Pacts of other providers say nothing of this host. */
function ofProvider(wish: PactWish, brought: Brought): Brought {
  const { provider } = wish;
  const pacts = brought.pacts.filter(({ pact }) => provider === null || pact.provider === provider);
  const aside = brought.pacts.filter((each) => !pacts.includes(each));
  if (pacts.length === 0) {
    const others = [...new Set(aside.map(({ pact }) => pact.provider))];
    throw new UsageError(
      `there is no pact with ${provider ?? 'any provider'}, only with ${others.join(', ')}; name the one that is meant with --provider`,
    );
  }
  const wanted = pacts.flatMap(({ pact }) => pact.interactions);
  if (wanted.length === 0) throw new UsageError('the pacts hold no interaction, so there is nothing to verify');
  const { only } = wish;
  if (only !== null && !wanted.some(({ description }) => description.includes(only)))
    throw new UsageError(`no interaction's description holds '${only}', so nothing was verified`);
  return { ...brought, pacts, notes: [...pacts.map(noteOf), ...aside.map(asideNote), ...brought.notes] };
}

function noteOf(brought: BroughtPact): string {
  const { from, path } = brought;
  const whence =
    from.kind === 'file'
      ? `from ${basename(path)}`
      : [from.chosenAs ?? 'named by its address', ...(from.pending ? ['pending'] : [])].join('; ');
  return `pact of ${consumerOf(brought)}: ${whence}`;
}

function asideNote({ pact, from, path }: BroughtPact): string {
  const place = from.kind === 'file' ? `${basename(path)}, ` : '';
  return `set aside: ${place}a pact of ${pact.consumer} with ${pact.provider}`;
}
