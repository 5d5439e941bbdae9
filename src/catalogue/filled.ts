import type { Route } from '../model/contract.ts';
import type { RequestTemplate } from '../model/exchange.ts';
import type { Composer, MemberValues, RequestOptions } from '../model/requirement.ts';
import type { Member } from '../model/schema.ts';
import type { PlainValue } from '../model/value.ts';
import { appliedOf } from '../values/dto-name.ts';
import { composedOf, netOfItems } from '../values/composed.ts';
import { kindIn } from '../values/members.ts';
import { carried } from './payloads.ts';

/**
 * A valid request whose answer says something. What an operation answers as it was read is nothing where nothing is sent: then
 * the members that may be left out are sent, as far as a host was recorded to read such.
 *
 * @param options as of a request; a verb among them counts
 */
export function telling(route: Route, c: Composer, options: RequestOptions = {}): RequestTemplate {
  if (!isEchoOfNothing(c)) return c.request(route, options);
  const { verb = c.verbsOf(route)[0] } = options;
  return c.request(route, { ...options, verb, payload: carried(verb, filled(c)) });
}

/** Whether a call with the sample is answered by an object that has no member: each of them may be null, and none is sent. */
function isEchoOfNothing({ contract: { request, response }, members, sample }: Composer): boolean {
  return (
    response.kind === 'dto' &&
    response.type === request &&
    Object.keys(sample.all).length === 0 &&
    members.every(({ nullable, in: place }) => nullable !== false && place !== 'path')
  );
}

function filled({ bodyMembers }: Composer): MemberValues {
  return Object.fromEntries(
    bodyMembers.flatMap((member) => {
      const value = valueFor(member);
      return value === null ? [] : [[member.name, value]];
    }),
  );
}

/** Types of items that a host was recorded to read and write within lists and maps, in every format. */
const ofItems = /^(?:String|Guid|U?Int\d\d)$/;

function valueFor(member: Member): PlainValue | null {
  const { name, net = '', type } = member;
  if (kindIn(member) !== null) return net === '' ? null : `{{${name}}}`;
  const isKeyed = type.kind === 'map' && appliedOf(net).args[0] === 'String';
  return (type.kind === 'list' || isKeyed) && ofItems.test(netOfItems(net) ?? '') ? composedOf(member) : null;
}
