import type { PagerData } from '../../platforms/index.js';
import { anyOf } from './patterns.js';

/** Knows which line is a pager's, and that each is answered once. */
export class Pagers {
  readonly #pagers: readonly PagerData[];
  #answeredAt = -1;

  constructor(pagers: readonly PagerData[]) {
    this.#pagers = pagers;
  }

  /** The pager that waits on this line, the `ended`th of the conversation, and was not answered yet. */
  asks(line: string, ended: number, when: 'at once' | 'when quiet'): PagerData | undefined {
    if (line === '' || this.#answeredAt === ended) return undefined;
    const pager = this.#pagers.find(({ prompt }) => anyOf([prompt]).test(line));
    return pager?.ambiguous === true && when === 'at once' ? undefined : pager;
  }

  answered(ended: number): void {
    this.#answeredAt = ended;
  }
}
