/** A line that holds secrets, as platform data declares it. */
export interface SecretLineData {
  /** A regular expression (flags `iu`), matched anywhere in the line; what its groups hold is blanked out. */
  readonly pattern: string;
  /** Set where more lines follow, all of them secret: the line that ends them. */
  readonly until?: string;
  /** Words, in small letters, of which every such line has one: others are passed over more quickly. */
  readonly words?: readonly string[];
}

interface Rule {
  readonly words: readonly string[] | undefined;
  readonly pattern: RegExp;
  readonly until: RegExp | undefined;
}

/** From where to where a text is to be blanked out. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The secret lines of a platform, ready to be looked for; lines are given in their order. */
export class SecretLines {
  readonly #rules: readonly Rule[];
  /** Those that may have something to say about the text that the lines are of. */
  #fitting: readonly Rule[];
  /** What ends the block that the line before stood in. */
  #until: RegExp | undefined;

  constructor(data: readonly SecretLineData[]) {
    this.#rules = data.map(({ pattern, until, words }) => ({
      words,
      pattern: new RegExp(pattern, 'dgiu'),
      until: until === undefined ? undefined : new RegExp(until, 'iu'),
    }));
    this.#fitting = this.#rules;
  }

  /** Whether the line before was part of a block that goes on. */
  get inBlock(): boolean {
    return this.#until !== undefined;
  }

  /** What comes next are the lines of this text alone. Returns whether any of them can hold a secret. */
  startText(text: string): boolean {
    this.#until = undefined;
    const small = text.toLowerCase();
    this.#fitting = this.#rules.filter(({ words }) => words?.every((word) => !small.includes(word)) !== true);
    return this.#fitting.length > 0;
  }

  /** Returns what of a line is secret; `ended` tells that it is whole, so that what comes next is another one. */
  spans(line: string, ended: boolean): readonly Span[] {
    // To a regular expression the byte A0, which is part of many characters in UTF-8, would be a space.
    const text = line.replaceAll('\u00a0', '\u00a1');
    const until = this.#until;
    if (until !== undefined) {
      if (!until.test(text)) return [{ from: 0, to: line.length }];
      if (ended) this.#until = undefined;
      return [];
    }
    const spans: Span[] = [];
    const small = text.toLowerCase();
    for (const rule of this.#fitting) {
      if (rule.words?.every((word) => !small.includes(word)) === true) continue;
      for (const match of text.matchAll(rule.pattern)) {
        for (const group of match.indices?.slice(1) ?? []) {
          if (group !== undefined && group[1] > group[0]) spans.push({ from: group[0], to: group[1] });
        }
        if (rule.until === undefined) continue;
        const end = match.index + match[0].length;
        spans.push({ from: end, to: line.length });
        // All of it may stand in one line, as where a text is quoted.
        if (ended && !rule.until.test(text.slice(end))) this.#until = rule.until;
      }
    }
    return spans;
  }
}

/** Returns the line with `[secret]` in the place of what the data declares secret. */
export function blankSecretLine(line: string, data: readonly SecretLineData[]): string {
  return blanked(line, new SecretLines(data).spans(line, true));
}

/**
 * Returns what does the same for whole texts, their lines joined by `\n`; made once for many of them, since the data is
 * long.
 */
export function secretLineBlanker(data: readonly SecretLineData[]): (text: string) => string {
  const lines = new SecretLines(data);
  return (text) => {
    // A device may show megabytes, of which nothing is secret.
    if (!lines.startText(text)) return text;
    let clean = '';
    let kept = 0;
    for (let from = 0; from < text.length; ) {
      const end = text.indexOf('\n', from);
      const to = end === -1 ? text.length : end;
      const line = text.slice(from, to);
      const spans = lines.spans(line, true);
      if (spans.length > 0) {
        clean += text.slice(kept, from) + blanked(line, spans);
        kept = to;
      }
      from = to + 1;
    }
    return kept === 0 ? text : clean + text.slice(kept);
  };
}

function blanked(line: string, spans: readonly Span[]): string {
  let text = '';
  let from = 0;
  for (const span of merged(spans)) {
    text += `${line.slice(from, span.from)}[secret]`;
    from = span.to;
  }
  return text + line.slice(from);
}

/** Returns the spans in order, those that touch or overlap as one. */
export function merged(spans: readonly Span[]): readonly Span[] {
  const whole: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = whole.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else if (to > from) whole.push({ from, to });
  }
  return whole;
}
