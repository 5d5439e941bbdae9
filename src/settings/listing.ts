import { createRedactor, REDACTED } from '../exchange/redact.ts';
import type { Contract } from '../model/contract.ts';
import { visible } from '../report/visible.ts';
import { originText, type Effective } from './layers.ts';
import { proxyFor } from './proxy.ts';
import type { Settings } from './settings.ts';
import { isSecret } from './table.ts';
import type { World } from './world.ts';

interface Line {
  readonly name: string;
  readonly value: string;
  readonly origin: string;
}

/**
 * What holds for a run and where each value comes from, secrets masked; for a person.
 *
 * @param effective settings with their origins
 * @param settings what a run makes of them
 */
export function settingsTable(
  effective: readonly Effective[],
  settings: Settings,
  contract: Contract,
  world: Pick<World, 'env'>,
): string {
  const lines = [...effective.map((each) => lineOf(each)), ...derived(effective, settings, contract, world)];
  return tableOf(lines, secretsIn(effective, settings));
}

function lineOf({ setting, value, origin }: Effective): Line {
  const shown = isSecret(setting) ? REDACTED : typeof value === 'object' ? value.join(', ') : String(value);
  return { name: setting.key ?? setting.name, value: shown, origin: originText(origin) };
}

/** What holds without being a setting. */
function derived(
  effective: readonly Effective[],
  settings: Settings,
  { hosts }: Contract,
  { env }: Pick<World, 'env'>,
): readonly Line[] {
  const said = new Set<string>(effective.map(({ setting }) => setting.name));
  const { target, profile } = settings;
  const auth = target.kind === 'live' ? target.auth.kind : target.auth;
  const proxy = target.kind === 'live' ? proxyFor(target.url, env) : null;
  return [
    ...(said.has('xmlNamespace')
      ? []
      : [{ name: 'profile.xmlNamespace', value: profile.xmlNamespace, origin: 'the contract' }]),
    ...(said.has('auth')
      ? []
      : [
          {
            name: 'authentication.auth',
            value: auth,
            origin: target.kind === 'live' ? 'the secrets at hand' : 'default',
          },
        ]),
    ...(said.has('report') ? [] : [{ name: 'report', value: 'terminal', origin: 'default' }]),
    ...(hosts.length === 0
      ? []
      : [{ name: 'protectedHost', value: hosts.join(', '), origin: 'the contract; always protected' }]),
    ...(proxy === null ? [] : [{ name: 'proxy', value: proxy.url.href, origin: proxy.variable }]),
  ];
}

/** Values that may stand within others: in a command, a header or a URL. */
function secretsIn(effective: readonly Effective[], { target }: Settings): readonly string[] {
  const secrets = effective.flatMap(({ setting, value }) =>
    isSecret(setting) && typeof value === 'string' ? [value] : [],
  );
  return target.kind === 'live' ? [...secrets, ...target.headers.flatMap((each) => each.secrets)] : secrets;
}

function tableOf(lines: readonly Line[], secrets: readonly string[]): string {
  const redact = createRedactor({ secrets, headerNames: [] });
  const rows = lines
    .map(({ name, value, origin }) => [name, visible(redact.text(value)), visible(origin)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const width = (column: 0 | 1): number => Math.min(60, Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map(([name, value, origin]) => `${name.padEnd(width(0))}  ${value.padEnd(width(1))}  ${origin}\n`)
    .join('');
}
