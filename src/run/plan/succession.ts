import type { NonEmpty } from '../../model/contract.ts';
import type { Case, Composer, Composition, Succeeds } from '../../model/requirement.ts';
import { merged } from './merge-options.ts';

/**
 * Which calls of a script succeed, and what they were composed from, so that one call can carry what several scripts ask
 * for. `open` where nobody has said anything yet; `apart` where it must stay as it is.
 */
export type Succession = 'open' | 'apart' | { readonly succeeds: Succeeds; readonly calls: NonEmpty<Composition> };

/** What a case says of its script. */
export function successesOf({ succeeds, script }: Pick<Case, 'succeeds' | 'script'>, c: Composer): Succession {
  const { subjects, steps } = script;
  if (succeeds === null || subjects[0] !== c.fresh) return 'apart';
  const asked = succeeds === 'the first' || succeeds === 'in passing' ? [steps[0]] : steps;
  const calls = asked.flatMap((step, i): readonly Composition[] => {
    const composition = c.compositionOf(step);
    // Each is the first on a subject of its own, which is fresh.
    const isFirst = (composition?.options.about === 'other') === (i === 1) && (i === 0 || subjects[i] === c.fresh);
    return composition === null || !isFirst ? [] : [withoutSubject(composition)];
  });
  const [first, ...others] = calls;
  return first === undefined || calls.length < asked.length ? 'apart' : { succeeds, calls: [first, ...others] };
}

function withoutSubject({ route, options }: Composition): Composition {
  const said = Object.entries(options).filter(([name]) => name !== 'about');
  return { route, options: Object.fromEntries(said) };
}

/**
 * What holds of a script that stands for another as well: of the same one, or of one that it begins with.
 *
 * @param longer what is known of it
 * @param other what is said of the other
 */
export function sharedWith(longer: Succession, other: Succession, c: Composer): Succession {
  if (longer === 'open') return typeof other === 'string' ? other : { ...other };
  if (other === 'open') return longer;
  if (longer === 'apart' || other === 'apart') return 'apart';
  const [first, ...calls] = longer.calls;
  const options = merged(first.options, other.calls[0].options, c);
  if (options === null) return 'apart';
  // What one of them asks for in earnest is no longer asked in passing.
  const succeeds = longer.succeeds === 'in passing' ? other.succeeds : longer.succeeds;
  return { succeeds, calls: [{ ...first, options }, ...calls] };
}
