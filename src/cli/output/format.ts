import { jsonLine } from './clean.js';

export const FORMATS = ['text', 'json', 'ndjson'] as const;
export type Format = (typeof FORMATS)[number];

/** Turns records into the text of a whole output: what comes before the first, each of them, and what ends it. */
export interface Formatter<R> {
  record(record: R, position: number): string;
  end(count: number): string;
}

/** Returns the formatter of a format; `text` says how a record looks to a person. */
export function formatter<R>(format: Format, text: (record: R) => string): Formatter<R> {
  switch (format) {
    case 'text':
      return { record: text, end: () => '' };
    case 'ndjson':
      return { record: (record) => `${jsonLine(record)}\n`, end: () => '' };
    case 'json':
      return {
        record: (record, position) => `${position === 0 ? '[\n' : ',\n'}${jsonLine(record)}`,
        end: (count) => (count === 0 ? '[]\n' : '\n]\n'),
      };
  }
}
