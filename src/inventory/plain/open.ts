import type { TreeNode } from '../node.js';
import type { Problems } from '../problems.js';
import { Block, isWellFormed } from './block.js';
import { Flow, flowEnd } from './flow.js';
import { readLines } from './lines.js';

/**
 * Returns the node at the top of a text that is in the plain form which programs write (YAML's blocks, with texts on one
 * line; JSON), and undefined at any doubt: what it returns is what the library would, in a fraction of its time and
 * memory.
 */
export function openPlain(text: string, problems: Problems, base = 0): { readonly root: TreeNode } | undefined {
  if (text.includes('\r') && /\r(?!\n)/.test(text)) return undefined;
  const source = { text, base, keys: new Map<string, string>() };
  const start = /^\s*/.exec(text)?.[0].length ?? 0;
  if (text[start] === '{' || text[start] === '[') {
    const end = flowEnd(text, start, { lines: true });
    return end !== -1 && /^\s*$/.test(text.slice(end)) ? { root: new Flow(source, start, problems) } : undefined;
  }
  const marks = readLines(text);
  if (marks === undefined || !isWellFormed(marks)) return undefined;
  return { root: new Block(source, { marks, first: 0 }, problems) };
}
