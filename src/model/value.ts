/** A decoded body: what every format is read into and written from. */
export type PlainValue = null | boolean | number | string | readonly PlainValue[] | PlainObject;
export interface PlainObject {
  readonly [member: string]: PlainValue;
}

/** A strict reading: the value, or what is wrong and where (0-based offset into the text). */
export type Reading =
  | { readonly ok: true; readonly value: PlainValue }
  | { readonly ok: false; readonly problem: string; readonly position: number };
