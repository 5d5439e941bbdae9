import type { PlainValue, Reading } from '../model/value.ts';

/** Thrown inside a reader where the text breaks its format; never leaves this folder. */
export class Malformed extends Error {
  /** 0-based offset into the text that was being read. */
  readonly position: number;

  constructor(problem: string, position: number) {
    super(problem);
    this.position = position;
  }
}

/** Runs a reader and turns what it threw into a refusal with its position. */
export function strictly(read: () => PlainValue): Reading {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, problem: error.message, position: error.position };
    throw error;
  }
}

/** Deeper nesting than this is refused instead of exhausting the stack. */
export const deepest = 100;
/** More values in one text than this are refused instead of exhausting the memory. */
export const most = 250_000;
