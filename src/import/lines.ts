import type { EnumName } from '../model/contract.ts';
import type { Attribute } from './attributes.ts';
import { readHeader, type Header, type WrittenFile, type WrittenMember, type WrittenType } from './dto-source.ts';
import { unreadable } from './facts.ts';

/** The lines of a source, gone through one by one, with what has been read of it so far. */
export class SourceLines {
  readonly header: Header | null;
  readonly types = new Map<string, WrittenType>();
  readonly #lines: readonly string[];
  readonly #place: (line: number) => string;
  readonly #first: number;
  #next = 0;
  #attributes: Attribute[] = [];
  #comment: string | null = null;
  #open: OpenType | null = null;

  /**
   * @param text of the file, or of the code on a page
   * @param marks of the comment that the options of a file stand in
   * @param place the document and a line of it
   */
  constructor(text: string, [open, close]: readonly [open: string, close: string], place: (line: number) => string) {
    const start = text.trimStart();
    const end = start.indexOf(close, open.length);
    const isHead =
      start.startsWith(open) && end !== -1 && start.slice(open.length, end).trimStart().startsWith('Options:');
    const code = isHead ? start.slice(end + close.length) : text;
    this.header = isHead ? readHeader(start.slice(open.length, end)) : null;
    this.#first = text.slice(0, text.length - code.length).split('\n').length;
    this.#lines = code.split('\n');
    this.#place = place;
  }

  /** The next line; null behind the last. */
  next(): string | null {
    return this.#lines[this.#next++] ?? null;
  }

  /** The line behind the present one, which stays the present one. */
  peek(): string {
    return (this.#lines[this.#next] ?? '').trim();
  }

  skip(): void {
    this.#next += 1;
  }

  /** The number of the present line in the document's own count. */
  get number(): number {
    return this.#first + this.#next - 1;
  }

  /** The present line, for a message. */
  get where(): string {
    return this.#place(this.number);
  }

  get open(): OpenType | null {
    return this.#open;
  }

  /** @throws UnreadableSource for the present line */
  refuse(why: string, text: string): never {
    return unreadable(this.where, why, text);
  }

  attribute(attribute: Attribute): void {
    this.#attributes.push(attribute);
  }

  comment(text: string): void {
    this.#comment = text;
  }

  /** What stands above a thing and belongs to it. */
  taken(): { readonly attributes: readonly Attribute[]; readonly comment: string | null } {
    const its = { attributes: this.#attributes, comment: this.#comment };
    this.#attributes = [];
    this.#comment = null;
    return its;
  }

  begin(type: Omit<WrittenType, 'members' | 'names' | 'attributes' | 'comment' | 'line'>, isEnum: boolean): void {
    this.#open = { type: { ...this.taken(), ...type, line: this.number }, members: [], names: isEnum ? [] : null };
  }

  member(member: Pick<WrittenMember, 'name' | 'type' | 'marked'>): void {
    this.#open?.members.push({ ...member, ...this.taken(), line: this.number });
  }

  /**
   * A name of the open enum.
   *
   * @param value as written; null where it is the position
   * @param wire as written; null where it is the name
   */
  enumName(name: string, value: string | null, wire: string | null): void {
    const at = this.#open?.names?.length ?? 0;
    const number = value === null ? at : Number(value);
    if (!Number.isSafeInteger(number)) this.refuse('is no whole number', value ?? '');
    this.taken();
    this.#open?.names?.push({
      name,
      ...(number !== at && { value: number }),
      ...(wire !== null && wire !== name && { wire }),
    });
  }

  end(): void {
    if (this.#open !== null) {
      const { type, members, names } = this.#open;
      this.types.set(type.name, { ...type, members, names });
    }
    this.#open = null;
  }

  /** @throws UnreadableSource when a type is still open */
  file(): WrittenFile {
    if (this.#open !== null) this.refuse('the file ends within a type, it is cut off', this.#open.type.name);
    return { header: this.header, types: this.types };
  }
}

/** A type whose members are being read. */
export interface OpenType {
  type: Omit<WrittenType, 'members' | 'names'>;
  readonly members: WrittenMember[];
  readonly names: EnumName[] | null;
}
