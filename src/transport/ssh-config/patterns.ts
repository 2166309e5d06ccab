/** Whether a text fits. */
export type Matcher = (text: string) => boolean;

/** Compiles a pattern of ssh_config(5), PATTERNS: `*` is any text, `?` one character. */
function compilePattern(pattern: string): Matcher {
  if (pattern === '*') return () => true;
  if (!/[*?]/.test(pattern)) return (text) => text === pattern;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const regex = new RegExp(`^${source}$`, 's');
  return (text) => regex.test(text);
}

/** Compiles patterns of which one must fit, and none of those with a `!` in front. */
export function compilePatterns(patterns: readonly string[]): Matcher {
  const [single] = patterns;
  // By far the commonest: a file may have a thousand of them, and be asked for a hundred thousand devices.
  if (patterns.length === 1 && single !== undefined && !single.startsWith('!')) return compilePattern(single);
  const negated = patterns.filter((one) => one.startsWith('!')).map((one) => compilePattern(one.slice(1)));
  const wanted = patterns.filter((one) => !one.startsWith('!')).map(compilePattern);
  return (text) => wanted.some((fits) => fits(text)) && !negated.some((fits) => fits(text));
}
