import { got, OptionError } from '../../base/index.js';
import type { Channel } from './channel.js';
import type { ReadSoFar } from './channel-options.js';

/** Watches for a text, or a pattern, in the lines that come, each by itself, and in the one that the cursor is on. */
export class PatternWatch {
  readonly #channel: Channel;
  readonly #pattern: RegExp;
  #looked = 0;

  /** @throws OptionError for what is neither. */
  constructor(channel: Channel, pattern: string | RegExp) {
    this.#channel = channel;
    this.#pattern = compile(pattern);
  }

  /** The number of the line that it came in; that behind the last for the one that the cursor is on. */
  get at(): number {
    return this.#looked;
  }

  /** Up to where the lines were read, the one that it came in among them. */
  get read(): ReadSoFar {
    const { received, wholeLine } = this.#channel;
    return this.at < received.count ? { line: this.at + 1, text: '' } : { line: this.at, text: wholeLine };
  }

  /** Whether it has come, in the lines from that number on; of the first, `skipped` is passed over. */
  seen(from: number, skipped = ''): boolean {
    const { received, wholeLine } = this.#channel;
    const fits = (line: string, number: number): boolean => {
      const behind = number === from && line.startsWith(skipped) ? line.slice(skipped.length) : line;
      return this.#pattern.test(behind);
    };
    for (this.#looked = Math.max(this.#looked, from); this.#looked < received.count; this.#looked++) {
      if (fits(received.lineAt(this.#looked) ?? '', this.#looked)) return true;
    }
    return received.count >= from && wholeLine !== '' && fits(wholeLine, received.count);
  }
}

function compile(pattern: string | RegExp): RegExp {
  if (typeof pattern === 'string' && pattern !== '') {
    return new RegExp(pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'u');
  }
  // One that remembers where it was would find every second line.
  if (pattern instanceof RegExp) return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  throw new OptionError(`a pattern is a RegExp or a text; got ${pattern === '' ? 'an empty text' : got(pattern)}`);
}
