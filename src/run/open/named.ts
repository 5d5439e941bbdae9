import { folded, levelsOf } from '../../exchange/normal-form.ts';
import { UsageError } from '../../settings/problems.ts';
import type { LiveTarget } from '../../settings/live-target.ts';
import type { Settings } from '../../settings/settings.ts';
import { compacted } from '../../values/guid.ts';

/**
 * Sees that nothing that is sent with every request, or to sign in, names a subject of the file: that would change it,
 * whatever the fence says of the rest.
 *
 * @param ids of the file of subjects
 * @throws UsageError naming the place
 */
export function nameNone(
  ids: readonly string[],
  {
    target,
    profile,
    values,
    userAgent,
  }: Pick<Settings, 'profile' | 'values' | 'userAgent'> & { readonly target: LiveTarget },
): void {
  const { url, headers, auth } = target;
  const login = auth.kind === 'session' ? auth.login : {};
  const presented = auth.kind === 'header' && auth.value.kind === 'text' ? auth.value.text : '';
  const lesser = auth.lesser?.kind === 'basic' || auth.lesser?.kind === 'session' ? auth.lesser.user : '';
  const places: readonly (readonly [place: string, text: string])[] = [
    ['--target', `${url.pathname}${url.search}`],
    ...headers.map(({ header: [name, value] }) => [`--add-header ${name}`, `${name} ${value}`] as const),
    ...values.map(({ member, value }) => [`the value of ${member}`, value] as const),
    ['--user-agent', userAgent ?? ''],
    ['--user', auth.user ?? ''],
    ['--lesser-user', lesser],
    ['the header that signs in', presented],
    ['--login-path', login.path ?? ''],
    ['--login-body', login.body ?? ''],
    ['--xml-namespace', profile.xmlNamespace],
  ];
  const spelled = ids.flatMap((id) => [id, compacted(id)]).map((id) => folded(id).text);
  for (const [place, text] of places) {
    const forms = levelsOf(text).map((level) => folded(level.text).text);
    if (spelled.some((id) => forms.some((form) => form.includes(id))))
      throw new UsageError(
        `${place}: names a subject of the file of --connections, which only the catalogue's requests may`,
      );
  }
}
