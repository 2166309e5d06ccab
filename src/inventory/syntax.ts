import type { YAMLError } from 'yaml';

/** The parser's codes whose messages are fixed sentences; the others' quote the file. */
const FIXED_MESSAGES: ReadonlySet<string> = new Set([
  'ALIAS_PROPS',
  'BAD_ALIAS',
  'BAD_INDENT',
  'BAD_PROP_ORDER',
  'BLOCK_AS_IMPLICIT_KEY',
  'BLOCK_IN_FLOW',
  'KEY_OVER_1024_CHARS',
  'MISSING_CHAR',
  'MULTILINE_IMPLICIT_KEY',
  'MULTIPLE_ANCHORS',
  'MULTIPLE_TAGS',
]);

/** What we say in place of a message that would show a piece of the file, or that can be said more helpfully. */
const OUR_MESSAGES: ReadonlyMap<string, string> = new Map([
  ['BAD_DQ_ESCAPE', 'a backslash in double quotes begins an escape that YAML does not have; use single quotes'],
  ['BAD_SCALAR_START', 'a value that begins with this character must be in quotes'],
  ['MULTIPLE_DOCS', 'a second YAML document begins here; an inventory is one document'],
  ['TAB_AS_INDENT', 'a tab indents this line; YAML is indented with spaces'],
  ['RESOURCE_EXHAUSTION', 'nested too deeply'],
]);

/** The parser's sentences for the commonest slips, and ours, which say what to do. */
const PLAINER: ReadonlyMap<string, string> = new Map([
  ['Implicit map keys need to be followed by map values', 'a key without a colon and a space behind it (key: value)'],
  ['Implicit keys need to be on a single line', 'expected key: value on one line'],
  [
    'Nested mappings are not allowed in compact mappings',
    'a colon with a space behind it stands inside a value: put the value in quotes',
  ],
  [
    'Sequence item without - indicator',
    'a line of a list that is neither indented as its item is nor begins with a dash',
  ],
]);

/**
 * Returns what a syntax error is about, without a piece of the file: a broken line may be the one with the password.
 */
export function syntaxMessage({ code, message }: Pick<YAMLError, 'code' | 'message'>): string {
  const ours = OUR_MESSAGES.get(code);
  if (ours !== undefined) return `not valid YAML: ${ours}`;
  if (FIXED_MESSAGES.has(code)) return `not valid YAML: ${PLAINER.get(message) ?? message}`;
  // "Unexpected scalar at node end": where such a message quotes, it does so after a colon.
  if (code === 'UNEXPECTED_TOKEN') return `not valid YAML: ${message.replace(/:[\s\S]*$/, '')}`;
  return `not valid YAML (${code.toLowerCase().replaceAll('_', ' ')})`;
}
