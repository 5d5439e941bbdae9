import { visible, visibleLines } from './visible.ts';

/**
 * Text as the content of an XML element: only characters that XML 1.0 allows (§2.2), the others in visible form.
 */
export function xmlText(text: string): string {
  return visibleLines(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text as the value of an XML attribute in double quotes, on one line. */
export function xmlAttribute(text: string): string {
  return xmlText(visible(text)).replaceAll('"', '&quot;');
}
