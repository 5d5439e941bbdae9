import type { Recorded } from '../../model/exchange.ts';
import { quantity } from '../../values/words.ts';
import { anew, presenceOf, type Presence } from './presence.ts';
import type { Obstacle, Run } from '../run.ts';
import { areAlike, formOf } from './signs.ts';

/** A host that served the operation when a run began, and does not when it ends. */
export interface Gone {
  readonly obstacle: Obstacle;
  /** The exchanges that it did not serve any more. */
  readonly since: ReadonlySet<Recorded>;
}

/**
 * Looks whether the host is still there, as the pre-flight did.
 *
 * @returns null where it is, where nothing may be asked, or where a limit of the run forbids to ask
 */
export async function goneSince(run: Run): Promise<Gone | null> {
  const ended = [...run.ended];
  const presence = await presenceOf(anew(run));
  const says = departure(presence);
  if (says === null) return null;
  // While the last answer of the old host was under way, others may have met the new one already.
  const served = ended.filter(({ exchange }) => !isLikeNow(exchange, presence));
  const since = new Set(
    ended
      .slice(served.at(-1)?.after ?? 0)
      .map(({ exchange }) => exchange)
      .filter((exchange) => isLikeNow(exchange, presence)),
  );
  return {
    since,
    obstacle: {
      kind: presence.kind === 'not there' ? 'not there' : 'unreachable',
      says: `The host went away during the run, after ${quantity(ended.length - since.size, 'exchange')}: ${says} What came after is not judged.`,
    },
  };
}

function departure(presence: Presence): string | null {
  switch (presence.kind) {
    case 'there':
    case 'unasked':
      return null;
    case 'not there':
      return presence.says;
    case 'unreachable': {
      const { kind, message } = presence.failure;
      return kind === 'withheld' || kind === 'interrupted' ? null : `${message}.`;
    }
  }
}

/** Whether an exchange may have met the host as it is now. */
function isLikeNow({ outcome, request }: Recorded, presence: Presence): boolean {
  if (outcome.kind === 'failure') return true;
  if (presence.kind !== 'not there') return false;
  const form = formOf(outcome.response, request.url);
  return [...presence.forms.values()].some((each) =>
    request.method === 'HEAD' ? each.status === form.status : areAlike(each, form),
  );
}
