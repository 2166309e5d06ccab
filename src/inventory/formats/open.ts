import { openText } from '../open-text.js';
import { ANSIBLE_TAGS } from './ansible-template.js';
import type { SourceText, SourceTree, Telling } from './format.js';

/** A text that was read and that messages do not know yet. */
export interface ReadText {
  readonly file: string;
  readonly text: string;
}

/** Makes a text known to the messages; undefined where it is no text. */
export function known({ file, text }: ReadText, { problems }: Telling): SourceText | undefined {
  const base = problems.addText(file, text);
  // What no text holds; YAML does not allow it either (1.2.2, section 5.1).
  const binary = text.search(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/);
  if (binary === -1) return { file, text, base };
  problems.report(base + binary, 'a control character: this is no text file');
  return undefined;
}

/** Parses a text of YAML or JSON, in which Ansible's tags have a meaning unless it is strict; undefined where it is none. */
export function treeOf(
  source: SourceText | undefined,
  { problems }: Telling,
  { strict = false }: { readonly strict?: boolean } = {},
): SourceTree | undefined {
  if (source === undefined) return undefined;
  const { file, text, base } = source;
  const tree = openText(text, problems, strict ? { base } : { base, tags: ANSIBLE_TAGS });
  return tree === undefined ? undefined : { file, root: tree.root, base };
}
