import { REDACTED, type Known, type Redactor } from '../exchange/redact.ts';
import type { Contract } from '../model/contract.ts';
import type { Redacted } from '../model/redacted.ts';
import { visible } from '../report/visible.ts';
import { secretsOf } from './given-values.ts';
import { originText, type Effective } from './layers.ts';
import { proxyFor } from './proxy.ts';
import type { Settings } from './settings.ts';
import { isSecret, type Setting, type Value } from './table.ts';
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
  world: Pick<World, 'env' | 'redactor'>,
): Redacted<string> {
  const { redactor } = world;
  redactor.know(secretsIn(effective, settings));
  const lines = [...effective.map((each) => lineOf(each, redactor)), ...derived(effective, settings, contract, world)];
  return tableOf(lines, redactor);
}

function lineOf({ setting, value, origin }: Effective, redactor: Redactor): Line {
  return { name: setting.key ?? setting.name, value: shown(setting, value, redactor), origin: originText(origin) };
}

function shown(setting: Setting, value: Value, redactor: Redactor): string {
  if (isSecret(setting)) return REDACTED;
  if (typeof value !== 'object') return String(value);
  return value.map((each) => (setting.takes.kind === 'lines' ? shownHeader(each, redactor) : each)).join(', ');
}

/** A header as it was said: what names a variable tells no secret. */
function shownHeader(line: string, redactor: Redactor): string {
  const colon = line.indexOf(':');
  const parts = line.slice(colon + 1).split(/(\$\{\w+\})/);
  const told = parts.map((part, i) => {
    if (i % 2 === 1 || part.trim() === '') return part;
    const rest = part.trimStart();
    const blank = part.slice(0, part.length - rest.length);
    return `${blank}${redactor
      .headers([[line.slice(0, colon).trim(), rest]])
      .map(([, text]) => text)
      .join('')}`;
  });
  return `${line.slice(0, colon + 1)}${told.join('')}`;
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
function secretsIn(
  effective: readonly Effective[],
  { target, values }: Settings,
): Pick<Known, 'secrets' | 'headerNames'> {
  const secret = effective.flatMap(({ setting, value }) =>
    isSecret(setting) && typeof value === 'string' ? [value] : [],
  );
  const headers = target.kind === 'live' ? target.headers.filter(({ secrets }) => secrets.length > 0) : [];
  return {
    secrets: [...secret, ...headers.flatMap(({ secrets }) => secrets), ...secretsOf(values)],
    headerNames: headers.map(({ header: [name] }) => name),
  };
}

function tableOf(lines: readonly Line[], redactor: Redactor): Redacted<string> {
  const rows = lines
    .map(({ name, value, origin }) => [name, visible(redactor.text(value)), visible(origin)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const width = (column: 0 | 1): number => Math.min(60, Math.max(...rows.map((row) => row[column].length)));
  return redactor.assembled(
    rows.map(([name, value, origin]) => `${name.padEnd(width(0))}  ${value.padEnd(width(1))}  ${origin}\n`).join(''),
  );
}
