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
  { target, profile }: Pick<Settings, 'profile'> & { readonly target: LiveTarget },
): void {
  const { url, headers, auth } = target;
  const login = auth.kind === 'session' ? auth.login : {};
  const places: readonly (readonly [place: string, text: string])[] = [
    ['--target', `${url.pathname}${url.search}`],
    ...headers.map(({ header: [name, value] }) => [`--add-header ${name}`, value] as const),
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
