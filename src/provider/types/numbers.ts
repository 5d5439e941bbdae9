/** Numbers as .NET reads and writes them, kept as text so that none loses a digit. */

/** The least and the greatest of each integer type. */
export const integers: Readonly<Record<string, { readonly least: bigint; readonly greatest: bigint }>> = {
  SByte: { least: -128n, greatest: 127n },
  Byte: { least: 0n, greatest: 255n },
  Int16: { least: -32_768n, greatest: 32_767n },
  UInt16: { least: 0n, greatest: 65_535n },
  Int32: { least: -(2n ** 31n), greatest: 2n ** 31n - 1n },
  UInt32: { least: 0n, greatest: 2n ** 32n - 1n },
  Int64: { least: -(2n ** 63n), greatest: 2n ** 63n - 1n },
  UInt64: { least: 0n, greatest: 2n ** 64n - 1n },
};

/** A whole number within the bounds of its type; null where it is none. */
export function readInteger(text: string, type: string): string | null {
  const trimmed = text.trim();
  if (!/^[+-]?\d+$/.test(trimmed)) return null;
  const value = BigInt(trimmed.replace('+', ''));
  const { least, greatest } = integers[type] ?? { least: value, greatest: value };
  return value < least || value > greatest ? null : String(value);
}

/** A Double or Single; commas are taken for separators of thousands, as the invariant culture has them. */
export function readDouble(text: string, precision: 'single' | 'double'): string | null {
  const trimmed = text.trim().replaceAll(',', '');
  if (/^(NaN|[+-]?Infinity)$/i.test(trimmed)) return trimmed;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) return null;
  return doubleText(precision === 'single' ? Math.fround(Number(trimmed)) : Number(trimmed), precision);
}

/** A double in the fewest digits that are enough, with an exponent from 1E+15 and 1E-05 on. */
function doubleText(value: number, precision: 'single' | 'double'): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  const [mantissa = '0', exponent = '0'] = shortest(value, precision).toExponential().split('e');
  const power = Number(exponent);
  if (power >= -5 && power < 15) return String(shortest(value, precision));
  return `${mantissa}E${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** The number of fewest digits that is the same as a Single. */
function shortest(value: number, precision: 'single' | 'double'): number {
  if (precision === 'double') return value;
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

const greatestDecimal = 79_228_162_514_264_337_593_543_950_335n;

/** A Decimal, with all its digits: 1.10 stays 1.10. */
export function readDecimal(text: string): string | null {
  const found = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text.trim().replaceAll(',', ''));
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found ?? [];
  if (found === null || `${whole}${fraction}` === '') return null;
  const power = Number(exponent);
  if (Math.abs(power) > 28) return null;
  const digits = `${whole}${fraction}`;
  const point = whole.length + power;
  const shifted = point >= digits.length ? digits.padEnd(point, '0') : digits.padStart(digits.length - point, '0');
  const at = point >= digits.length ? shifted.length : Math.max(point, 0);
  const before = shifted.slice(0, at).replace(/^0+(?=\d)/, '');
  const after = shifted.slice(at);
  if (BigInt(before === '' ? '0' : before) > greatestDecimal || after.length > 28) return null;
  const value = `${before === '' ? '0' : before}${after === '' ? '' : `.${after}`}`;
  return sign === '-' && /[1-9]/.test(value) ? `-${value}` : value;
}

/** Above zero where the first is greater: of numbers by value, of all else by spelling. */
export function order(a: string, b: string): number {
  const difference = a === '' || b === '' ? NaN : Number(a) - Number(b);
  if (Number.isNaN(difference)) return a < b ? -1 : a > b ? 1 : 0;
  return difference;
}
