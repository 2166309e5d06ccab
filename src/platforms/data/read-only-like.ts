import type { ReadOnlyData } from '../read-only.js';

/** A word that may be cut off behind its first letters: `sh`, `sho`, `show`. */
const cut = (least: number, word: string): string =>
  word.slice(0, least) + [...word.slice(least)].reduceRight((rest, letter) => `(?:${letter}${rest})?`, '');

/** Filters behind a pipe, each with the least letters that say it alone. */
const filters = (words: Readonly<Record<string, number>>): string =>
  Object.entries(words)
    .map(([word, least]) => cut(least, word))
    .join('|');

/** In quotes a pipe is part of a pattern; not where a second kind of quote or a backslash makes it hard to tell. */
const QUOTED = String.raw`"[^"'\\]*(?:\\[^"][^"'\\]*)*"`;

/** A command with whatever belongs to it, and then nothing but these filters, any number of them. */
const piped = (verb: string, those: string): string =>
  String.raw`^\s*(?:${verb})(?:\s[^|]*)?(?:\|\s*(?:${those})(?:\s(?:[^|"\\]|\\[^|"]|${QUOTED})*)?)*$`;

/**
 * The same where a filter takes the rest of the line for its pattern (IOS): in it a pipe between two characters says or.
 */
const pipedToEnd = (verb: string, those: string, most = 1): string =>
  String.raw`^\s*(?:${verb})(?:\s[^|]*)?(?:\|\s*(?:${those})(?:\s(?:[^|]|(?<=\S)\|(?=\S))*)?){0,${most}}$`;

const show = cut(2, 'show');
const ADDRESS = String.raw`[\w.:-]+`;

/** Echo requests that end by themselves: at most 999 of them, and not without a pause. */
const ping = String.raw`^\s*ping(?:\s+(?:ip|ipv6|vrf\s+\S+))*\s+${ADDRESS}(?:\s+(?:source\s+[\w./:-]+|vrf\s+\S+|repeat\s+\d{1,3}|count\s+\d{1,3}|size\s+\d{1,5}|timeout\s+[1-9]\d?|df-bit))*\s*$`;
const traceroute = String.raw`^\s*${cut(2, 'traceroute')}(?:\s+(?:ip|ipv6|vrf\s+\S+))*\s+${ADDRESS}(?:\s+(?:source\s+[\w./:-]+|vrf\s+\S+|numeric|probe\s+\d{1,2}|timeout\s+\d{1,2}))*\s*$`;
const dir = String.raw`^\s*dir(?:\s+[\w./:-]+)?\s*$`;

/** A second command, what a shell would put in, and output that goes to a file; `*>` at the end of a pattern is none. */
const elsewhere = ['[;&`<]', String.raw`\$[({\w]`, String.raw`>\s*\S`];

/** Where a pipe may lead that writes: also as the second of two words of a pattern, which cannot be told apart here. */
const writers = String.raw`\|\s*(?:${filters({ append: 1, redirect: 1, tee: 1, save: 2, file: 2, email: 2, tftp: 2, ftp: 2, bash: 2, sh: 2, vsh: 2 })})(?![\w-])`;
const refuse = [...elsewhere, writers];

/** Command lines with `show` after the manner of IOS, of which no more is known: a few filters, and no other command. */
export const showReadOnly: ReadOnlyData = {
  allow: [piped(show, filters({ include: 1, exclude: 1, begin: 1, count: 1, section: 1 }))],
  refuse,
};

/**
 * IOS and IOS XE. Cisco IOS Configuration Fundamentals Command Reference: `show` with its filters, and redirection by
 * `append`, `redirect` and `tee`; Cisco IOS Shell Configuration Guide: what else a line does where that shell is on.
 */
export const iosReadOnly: ReadOnlyData = {
  allow: [
    pipedToEnd(show, filters({ include: 1, exclude: 1, begin: 1, section: 1, count: 1, format: 2 })),
    ...[ping, traceroute, dir],
  ],
  refuse,
};

/** NX-OS: filters that only read; not `diff`, `less`, `sed`, `sort` and `vsh`. Its technical support can go to a file. */
export const nxosReadOnly: ReadOnlyData = {
  allow: [
    piped(
      show,
      filters({
        ...{ include: 1, exclude: 2, begin: 1, section: 3, count: 1, grep: 1, egrep: 2, last: 2, head: 1, end: 2 },
        ...{ 'no-more': 1, json: 2, 'json-pretty': 5, xml: 1, wc: 1 },
      }),
    ),
    ...[ping, traceroute, dir],
  ],
  refuse: [...refuse, String.raw`^\s*sh\w*\s+ta?\S*\s.*\b(?:binary|bootflash:|logflash:|volatile:)`],
};

/** EOS: its pipes lead into a shell, so that only programs are let in that neither write nor run another one. */
export const eosReadOnly: ReadOnlyData = {
  allow: [
    piped(
      show,
      filters({
        ...{ include: 1, exclude: 1, begin: 1, section: 1, grep: 4, egrep: 5, head: 4, wc: 2 },
        ...{ json: 1, 'no-more': 2, nz: 2 },
      }),
    ),
    ...[ping, traceroute, dir],
  ],
  refuse,
};

/** IOS XR: its technical support is written to a file of the router by itself, and `| file` writes. */
export const xrReadOnly: ReadOnlyData = {
  allow: [
    piped(
      String.raw`${show}|admin\s+${show}`,
      filters({
        include: 1,
        exclude: 1,
        begin: 1,
        section: 1,
        'utility egrep': 13,
        'utility wc': 10,
        'utility head': 12,
      }),
    ),
    ...[ping, traceroute, dir],
  ],
  refuse: [...refuse, String.raw`\bsh\w*\s+tech`],
};

/** ASA and its family: `show tech-support file` writes. */
export const asaReadOnly: ReadOnlyData = {
  allow: [piped(show, filters({ include: 1, exclude: 1, begin: 1, grep: 1 })), ping, traceroute, dir],
  refuse: [...refuse, String.raw`^\s*sh\w*\s+tech\S*\s.*\bfile\b`],
};

/** Junos. Its CLI User Guide: pipe filters, of which `append`, `save`, `tee` and `request` write; a ping needs its count. */
export const junosReadOnly: ReadOnlyData = {
  allow: [
    piped(
      cut(2, 'show'),
      filters({
        ...{ match: 1, except: 1, find: 1, count: 3, last: 1, trim: 2, resolve: 3, 'no-more': 1, compare: 3 },
        ...{ display: 1 },
      }),
    ),
    String.raw`^\s*ping(?=\s.*\s(?:count\s+\d{1,3}|rapid)(?:\s|$))\s+[\w.:/-]+(?:\s+[\w.:/-]+)*\s*$`,
    String.raw`^\s*${cut(3, 'traceroute')}\s+[\w.:/-]+(?:\s+(?:source|routing-instance|wait|ttl)\s+[\w.:/-]+|\s+no-resolve)*\s*$`,
  ],
  refuse: [...refuse, String.raw`\binterval\s+0`],
};

/** `display` of Comware and VRP. Comware Fundamentals Command Reference: `>` and `>>` write a file; diagnostics may too. */
export const displayReadOnly: ReadOnlyData = {
  allow: [
    pipedToEnd(
      cut(3, 'display'),
      filters({ include: 1, exclude: 1, begin: 1, count: 1, section: 1, 'no-more': 2, 'by-linenum': 2 }),
      5,
    ),
    String.raw`^\s*ping(?:\s+(?:ip|ipv6|-c\s+\d{1,3}|-a\s+[\w.:]+|-s\s+\d{1,4}|-vpn-instance\s+\S+))*\s+${ADDRESS}\s*$`,
    String.raw`^\s*tracert(?:\s+(?:ipv6|-a\s+[\w.:]+|-vpn-instance\s+\S+))*\s+${ADDRESS}\s*$`,
    dir,
  ],
  refuse: [...elsewhere, '>', String.raw`\|\s*(?:re|sa|te|ap)`, String.raw`^\s*dis\w*\s+diag\S*\s+[^|\s]`],
};

/** vtysh and the daemons of FRRouting (documentation, Basic commands): a ping there goes on until it is stopped. */
export const frrReadOnly: ReadOnlyData = {
  allow: [piped(show, filters({ include: 1 })), String.raw`^\s*(?:list|who)\s*$`],
  refuse: elsewhere,
};

/** SR OS, either command line: `>` writes a file. A ping there is of five. */
export const srosReadOnly: ReadOnlyData = {
  allow: [
    piped(String.raw`/?${show}|/?admin\s+${show}\s+configuration`, filters({ match: 1, count: 1, 'no-more': 1 })),
    String.raw`^\s*ping\s+${ADDRESS}(?:\s+(?:router(?:-instance)?|source|count\s+(?=\d{1,3}(?:\s|$))|size)\s*["\w.:-]+)*\s*$`,
  ],
  refuse: [...elsewhere, '>'],
};

/** The operational commands of VyOS, EdgeOS and their like: they are typed at a shell. */
export const vyattaReadOnly: ReadOnlyData = {
  allow: [piped('show', filters({ match: 2, 'no-match': 4, count: 3, 'no-more': 4, commands: 3, 'strip-private': 5 }))],
  refuse: ['[;&<>`$\\\\]'],
};

/** PAN-OS: `show` with its filters. */
export const panosReadOnly: ReadOnlyData = {
  allow: [
    piped('show', filters({ match: 1, except: 1 })),
    String.raw`^\s*traceroute(?:\s+(?:source\s+\S+|host))*\s+${ADDRESS}\s*$`,
  ],
  refuse: elsewhere,
};

/** FortiOS: `get` and `show` read; `execute ping` sends five. */
export const fortiReadOnly: ReadOnlyData = {
  allow: [
    piped(`get|${show}`, 'grep'),
    String.raw`^\s*exe(?:c(?:u(?:t(?:e)?)?)?)?\s+(?:ping6?|traceroute|tracert6)\s+${ADDRESS}\s*$`,
  ],
  refuse: elsewhere,
};

/**
 * RouterOS: `print` and `export`, unless into a file, or for ever; what stands in brackets is run. Its words may be cut
 * off anywhere (RouterOS documentation, Command Line Interface), and a verb before them takes `print` for a name.
 */
const endless = `(?:${filters({ file: 2, append: 2, interval: 3, follow: 2, 'follow-only': 6, 'follow-strict': 6 })})`;
export const routerosReadOnly: ReadOnlyData = {
  allow: [
    String.raw`^\s*/?(?:[a-z][a-z0-9-]*[ /]+)*${cut(2, 'print')}(?:\s+(?!${endless}\b(?!-))[a-z][a-z-]*(?:=\S+)?)*(?:\s+where\s.*)?\s*$`,
    String.raw`^\s*/?(?:[a-z][a-z0-9 /-]*\s)?export(?:\s+(?:compact|verbose|terse|hide-sensitive|show-sensitive))*\s*$`,
  ],
  refuse: [
    ...['[;\\[\\]{}$`]', '(?<![0-9a-f:]):|:(?![0-9a-f:])'],
    String.raw`\s${endless}(?=[\s=]|$)(?!.*\b(?:pr|export))`,
    String.raw`[\s/](?:${filters({ add: 2, set: 2, unset: 3, remove: 3, disable: 3, enable: 2, move: 2, edit: 2, run: 2, reboot: 3, reset: 5, 'reset-configuration': 6, 'reset-counters': 6, shutdown: 2, import: 3, load: 2, save: 2, fetch: 3, flush: 2 })})\s+(?:.*\s)?(?:pr|exp)`,
  ],
};

/** What a POSIX shell runs: single programs that only read, with plain words behind them, and never two. */
const words = String.raw`(?:\s+[\w@%+=:,./~*?-]+)*`;
export const shellReadOnly: ReadOnlyData = {
  allow: [
    String.raw`^\s*(?:cat|df|du|ls|stat|wc|uname|id|lscpu|lsblk|lsmod|lspci|lsusb|ps)${words}\s*$`,
    String.raw`^\s*(?:pwd|uptime|who|whoami|w|arch|nproc|mount|hostnamectl|timedatectl)\s*$`,
    String.raw`^\s*(?:hostname(?:\s+-[fsi])?|date(?:\s+-u)?|dmesg(?:\s+-t)?|sysctl\s+(?:-a|[\w.]+))\s*$`,
    String.raw`^\s*grep(?:\s+-[ivnwcefrlsho]+)*(?:\s+(?:[\w@%+=:,./~*?^-]+|"[\w@%+=:,./~*?^ -]+"|'[\w@%+=:,./~*?^ -]+'))+\s*$`,
    String.raw`^\s*journalctl(?=\s(?:.*\s)?--no-pager(?:\s|$))(?:\s+(?:--no-pager|-b|-k|-n\s+\d+|-[up]\s+[\w@.-]+))+\s*$`,
    String.raw`^\s*free(?:\s+-[bkmght]+)?\s*$`,
    String.raw`^\s*(?:head|tail)(?:\s+-n\s+\d+)?(?:\s+[\w./~*?][\w@%+=:,./~*?-]*)+\s*$`,
    String.raw`^\s*ip(?:\s+-(?:[46dsojpc]|br|brief|json|details|statistics|oneline))*\s+(?:addr|address|a|link|l|route|r|neigh|neighbour|n|rule)(?:\s+(?:show|list|ls|get)${words})?\s*$`,
    String.raw`^\s*ss(?:\s+-[ailmnoprstuwx46]+)*\s*$`,
    String.raw`^\s*netstat(?:\s+-[ailnprstu46]+)*\s*$`,
    String.raw`^\s*(?:arp\s+-a?n|route\s+-n)\s*$`,
    String.raw`^\s*systemctl(?:\s+--no-pager)?\s+(?:status|is-active|is-enabled|list-units|list-timers)(?:\s+[\w@.:-]+)*\s*$`,
    String.raw`^\s*ping\s+-c\s+\d{1,3}\s+${ADDRESS}\s*$`,
    String.raw`^\s*traceroute(?:\s+-n)?\s+${ADDRESS}\s*$`,
    String.raw`^\s*vtysh\s+-c\s+(["'])show\s[\w ./:-]+\1\s*$`,
  ],
  // Reading a device file may do something, or never end.
  refuse: ['[;&|<>`$(){}!\\\\]', String.raw`^\s*(?:cat|head|tail|wc|grep)\s(?:.*[\s/])?dev/`],
};
