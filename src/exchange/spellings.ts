const XML_NAMES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };

/**
 * The source of a regular expression for every spelling of a secret that a body, URL or header may hold: as it is, with
 * any of its characters escaped for JSON, XML, CSV and JSV or percent-encoded (also more than once), and in Base64.
 * Repetitions are bounded, so that no body makes the search slow.
 */
export function spellingsOf(secret: string): string {
  const bytes = Buffer.from(secret, 'utf8');
  const base64 = [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
  const inCharacters = Array.from(secret, spellingsOfCharacter).join('');
  // Short Base64 would meet ordinary text by chance.
  return [inCharacters, ...new Set(base64.filter((s) => s.length >= 8).map((s) => `${literal(s)}={0,2}`))].join('|');
}

function spellingsOfCharacter(character: string): string {
  // Nothing escapes these.
  if (/[A-Za-z0-9]/.test(character)) return character;
  const percent = Array.from(
    Buffer.from(character, 'utf8'),
    (byte) => `%(?:25){0,4}${anyCase(byte.toString(16).padStart(2, '0'))}`,
  ).join('');
  const unicode = Array.from(
    { length: character.length },
    (_, i) => String.raw`\\{1,8}u${anyCase(character.charCodeAt(i).toString(16).padStart(4, '0'))}`,
  ).join('');
  const point = character.codePointAt(0) ?? 0;
  const numeric = `&#(?:0{0,6}${point.toFixed(0)}|[xX]0{0,6}${anyCase(point.toString(16))});`;
  const named = XML_NAMES[character];
  return `(?:${[
    percent,
    unicode,
    numeric,
    ...(named === undefined ? [] : [`&${named};`]),
    ...(character === ' ' ? ['\\+'] : []),
    ...(character === '"' ? ['""'] : []),
    String.raw`\\{0,8}${literal(character)}`,
  ].join('|')})`;
}

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/gi, (digit) => `[${digit.toLowerCase()}${digit.toUpperCase()}]`);
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
