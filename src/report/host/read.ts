import type { ValidateFunction } from 'ajv/dist/2020.js';
import hostSchema from '../../../schemas/files/host-report.schema.json' with { type: 'json' };
import reportSchema from '../../../schemas/files/report.schema.json' with { type: 'json' };
import type { HostHead, HostReport } from '../../model/host-report.ts';
import type { Redacted } from '../../model/redacted.ts';
import type { Report } from '../../model/report.ts';
import { createAjv } from '../../schema/ajv.ts';
import { isObject, whereNotJson } from '../../values/json.ts';

/** A JSON report of several operations as read. */
export interface ReadHost extends Pick<HostReport, 'startedAt' | 'interrupted'> {
  readonly head: HostHead;
  readonly reports: readonly Redacted<Report>[];
}

export type ReadHostReport =
  { readonly ok: true; readonly read: ReadHost } | { readonly ok: false; readonly problem: string };

type HostFile = HostHead & Pick<HostReport, 'startedAt' | 'interrupted'> & { readonly operations: Redacted<Report>[] };

/** The reports of all shards are held against one: it is made once, with the first. */
let validator: ValidateFunction<HostFile> | undefined;

function compiled(): ValidateFunction<HostFile> {
  const ajv = createAjv({ allowUnionTypes: true });
  ajv.addSchema(reportSchema);
  return ajv.compile<HostFile>(hostSchema);
}

/**
 * Reads what `--report json=FILE` wrote of several operations; it was redacted then.
 *
 * @returns the report, or what is wrong, to stand behind the file's name
 */
export function readHostReport(text: string): ReadHostReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { ok: false, problem: `is not JSON (${whereNotJson(text, error)}); name what --report json=FILE wrote` };
  }
  if (isObject(value) && 'requirements' in value)
    return { ok: false, problem: 'is the report of one operation; merge takes those of --contracts with --shard' };
  const version = isObject(value) ? value['schemaVersion'] : undefined;
  if (typeof version === 'number' && version !== 1)
    return {
      ok: false,
      problem: `has schemaVersion ${version}, this version reads 1: make it again with this version`,
    };
  const validate = (validator ??= compiled());
  if (!validate(value)) {
    const [first] = validate.errors ?? [];
    const place = first === undefined || first.instancePath === '' ? 'at its root' : `at ${first.instancePath}`;
    return { ok: false, problem: `is no report of several operations: ${place} it ${first?.message ?? 'is none'}` };
  }
  const { operations, startedAt, interrupted, ...head } = value;
  return { ok: true, read: { head, reports: operations, startedAt, interrupted } };
}
