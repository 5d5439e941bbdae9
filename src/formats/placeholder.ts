/** `{{Member}}` and `{{other.Member}}` of a request template; replaced by Guids before anything is sent. */
const placeholder = /\{\{[\p{L}\p{M}\p{N}_.-]+\}\}/gu;

/** The text without its placeholders: what decides whether it needs quotes. */
export function withoutPlaceholders(text: string): string {
  return text.replace(placeholder, '');
}

/** Encodes what stands between the placeholders and leaves them as they are. */
export function betweenPlaceholders(text: string, encode: (part: string) => string): string {
  const kept = text.match(placeholder) ?? [];
  return text
    .split(placeholder)
    .map((part, i) => encode(part) + (kept[i] ?? ''))
    .join('');
}
