import { isIPv6 } from 'node:net';
import { UsageError } from './problems.ts';
import { urlOf } from '../values/url.ts';

/**
 * The protected host that a URL leads to, however it is spelled; null when it leads to none. Letter case, percent
 * encoding, other scripts' dots and letters (UTS 46) and number bases are settled by the URL itself; a port, trailing
 * dots and labels in front make no difference.
 *
 * @param url of a target, or of anything that changes one
 * @param protectedHosts names, with or without a port or scheme; each covers what stands under it
 * @throws UsageError for a name that is no host
 */
export function protectedHostOf(url: URL, protectedHosts: readonly string[]): string | null {
  const host = plain(url.hostname);
  return (
    protectedHosts.find((each) => {
      const name = hostOf(each);
      return host === name || host.endsWith(`.${name}`);
    }) ?? null
  );
}

/** An address of IPv6, or labels of which a name can consist: RFC 1123 §2.1, with the underscore that names of services have. */
const HOST = /^(\[[0-9a-f:.]+\]|[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63}){0,126})$/;

/** @throws UsageError when it is no host, so that it would protect nothing, or less than it seems to */
export function hostOf(text: string): string {
  const name = text.trim().replace(/^\*?\./, '');
  const address = name.includes('://') ? name : `http://${isIPv6(name) ? `[${name}]` : name}`;
  const host = plain(urlOf(address)?.hostname ?? '');
  // A range of addresses reads as one address with a path behind it.
  const isRange = !name.includes('://') && /\/./.test(name);
  if (!HOST.test(host) || isRange)
    throw new UsageError(`protectedHost: "${text}" is no host; write a name or an address, such as api.example.org`);
  return host;
}

/**
 * The protected address that a host stands for; null when it stands for none.
 *
 * @param addresses what its name resolves to
 */
export function protectedAddressIn(addresses: readonly string[], protectedHosts: readonly string[]): string | null {
  const found = new Set(
    addresses.map((address) => plain(new URL(`http://${isIPv6(address) ? `[${address}]` : address}`).hostname)),
  );
  return protectedHosts.find((each) => found.has(hostOf(each))) ?? null;
}

/**
 * An IPv4 address within IPv6 is that address: mapped, compatible, translated (RFC 4291 §2.5.5, RFC 6052 §2.1). Every address
 * that loops back, and none at all for whoever connects to it, is this machine.
 */
function plain(hostname: string): string {
  const host = withoutIpv6(hostname.toLowerCase().replace(/\.{1,9}$/, ''));
  return host === '0.0.0.0' || host === '[::]' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
    ? '127.0.0.1'
    : host;
}

function withoutIpv6(host: string): string {
  const [, high, low] = /^\[(?:::ffff:|::ffff:0:|::|64:ff9b::)([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(host) ?? [];
  if (high === undefined || low === undefined) return host;
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join('.');
}
