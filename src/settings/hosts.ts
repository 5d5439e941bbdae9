import { ConfigError } from './layers.ts';

/**
 * The protected host that a URL leads to, however it is spelled; null when it leads to none. Letter case, percent
 * encoding, other scripts' dots and letters (UTS 46) and number bases are settled by the URL itself; a port, trailing
 * dots and labels in front make no difference.
 *
 * @param url of a target, or of anything that changes one
 * @param protectedHosts names, with or without a port or scheme; each covers what stands under it
 * @throws ConfigError for a name that is no host
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

/** @throws ConfigError when it is no host */
export function hostOf(text: string): string {
  const name = text.trim().replace(/^\*\./, '');
  const address = name.includes('://') ? name : `http://${name}`;
  const host = URL.canParse(address) ? plain(new URL(address).hostname) : '';
  if (host === '' || host.includes('*'))
    throw new ConfigError(`protectedHost: "${text}" is no host; write a name such as api.example.org`);
  return host;
}

function plain(hostname: string): string {
  return hostname.toLowerCase().replace(/\.{1,9}$/, '');
}
