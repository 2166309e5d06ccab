import { isIP } from 'node:net';

/** What a pattern of hosts stands for, or what is wrong with it. */
export type HostPattern = { readonly names: readonly string[]; readonly port?: string } | { readonly wrong: string };

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** More hosts than this from one pattern are a mistake. */
const MOST_NAMES = 1_000_000;

/**
 * Returns the names that a pattern of an Ansible inventory stands for: `r[01:20:2].example.net`, `sw-[a:f]`, several
 * ranges, with a port behind it. Source: `expand_hostname_range` and `parse_address` of ansible-core 2.19.
 */
export function hostPattern(text: string): HostPattern {
  const { name, port } = splitPort(text);
  if (name === '' || name.endsWith(':')) return { wrong: 'a colon at the end of a host name needs its port behind it' };
  // An IPv6 address in brackets is no range.
  const bare = /^\[([^\]]+)\]$/.exec(name)?.[1];
  if (bare !== undefined && isIP(bare) === 6) return { names: [bare], ...port };
  const names = expand(name, MOST_NAMES);
  return 'wrong' in names ? names : { ...names, ...port };
}

function splitPort(text: string): { readonly name: string; readonly port?: { readonly port: string } } {
  const [, bracketed, plain, port = ''] = /^(?:\[([^\]]*)\]|((?:[^:[\]]|\[[^[\]]*\])+)):(\d+)$/.exec(text) ?? [];
  if (bracketed !== undefined && isIP(bracketed) === 6) return { name: bracketed, port: { port } };
  return plain === undefined ? { name: text } : { name: plain, port: { port } };
}

function expand(pattern: string, most: number): { readonly names: readonly string[] } | { readonly wrong: string } {
  const open = pattern.indexOf('[');
  if (open === -1) return { names: [pattern] };
  const close = pattern.indexOf(']', open);
  if (close === -1) return { wrong: 'a range that begins with [ needs its ]' };
  const range = rangeOf(pattern.slice(open + 1, close), most);
  if (typeof range === 'string') return { wrong: range };
  const rest = expand(pattern.slice(close + 1), Math.floor(most / Math.max(range.length, 1)));
  if ('wrong' in rest) return rest;
  const head = pattern.slice(0, open);
  return { names: range.flatMap((one) => rest.names.map((tail) => head + one + tail)) };
}

function rangeOf(text: string, most: number): readonly string[] | string {
  const [from = '', to = '', step = '1', ...more] = text.split(':');
  if (!text.includes(':') || more.length > 0) return 'a range of hosts must be [begin:end] or [begin:end:step]';
  if (!/^[1-9]\d{0,8}$/.test(step)) return 'the step of a range of hosts must be a number from 1';
  const [first, last] = [LETTERS.indexOf(from), LETTERS.indexOf(to)];
  const letters = from.length === 1 && to.length === 1 && first !== -1 && last !== -1;
  if (!letters && !(/^\d{0,15}$/.test(from) && /^\d{1,15}$/.test(to))) {
    return 'a range of hosts must have numbers or single letters at both ends, such as [01:20] or [a:f]';
  }
  const padded = !letters && /^0\d/.test(from);
  if (padded && from.length !== to.length) return 'both ends of a range with leading zeros must have as many digits';
  const [begin, end] = letters ? [first, last] : [Number(from), Number(to)];
  if (begin > end) return 'the begin of a range of hosts must not be behind its end';
  if ((end - begin) / Number(step) >= most) return `a range of more than ${MOST_NAMES} hosts`;
  const names: string[] = [];
  for (let index = begin; index <= end; index += Number(step)) {
    names.push(letters ? (LETTERS[index] ?? '') : String(index).padStart(padded ? from.length : 0, '0'));
  }
  return names;
}
