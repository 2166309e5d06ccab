import type { TreeNode } from './node.js';
import { openPlain } from './plain/open.js';
import type { Problems } from './problems.js';
import { openYaml, type YamlOptions } from './yaml.js';

/** The library takes 70 times a text's size: beyond this there would be no memory left to say what is wrong. */
const MOST_MIB_OF_LIBRARY = 32;

/**
 * Opens a text of YAML or JSON: what is in plain form by the fast reader, everything else, and every doubt, by the
 * library. Undefined when there was a syntax error, which is reported.
 */
export function openText(
  text: string,
  problems: Problems,
  { base = 0, tags }: YamlOptions = {},
): { readonly root: TreeNode } | undefined {
  const plain = openPlain(text, problems, base);
  if (plain !== undefined) return plain;
  if (text.length <= MOST_MIB_OF_LIBRARY * 1024 * 1024)
    return openYaml(text, problems, tags === undefined ? { base } : { base, tags });
  const form = 'keys with values on one line, without anchors, tags and blocks of text, or valid JSON';
  problems.report(base, `a file above ${MOST_MIB_OF_LIBRARY} MiB must be in plain form (${form})`);
  return undefined;
}
