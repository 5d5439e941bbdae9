declare const redacted: unique symbol;

/** Something without secrets. Only the redactor makes it; whatever leaves a run, a file or a message, takes nothing else. */
export type Redacted<T> = T & { readonly [redacted]: true };
