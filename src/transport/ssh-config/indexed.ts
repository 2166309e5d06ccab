import type { Block } from './load.js';

/**
 * The blocks of one file, found by name: a file may have ten thousand Host blocks and be asked about a hundred
 * thousand devices.
 */
export interface IndexedFile {
  readonly blocks: readonly Block[];
  /** Those whose Host holds names without patterns, by these names. */
  readonly named: ReadonlyMap<string, readonly number[]>;
  /** All others. */
  readonly others: readonly number[];
}

export function indexed(blocks: readonly Block[]): IndexedFile {
  const named = new Map<string, number[]>();
  const others: number[] = [];
  for (const [index, { names }] of blocks.entries()) {
    if (names === undefined) others.push(index);
    for (const name of new Set(names)) {
      const list = named.get(name);
      if (list === undefined) named.set(name, [index]);
      else list.push(index);
    }
  }
  return { blocks, named, others };
}

/** Returns the blocks that may be for that name, in the order in which they stand. */
export function* candidates({ blocks, named, others }: IndexedFile, name: string): Generator<Block, void, undefined> {
  const own = named.get(name);
  const indexes = own === undefined ? others : [...own, ...others].sort((a, b) => a - b);
  for (const index of indexes) {
    const block = blocks[index];
    if (block !== undefined) yield block;
  }
}
