import type { Contract } from '../model/contract.ts';
import type { Profile } from '../model/profile.ts';
import type { Answer } from './host.ts';
import { probe, type Probed } from './probe.ts';

/** What the documents of a host tell of how it writes: the profile, and what no profile holds. */
export function learnt(
  contract: Contract,
  answers: { readonly app: Answer; readonly types: Answer; readonly xml: Answer },
): Probed {
  const probed = probe({ app: answers.app, types: answers.types, operation: answers.xml }, contract);
  const told = [...probed.learnt, ...spellings(contract)];
  const casing =
    answers.app.kind === 'none' ? (sampledCasing(contract) ?? probed.profile.casing) : probed.profile.casing;
  const profile: Profile = {
    ...probed.profile,
    casing,
    ...(contract.xmlNamespace !== '' && answers.xml.kind === 'none' && { xmlNamespace: contract.xmlNamespace }),
  };
  return { ...probed, profile, learnt: told };
}

/** How Guids and dates are written, as the samples show. */
function spellings(contract: Contract): readonly string[] {
  return [
    ...(wrote(contract, /"0{8}-0{4}-0{4}-0{4}-0{12}"/) ? ['Guids are written with dashes, as a sample shows'] : []),
    ...(wrote(contract, /"0{32}"/) ? ['Guids are written without dashes, as a sample shows'] : []),
    ...(wrote(contract, /"\\?\/Date\(/) ? ['dates are written as /Date(…)/, as a sample shows'] : []),
    ...(wrote(contract, /"0001-01-01T/) ? ['dates are written in ISO 8601, as a sample shows'] : []),
    ...contract.sources.flatMap(({ version }) =>
      version === undefined ? [] : [`the host runs ServiceStack ${version}`],
    ),
  ];
}

function wrote({ exchanges }: Contract, pattern: RegExp): boolean {
  return exchanges.some(
    ({ format, request, response }) =>
      format.startsWith('json') && (pattern.test(request.body) || pattern.test(response.body)),
  );
}

function sampledCasing({ exchanges }: Contract): Profile['casing'] | null {
  const json = exchanges.find(({ format }) => format === 'json' || format === 'jsonl');
  const [, first] = /"([A-Za-z])/.exec(`${json?.request.body ?? ''}${json?.response.body ?? ''}`) ?? [];
  return first === undefined ? null : first === first.toLowerCase() ? 'camel' : 'pascal';
}
