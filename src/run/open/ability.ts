import type { Identity } from '../../exchange/credentials.ts';
import type { Contract, StateName } from '../../model/contract.ts';
import type { CredentialKind } from '../../model/exchange.ts';
import type { StateSource } from '../../model/states.ts';
import type { SkipCause } from '../../model/verdict.ts';
import { proposed } from '../../settings/command-line.ts';
import type { Settings } from '../../settings/settings.ts';
import type { SettingName } from '../../settings/table.ts';
import { quantity } from '../../values/words.ts';

/** Why something is deliberately not exercised. */
export interface Skip {
  readonly cause: SkipCause;
  readonly reason: string;
  /** The command line that would exercise it, where there is one. */
  readonly exercise?: string;
}

/** What a run is able and allowed to do; asked while planning, so that nothing is sent in vain. */
export interface Ability {
  /** Null when scripts of effect `own` may be sent. */
  readonly changesRefused: Skip | null;
  /** Null when subjects in that state can be had. */
  readonly stateRefused: (state: StateName) => Skip | null;
  /** Null when the run can present such credentials. */
  readonly credentialRefused: (kind: CredentialKind) => Skip | null;
  /** How many subjects there are to spend. */
  readonly subjects: number | 'unlimited';
  /** What to say of cases that got no subject. */
  readonly exhausted: Skip;
  /** Set where what a sibling of the operation may serve is not asked at all. */
  readonly siblingsUnknown?: Skip;
  /** How many exchanges may be planned, and what to say of cases beyond; absent for any number. */
  readonly budget?: { readonly exchanges: number; readonly skip: Skip };
}

/** What a run could do that lacks nothing: planned with it, a catalogue tells all that it asks for. */
export const boundless: Ability = {
  changesRefused: null,
  stateRefused: () => null,
  credentialRefused: () => null,
  subjects: 'unlimited',
  exhausted: { cause: 'subjects', reason: 'there is no subject left' },
};

/** What a run with these settings can and may do. */
export function abilityOf(
  contract: Contract,
  settings: Settings,
  identity: Identity,
  source: StateSource | null,
): Ability {
  const exercise = commandToChange(contract, settings);
  const refusal = (reason: string): Skip => ({ cause: 'effects', reason, exercise });
  return {
    changesRefused:
      settings.changes === 'allowed' && (source !== null || contract.subject === null)
        ? null
        : refusal(
            contract.subject === null
              ? 'it may change something, and this run may not: a live target is only read unless changes are allowed'
              : 'it changes a subject, and this run may not: a live target is only read unless changes are allowed',
          ),
    stateRefused: (state: StateName) =>
      source?.offers(state) === true
        ? null
        : {
            cause: 'subjects',
            reason: `${source?.says ?? 'this run'} offers no subject in the state '${state}'`,
            exercise: commandWithStates(settings),
          },
    credentialRefused: (kind) => {
      const presented = identity.resolve(kind);
      return presented.kind === 'headers'
        ? null
        : {
            cause: 'credentials',
            reason: presented.reason,
            exercise: withCredentials(presented.exercise, settings),
          };
    },
    subjects: contract.subject === null ? 'unlimited' : (source?.left() ?? 0),
    exhausted: {
      cause: 'subjects',
      reason: `${source?.says ?? 'this run'} has no subject left for it`,
      exercise: commandWithStates(settings),
    },
    ...(settings.budget !== null && { budget: budgetOf(contract, settings, settings.budget) }),
  };
}

/** What signing in and the pre-flight may cost is set aside. */
function budgetOf({ routes }: Contract, settings: Settings, budget: number): NonNullable<Ability['budget']> {
  const { target } = settings;
  const ways = target.kind === 'live' ? [target.auth.kind, target.auth.lesser?.kind] : [target.auth];
  const aside = routes.length + ways.filter((kind) => kind === 'session').length;
  return {
    exchanges: Math.max(0, Math.floor((budget - aside) / settings.repeat)),
    skip: {
      cause: 'budget',
      reason: `the budget of ${quantity(budget, 'exchange')} goes to what more requirements judge`,
      exercise: commandFor(settings, ['budget'], ''),
    },
  };
}

/** What says whether something may be changed, and on what. */
const ofChanges: readonly SettingName[] = ['connections', 'states', 'subjectsCommand', 'allowChanges'];

function commandToChange({ subject }: Contract, settings: Settings): string {
  return commandFor(settings, ofChanges, subject === null ? '--allow-changes' : '--connections FILE --allow-changes');
}

function commandWithStates(settings: Settings): string {
  return commandFor(settings, ofChanges, '--states URL --allow-changes');
}

/** `CONFORM_TOKEN=… conform --auth bearer`, with what was said besides. */
function withCredentials(exercise: string, settings: Settings): string {
  const [, variable = '', words = ''] = /^(.*)\bconform\b ?(.*)$/.exec(exercise) ?? [];
  return `${variable}${commandFor(settings, words === '' ? [] : ['auth'], words)}`;
}

function commandFor({ target, commandLine }: Settings, of: readonly SettingName[], words: string): string {
  return proposed(commandLine, target.kind === 'live' ? (target.name ?? target.url.href) : null, { of, words });
}
