/**
 * Breaks a line at spaces so that no part is longer than the width; a word that is longer stays whole, so that
 * it can be copied.
 *
 * @param width in characters
 */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/**
 * A label with its text beside it, wrapped, later lines under the text.
 *
 * @param indent spaces before the label
 * @param labelWidth the label's column, in characters
 * @param width of the whole, in characters
 */
export function labelled(
  label: string,
  text: string,
  indent: number,
  labelWidth: number,
  width: number,
): readonly string[] {
  const room = Math.max(20, width - indent - labelWidth);
  return wrapped(text, room).map((line, i) =>
    `${' '.repeat(indent)}${(i === 0 ? label : '').padEnd(labelWidth)}${line}`.trimEnd(),
  );
}

/**
 * A table whose first column is aligned left and whose others are aligned right.
 *
 * @param rows the first is the head
 * @param paint given each cell, already padded, with its place
 */
export function table(
  rows: readonly (readonly string[])[],
  paint: (cell: string, row: number, column: number) => string,
): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  return rows.map((row, y) =>
    row
      .map((cell, x) => paint(x === 0 ? cell.padEnd(widths[x] ?? 0) : cell.padStart(widths[x] ?? 0), y, x))
      .join('  ')
      .trimEnd(),
  );
}
