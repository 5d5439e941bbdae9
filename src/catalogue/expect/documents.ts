import type { Contract, ContractSource } from '../../model/contract.ts';
import type { Answered } from '../../model/exchange.ts';
import type { Profile } from '../../model/profile.ts';
import type { Published } from '../../model/published.ts';
import type { Evidence, Expectation, Point } from '../../model/requirement.ts';
import type { Finding } from '../../model/verdict.ts';
import { documented } from '../../values/contract.ts';
import { compacted, zeroGuid } from '../../values/guid.ts';
import { service } from '../requirement.ts';

/** A document is `closed` that is switched off, or needs a login. */
function read(
  document: string,
  x: Answered,
  { published }: Pick<Evidence, 'published'>,
): Published | { readonly kind: 'closed'; readonly why: string } {
  return x.status === 200 ? published(x.text, document) : { kind: 'closed', why: `${document} answered ${x.status}` };
}

function isSource(contract: Contract, kinds: readonly ContractSource['kind'][]): boolean {
  return contract.sources.some(({ kind }) => kinds.includes(kind));
}

/**
 * Why a document leaves nothing to judge: it is switched off, needs a login, is laid out in another way or says nothing of the
 * operation, and the contract was not read from it. Where it was, the document was public, and is so no more.
 *
 * @param document its name
 * @param kinds of source that it is
 */
export const unlessHidden =
  (document: string, kinds: readonly ContractSource['kind'][]) =>
  (x: Answered, evidence: Evidence): string | null => {
    const its = read(document, x, evidence);
    return its.kind === 'read' || isSource(documented(evidence.contract), kinds) ? null : its.why;
  };

/** What a document demands of a caller: to demand less breaks no consumer, and is no longer what was promised. */
function isDemand(place: string): boolean {
  return /^(?:authentication|roles|anyRole|permissions|anyPermission)$|\.required$/.test(place);
}

/** A sample as a host that declares such a profile may write it; two that are then equal say the same. */
const writtenBy =
  ({ guids, dates, casing }: Profile) =>
  (sample: string): string => {
    const compact = guids === 'compact' ? sample.replaceAll(zeroGuid, compacted(zeroGuid)) : sample;
    const inMs =
      dates === 'ms'
        ? compact
            .replaceAll('"0001-01-01T00:00:00+00:00"', String.raw`"\/Date(-62135596800000)\/"`)
            .replaceAll('"0001-01-01T00:00:00"', String.raw`"\/Date(-62135596800000-0000)\/"`)
        : compact;
    return casing === 'camel' ? inMs.toLowerCase() : inMs;
  };

/**
 * A document of the host still promises what the contract says: each difference is one finding.
 *
 * @param document its name
 */
export const stillPromises = <P extends Point>(document: string): Expectation<P> => ({
  says: `${document} still promises what the contract says`,
  judge: (x, evidence) => {
    const its = read(document, x, evidence);
    if (its.kind !== 'read') return [service(document, 'the document that the contract was read from', its.why)];
    const { casing, xmlNamespace } = evidence.profile;
    // What a person has declared of the host holds there.
    const declared = (place: string, found: string): boolean =>
      (place === 'casing' && found === casing) || (place.startsWith('xmlNamespace') && found === xmlNamespace);
    const found = its.differences(writtenBy(evidence.profile)).filter((each) => !declared(each.place, each.found));
    return found.map(({ place, promised, found, breaks }): Finding => ({
      class: breaks || isDemand(place) ? 'service' : 'documentation',
      where: `${document}: ${place}`,
      expected: promised,
      actual: `${found} (${breaks ? 'breaks a consumer' : 'harmless'})`,
    }));
  },
});
