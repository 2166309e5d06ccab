import { type AlgorithmKind, legacyOf } from '../ssh/algorithms.js';

const KINDS: readonly AlgorithmKind[] = ['kex', 'serverHostKey', 'cipher', 'hmac'];

/**
 * Returns the old algorithms that a list of ssh_config(5) switches on, as far as they can be had here: `+` and `^` add to
 * the usual ones, a bare list stands for itself, and `-` adds nothing.
 */
export function addedAlgorithms(list: string): readonly string[] {
  if (list.startsWith('-')) return [];
  const old = new Set(KINDS.flatMap(legacyOf));
  return list
    .replace(/^[+^]/, '')
    .split(',')
    .filter((name) => old.has(name));
}
