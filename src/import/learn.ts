import type { Contract } from '../model/contract.ts';
import type { Profile } from '../model/profile.ts';
import type { Answer } from './host.ts';
import { probeHost } from './probe.ts';

/** What the documents of a host tell of how it writes, as far as one of its contracts shows it. */
export function learnt(
  contract: Contract,
  answers: { readonly app: Answer; readonly types: Answer },
): ReturnType<typeof probeHost> {
  const { profile, ...told } = probeHost({ ...answers, sample: sampleIn(contract) }, contract);
  const casing = answers.app.kind === 'none' ? (sampledCasing(contract) ?? profile.casing) : profile.casing;
  const { frameworkVersion = contract.sources.find(({ version }) => version !== undefined)?.version } = profile;
  return { profile: { ...profile, casing, ...(frameworkVersion !== undefined && { frameworkVersion }) }, ...told };
}

/** Whether a sample tells how Guids are written. */
export function showsGuid({ exchanges }: Contract): boolean {
  return exchanges.some(
    ({ format, request, response }) =>
      format.startsWith('json') && /\b0{8}-?(?:0{4}-?){3}0{12}\b/.test(request.body + response.body),
  );
}

/** What the documents print of exchanges in JSON, as a page would. */
function sampleIn({ exchanges }: Contract): Answer {
  const printed = exchanges.filter(({ format }) => format.startsWith('json'));
  if (printed.length === 0) return { kind: 'none', reason: 'no sample in JSON is among the sources' };
  const text = printed.map(({ request, response }) => `${request.body}\n${response.body}`).join('\n');
  return { kind: 'answer', status: 200, mediaType: '', location: null, text };
}

function sampledCasing({ exchanges }: Contract): Profile['casing'] | null {
  const json = exchanges.find(({ format }) => format === 'json' || format === 'jsonl');
  const [, first] = /"([A-Za-z])\w*"\s*:/.exec(`${json?.request.body ?? ''}${json?.response.body ?? ''}`) ?? [];
  return first === undefined ? null : first === first.toLowerCase() ? 'camel' : 'pascal';
}
