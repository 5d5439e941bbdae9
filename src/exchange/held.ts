import { createHash } from 'node:crypto';

/** In bytes. */
export const MIB = 1024 * 1024;

/** For all answers under way together, and for all large ones of an engine's life that differ from each other. */
const TOGETHER = 16 * MIB;

/** Smaller bodies are not counted: a thousand of them are not large. */
const LARGE = 16 * 1024;

/** What the answers of one engine hold, so that no target can fill the memory of a run. */
export class Held {
  private underWay = 0;
  private kept = 0;
  private readonly known = new Map<string, Buffer>();

  /** Whether a further piece of an answer may be held. */
  take(bytes: number): boolean {
    this.underWay += bytes;
    return this.underWay <= TOGETHER;
  }

  release(bytes: number): void {
    this.underWay -= bytes;
  }

  /** The body to keep for the rest of the run, the very one where it came before; null where there is no more room. */
  keep(body: Buffer): Buffer | null {
    if (body.length < LARGE) return body;
    const digest = createHash('sha256').update(body).digest('base64');
    const same = this.known.get(digest);
    if (same !== undefined) return same;
    if (this.kept + body.length > TOGETHER) return null;
    this.known.set(digest, body);
    this.kept += body.length;
    return body;
  }
}

/** In bytes: smaller pieces of a body are put together as they come, since each by itself would hold a hundred times its size. */
const BLOCK = 16 * 1024;

const EMPTY = Buffer.alloc(0);

/** A body in the making, in as many pieces as a target likes. */
export class Pieces {
  private readonly blocks: Buffer[] = [];
  private block = EMPTY;
  private filled = 0;

  add(piece: Buffer): void {
    // Most bodies are of one piece.
    if (this.blocks.length === 0 && this.block === EMPTY) {
      this.blocks.push(piece);
      return;
    }
    if (piece.length > this.block.length - this.filled) {
      this.finishBlock();
      if (piece.length >= BLOCK) {
        this.blocks.push(piece);
        return;
      }
      this.block = Buffer.allocUnsafeSlow(BLOCK);
    }
    this.filled += piece.copy(this.block, this.filled);
  }

  whole(): Buffer {
    this.finishBlock();
    return Buffer.concat(this.blocks);
  }

  private finishBlock(): void {
    if (this.filled > 0) this.blocks.push(this.block.subarray(0, this.filled));
    this.block = EMPTY;
    this.filled = 0;
  }
}

/** Lets so many in at once, the others in the order of their coming. */
export function gate(places: number): { readonly enter: () => Promise<void>; readonly leave: () => void } {
  const waiting: (() => void)[] = [];
  let free = places;
  return {
    enter: () => {
      free -= 1;
      return free >= 0 ? Promise.resolve() : new Promise((resolve) => void waiting.push(resolve));
    },
    leave: () => {
      free += 1;
      waiting.shift()?.();
    },
  };
}
