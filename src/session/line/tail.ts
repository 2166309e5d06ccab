/** How much of what came last goes into an error, and how much of it is searched for secrets before it is cut. */
const LAST_CHARACTERS = 400;
const SEARCHED_CHARACTERS = 16_384;
const SEARCHED_LINES = 256;
const LAST_LINES = 8;

/** Returns the last of what a device said, for an error; `redact` takes the secrets out. */
export function tailOf(lines: readonly string[], line: string, redact: (text: string) => string): string {
  const last = [...lines.slice(-SEARCHED_LINES), line].join('\n').slice(-SEARCHED_CHARACTERS);
  // Cut last: half a secret is not found any more.
  const shown = redact(last)
    .split('\n')
    .slice(-LAST_LINES - 1);
  return shown.join('\n').slice(-LAST_CHARACTERS);
}
