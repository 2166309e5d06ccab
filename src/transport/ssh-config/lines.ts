/** One line of a configuration file: its keyword in lower case, and what stands behind it. */
export interface Line {
  readonly keyword: string;
  /** As they are after quotes and escapes; undefined where a quote is left open. */
  readonly args: readonly string[] | undefined;
  /** What stands behind the keyword, as written. */
  readonly rest: string;
}

/** Reads one line; undefined for an empty one and a comment. */
export function parseLine(text: string): Line | undefined {
  const [, keyword = '', rest = ''] = /^[ \t\r\f]*([^\s"=]*)[ \t]*(?:=[ \t]*)?(.*)$/.exec(text.trimEnd()) ?? [];
  if (keyword === '' || keyword.startsWith('#')) return undefined;
  return { keyword: keyword.toLowerCase(), args: splitArguments(rest), rest };
}

/** What a backslash takes its meaning from; before anything else it is a character as any other. */
const ESCAPED = /^["'\\]$/;

/** Splits at blanks outside of quotes, up to a comment; undefined where a quote is left open. */
function splitArguments(text: string): string[] | undefined {
  const args: string[] = [];
  let current: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (quote === '' && /[ \t]/.test(char)) {
      if (current !== undefined) args.push(current);
      current = undefined;
      continue;
    }
    if (current === undefined && char === '#') break;
    current ??= '';
    if (char === '\\' && (ESCAPED.test(next) || (quote === '' && next === ' '))) {
      current += next;
      at += 1;
    } else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = '';
    else current += char;
  }
  if (quote !== '') return undefined;
  if (current !== undefined) args.push(current);
  return args;
}
