import { hash } from 'node:crypto';
import type { Member } from '../model/schema.ts';

/** How a Guid is written: form D with its dashes, form N without. The group is a plain one, as pacts have it, too. */
export const dashedGuid = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
export const compactGuid = '[0-9a-fA-F]{32}';

/** The whole of a text is a Guid with its dashes (RFC 9562 §4, in either letter case). */
export const wholeGuid = new RegExp(`^${dashedGuid}$`);

/** The Guid that names nothing. */
export const zeroGuid = '00000000-0000-0000-0000-000000000000';

/** True for a member whose values are Guids: only these can be malformed or all-zero. */
export function isGuid(member: Pick<Member, 'type'>): boolean {
  return member.type.kind === 'string' && member.type.format === 'uuid';
}

const dashedGuids = new RegExp(dashedGuid, 'g');

/** Every Guid that stands in a text, with its dashes. */
export function guidsIn(text: string): readonly string[] {
  // Most texts that are asked about are media types and the like.
  return text.length < zeroGuid.length ? [] : (text.match(dashedGuids) ?? []);
}

/** Every Guid that stands in a text, with its dashes or without. */
export function guidsInAnyForm(text: string): readonly string[] {
  return text.match(/[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi) ?? [];
}

/** Without its dashes: form N. */
export function compacted(guid: string): string {
  return guid.replaceAll('-', '');
}

/** A version 4 Guid (RFC 9562 §5.4) from a hash of its arguments; its version and variant bits keep it from being zero. */
export function drawGuid(seed: number, ...key: readonly string[]): string {
  const hex = hash('sha256', JSON.stringify([seed, ...key]));
  const variant = '89ab'.charAt(parseInt(hex.charAt(16), 16) % 4);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
