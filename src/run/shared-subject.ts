import type { NonEmpty } from '../model/contract.ts';
import type { ExchangeId, Recorded, RequestTemplate, Subject } from '../model/exchange.ts';
import type { Refuses } from '../model/requirement.ts';
import { quantity } from '../values/words.ts';
import type { PlannedScript } from './plan.ts';
import type { Run, ScriptResult } from './run.ts';
import { exchangeId, lastKey, stepKeys } from './script-key.ts';
import { BEGINNINGS, drawnFor, reasonToHold, sendStep, setUpState, whyNotBegun, type SentStep } from './sending.ts';

/** What several scripts have in common that share a subject. */
export interface SharedSubject {
  /** The same for all of them, and for no others. */
  readonly name: string;
  readonly refuses: Refuses;
  /** Sent at the end: it succeeds where the refusals before left the subject as it was. */
  readonly success: RequestTemplate;
}

/** Scripts of which some, or all together, share a subject from now on. */
export function sharing(
  group: readonly {
    readonly planned: PlannedScript;
    readonly refuses: Refuses;
    readonly success: RequestTemplate;
  }[],
): readonly PlannedScript[] {
  const name = group[0]?.planned.key ?? '';
  return group.map(({ planned, refuses, success }) => {
    const own = refuses === 'every request' ? null : (planned.script.steps.at(-1) ?? null);
    return { ...planned, shares: { name, refuses, success: own ?? success } };
  });
}

/** Scripts that are to be sent on one subject, with those of them that may have changed one before. */
interface Batch {
  readonly scripts: readonly PlannedScript[];
  readonly inDoubt: ReadonlyMap<PlannedScript, ScriptResult>;
  /** The how manieth time it is begun where the target asks to come again later, from 1. */
  readonly beginning: number;
}

/** What was sent of one script. */
interface Refused {
  readonly planned: PlannedScript;
  readonly exchanges: readonly Recorded[];
  readonly ending: 'refused' | 'carried out' | 'come again' | { readonly heldBack: string };
}

/**
 * Sends scripts of refusals on one subject, and a success at the end. Where that fails, or a refusal was none, those that
 * may have changed the subject are in doubt: they are halved, each half on a fresh subject, until each is told from the
 * others. Where no subject is left for that, all that are in doubt have failed, and each is told with the others.
 *
 * @param group that shares a subject, as `sharing` says
 * @param run results are kept in those of the run
 */
export async function sendShared(group: readonly PlannedScript[], run: Run): Promise<void> {
  const queue: Batch[] = group.length === 0 ? [] : [{ scripts: group, inDoubt: new Map(), beginning: 1 }];
  for (let batch = queue.shift(); batch !== undefined; batch = queue.shift())
    queue.push(...(await sendBatch(batch, run)));
}

/** @returns what is still to be sent */
async function sendBatch({ scripts, inDoubt, beginning }: Batch, run: Run): Promise<readonly Batch[]> {
  const [first] = scripts;
  if (first?.shares === undefined) return [];
  const made = whyNotBegun(first, run) ?? (await setUpState(run.composer.fresh, run));
  if (made.kind === 'not-run') {
    for (const planned of scripts) run.results.set(planned.key, inDoubt.get(planned) ?? made);
    return [];
  }
  const { subject } = made;
  const sent: Refused[] = [];
  for (const planned of scripts) {
    sent.push(await sendRefusals(planned, subject, run, beginning));
    if (sent.at(-1)?.ending !== 'refused') break;
  }
  const end = await sendSuccess(first.shares.success, subject, run, beginning);
  await run.source?.tearDown(run.composer.fresh, subject);
  return told(sent, end, { scripts, inDoubt, beginning }, subject, run);
}

function told(
  sent: readonly Refused[],
  end: SentStep | null,
  { scripts, inDoubt, beginning }: Batch,
  subject: Subject,
  run: Run,
): readonly Batch[] {
  const last = sent.at(-1);
  const again = last?.ending === 'come again' && beginning < BEGINNINGS;
  const settled = again ? sent.slice(0, -1) : sent;
  const behind = scripts.slice(settled.length);
  const later: Batch[] =
    behind.length === 0 ? [] : [{ scripts: behind, inDoubt, beginning: again ? beginning + 1 : beginning }];
  const keep = (each: Refused, doubt: string | null): ScriptResult =>
    resultOf(each, end?.recorded ?? null, doubt, subject, run);
  const found = settled.filter(({ ending }) => ending !== 'refused');
  const others = settled.filter(({ ending }) => ending === 'refused');
  for (const each of found) run.results.set(each.planned.key, keep(each, null));
  const outcome = end?.recorded.outcome;
  const isSound = outcome?.kind === 'response' && outcome.response.status < 300;
  if (isSound || (others.length === 1 && found.length === 0 && !again)) {
    for (const each of others) run.results.set(each.planned.key, keep(each, null));
    return later;
  }
  const names = others.map(({ planned }) => planned.key).join(', ');
  const doubt = `one of ${quantity(others.length, 'script')} on one subject changed it (${names}), and there is no subject left to tell which`;
  const half = Math.ceil(others.length / 2);
  const halves = [others.slice(0, half), others.slice(half)].filter((part) => part.length > 0);
  return [
    ...later,
    ...halves.map((part): Batch => ({
      scripts: part.map(({ planned }) => planned),
      inDoubt: new Map(part.map((each) => [each.planned, keep(each, doubt)])),
      beginning: 1,
    })),
  ];
}

/** The requests that must be refused, until one of them is not. */
async function sendRefusals(planned: PlannedScript, subject: Subject, run: Run, beginning: number): Promise<Refused> {
  const { script, exchanges: ids, effect, shares } = planned;
  const steps = shares?.refuses === 'all but the last' ? script.steps.slice(0, -1) : script.steps;
  const exchanges: Recorded[] = [];
  for (const [i, template] of steps.entries()) {
    const id = ids[i];
    const heldBack = reasonToHold(template, run);
    if (heldBack !== null || id === undefined) return { planned, exchanges, ending: { heldBack: heldBack ?? '' } };
    const { recorded, comeAgain } = await sendStep(
      { id, template, effect, beginning },
      subjectsOf(planned, subject, run),
      run,
    );
    exchanges.push(recorded);
    if (comeAgain) return { planned, exchanges, ending: 'come again' };
    if (recorded.outcome.kind === 'failure' || recorded.outcome.response.status < 300)
      return { planned, exchanges, ending: 'carried out' };
  }
  return { planned, exchanges, ending: 'refused' };
}

async function sendSuccess(
  template: RequestTemplate,
  subject: Subject,
  run: Run,
  beginning: number,
): Promise<SentStep | null> {
  if (reasonToHold(template, run) !== null) return null;
  const id: ExchangeId = exchangeId(lastKey(stepKeys({ subjects: [run.composer.fresh], steps: [template] })));
  return sendStep({ id, template, effect: 'own', beginning }, [subject], run);
}

/** Other subjects of a script are drawn, as its key says. */
function subjectsOf({ script, key }: PlannedScript, subject: Subject, run: Run): NonEmpty<Subject> {
  const [, ...others] = script.subjects;
  return [subject, ...others.map((_, i) => drawnFor(key, i + 1, run))];
}

function resultOf(
  { planned, exchanges, ending }: Refused,
  success: Recorded | null,
  doubt: string | null,
  subject: Subject,
  run: Run,
): ScriptResult {
  const ownId = planned.shares?.refuses === 'all but the last' ? planned.exchanges.at(-1) : undefined;
  const own = ownId === undefined || success === null ? [] : [{ ...success, id: ownId }];
  return {
    kind: 'ran',
    exchanges: [...exchanges, ...own],
    subjects: subjectsOf(planned, subject, run),
    ...(typeof ending === 'object' && { heldBack: ending.heldBack }),
    ...(doubt !== null && { doubt }),
  };
}
