import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import waiversSchema from '../../schemas/files/waivers.schema.json' with { type: 'json' };
import type { Waiver } from '../model/waiver.ts';
import { waiverName } from './waive.ts';

export type ReadWaivers =
  { readonly ok: true; readonly waivers: readonly Waiver[] } | { readonly ok: false; readonly problem: string };

/**
 * Reads a file of waivers; `schemas/files/waivers.schema.json` describes it.
 *
 * @returns its waivers, or what is wrong and where, to stand behind the file's name
 */
export function readWaiverFile(text: string): ReadWaivers {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    return { ok: false, problem: `not JSON (${error instanceof Error ? error.message : 'unreadable'})` };
  }
  const ajv = new Ajv2020();
  addFormats.default(ajv);
  const validate = ajv.compile<{ readonly waivers: readonly Waiver[] }>(waiversSchema);
  if (!validate(value)) {
    const [first] = validate.errors ?? [];
    const place = first === undefined || first.instancePath === '' ? 'at its root' : `at ${first.instancePath}`;
    return {
      ok: false,
      problem: `${place} it ${first?.message ?? 'is wrong'}${hint(first?.instancePath ?? '')}; schemas/files/waivers.schema.json describes the file`,
    };
  }
  const names = value.waivers.map(waiverName);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  return twice === undefined
    ? { ok: true, waivers: value.waivers }
    : { ok: false, problem: `it waives ${twice} twice; keep one of them` };
}

function hint(place: string): string {
  if (place.endsWith('/id')) return ' (one requirement each, no wildcards)';
  return place.endsWith('/until') ? ' (YYYY-MM-DD)' : '';
}

/** Waivers as the text of their file, sorted, so that two people who add some can merge them. */
export function waiverFileText(waivers: readonly Waiver[]): string {
  const sorted = [...waivers].sort((a, b) => compared(a.id, b.id) || compared(a.case ?? '', b.case ?? ''));
  const ordered = sorted.map(({ id, case: of, reason, owner, until }) => ({
    id,
    ...(of !== undefined && { case: of }),
    reason,
    owner,
    until,
  }));
  return `${JSON.stringify({ waivers: ordered }, null, 2)}\n`;
}

function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The waivers with one more; it takes the place of an earlier one of the same. */
export function withWaiver(waivers: readonly Waiver[], waiver: Waiver): readonly Waiver[] {
  return [...waivers.filter((w) => waiverName(w) !== waiverName(waiver)), waiver];
}
