import { isIP } from 'node:net';

/** The longest name that DNS can carry (RFC 1035, section 2.3.4), without its final dot. */
const LONGEST_NAME = 253;

/**
 * Returns what keeps a text from being a host name or an IP address, as the end of a sentence that begins with what
 * the text is for; undefined when nothing does. What passes is one word that no program can take for an option.
 */
export function hostProblem(host: string): string | undefined {
  if (isIP(host) !== 0) return undefined;
  if (host === '') return 'is empty';
  if (/[\s\p{Cc}\p{Cf}]/u.test(host)) return 'holds a space or a control character';
  if (host.startsWith('-')) return 'begins with a dash';
  if (host.includes('://')) return 'is a URL: write the address alone';
  if (host.includes('@')) return 'holds a user name: write it as `username`';
  if (/^\[.*\]/.test(host)) return 'has brackets: write an IPv6 address without them, and the port as `port`';
  if (/^[^:]+:\d+$/.test(host)) return 'holds a port: write it as `port`';
  if (isIP(host.replace(/\/\d{1,3}$/, '')) !== 0) return 'has the length of a prefix: write the address alone';
  if (host.includes(':')) return 'is not an IPv6 address';
  if (/^[\d.]+$/.test(host)) return 'is not an IPv4 address';
  if (host.length > LONGEST_NAME) return `is longer than ${LONGEST_NAME} characters`;
  if (!/^[\p{L}\p{M}\p{N}._-]+$/u.test(host)) return 'holds a character that no host name has';
  return undefined;
}
