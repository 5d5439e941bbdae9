import type { CredentialKind, RecordedRequest } from '../model/exchange.ts';
import { curlOptions, isFragile, type CurlOption, type Piece } from './curl.ts';

/**
 * Lines for PowerShell that send a recorded request again with curl, byte for byte. What is sent is handed over as a
 * configuration on standard input, since versions of PowerShell differ in how they quote the words of a command.
 *
 * @param request as recorded; a body with a NUL, which no such configuration can hold, ends there
 * @param credentials what it presented
 */
export function powershellOf(request: RecordedRequest, credentials: CredentialKind = 'valid'): string {
  const options = curlOptions(request, credentials);
  const data = options.flatMap((o) => (o.name === 'data' ? o.value : []));
  const large = data.reduce((n, piece) => n + ('text' in piece ? piece.text.length : 0), 0) > LINE;
  const file = [
    '$body = (New-TemporaryFile).FullName',
    `[IO.File]::WriteAllText($body, "${data.map((piece) => ('text' in piece ? expandable(piece.text) : variableIn(piece))).join('')}")`,
  ];
  return [
    '$OutputEncoding = [Text.UTF8Encoding]::new($false)',
    ...(large ? file : []),
    '@"',
    ...options.map((option) =>
      large && option.name === 'data' ? `data-binary = "@$($body.Replace('\\', '/'))"` : configured(option),
    ),
    '"@ | curl.exe --config -',
  ].join('\n');
}

/** A line of a configuration may have about 100,000 bytes. */
const LINE = 20_000;

function configured(option: CurlOption): string {
  switch (option.name) {
    case 'globoff':
    case 'path-as-is':
    case 'include':
    case 'head':
      return option.name;
    case 'data':
      return `data-raw = "${option.value.map(quoted).join('')}"`;
    case 'request':
    case 'header':
    case 'user':
    case 'max-time':
    case 'url':
      return `${option.name} = "${option.value.map(quoted).join('')}"`;
  }
}

/** A piece within quotes of a configuration of curl. */
function quoted(piece: Piece): string {
  if ('variable' in piece) return variableIn(piece);
  return dollarsKept(
    piece.text.replace(/[\\"]/g, '\\$&').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r'),
  );
}

function variableIn({ variable }: { readonly variable: string }): string {
  return `\${env:${variable}}`;
}

/** A text within double quotes of PowerShell. */
function expandable(text: string): string {
  return dollarsKept(text).replaceAll('"', '`"');
}

/** A text within a here-string that expands: `$` and the backtick stand for themselves, long runs are made. */
function dollarsKept(text: string): string {
  const kept = text.replace(/[$`]/g, '`$&');
  const short =
    kept.length < RUN
      ? kept
      : kept.replace(/([\w .-])\1{99,}/g, (run: string) => `$('${run.charAt(0)}' * ${String(run.length)})`);
  return isFragile(short) ? short.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Cn}]/gu, byCode) : short;
}

/** In characters: a run that is told by its length. */
const RUN = 100;

/** What an editor or a terminal could lose. */
function byCode(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = `0x${code.toString(16)}`;
  return code > 0xffff ? `$([char]::ConvertFromUtf32(${hex}))` : `$([char]${hex})`;
}
