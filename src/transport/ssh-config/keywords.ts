import { jumpList } from './jump-list.js';
import { addedAlgorithms } from './legacy.js';
import type { Settings } from './settings.js';
import { isNone, one, paths, port, time, word, YES_NO } from './values.js';

/** A line of a keyword that counts. */
export interface Statement {
  readonly args: readonly string[];
  /** What stands behind the keyword, as written. */
  readonly rest: string;
  /** `file:line`. */
  readonly where: string;
}

/** Puts what a line says where nothing is said yet. */
export type Setter = (settings: Settings) => void;

/** Reads the line of a keyword. @throws BadValue. */
type Reader = (statement: Statement) => Setter;

/** A keyword whose first value stays. */
function first<K extends keyof Settings>(key: K, read: (statement: Statement) => Settings[K] | undefined): Reader {
  return (statement) => {
    const value = read(statement);
    return (settings) => {
      if (settings[key] === undefined && value !== undefined) settings[key] = value;
    };
  };
}

/** A keyword of which each line adds one, as long as it is a new one. */
function adding(key: 'identityFiles' | 'certificateFiles'): Reader {
  return ({ args, where }) => {
    const text = one(args, 'the path of a file');
    return (settings) => {
      if (!settings[key].some((known) => known.text === text)) settings[key].push({ text, where });
    };
  };
}

/** Whichever of ProxyJump and ProxyCommand comes first counts; a jump to `none` leaves room for a command. */
const proxyJump: Reader = ({ args, where }) => {
  const hops = jumpList(one(args, 'hosts with commas between them'));
  return (settings) => {
    if (settings.command === undefined) settings.jump ??= { hops, where };
  };
};

/** The rest of the line with its quotes: a shell reads it. */
const proxyCommand: Reader = ({ rest, where }) => {
  const command = { text: isNone(rest) ? '' : rest, where };
  return (settings) => {
    if (settings.jump === undefined || settings.jump.hops.length === 0) settings.command ??= command;
  };
};

type AlgorithmKey = 'kex' | 'ciphers' | 'macs' | 'hostKeyAlgorithms' | 'publicKeyAlgorithms';

const algorithms = (key: AlgorithmKey): Reader =>
  first(key, ({ args }) => addedAlgorithms(one(args, 'algorithms with commas between them')));

/** Only the strict word has an effect (docs/decisions/303). */
const STRICT = { ...YES_NO, ask: false, off: false, 'accept-new': false };

/** The keywords that count, in lower case; all others are passed over. */
export const KEYWORDS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['hostname', first('hostname', ({ args, where }) => ({ text: one(args, 'a name or an address'), where }))],
  ['user', first('user', ({ args }) => one(args, 'a user name'))],
  ['port', first('port', ({ args }) => port(args))],
  ['addressfamily', first('addressFamily', ({ args }) => word(args, { any: 'any', inet: 4, inet6: 6 } as const))],
  ['bindaddress', first('bindAddress', ({ args }) => one(args, 'an address of this machine'))],
  [
    'bindinterface',
    first('bindInterface', ({ args, where }) => ({ text: one(args, 'a network interface of this machine'), where })),
  ],
  ['connecttimeout', first('connectTimeoutMs', ({ args }) => time(args))],
  ['serveraliveinterval', first('aliveIntervalMs', ({ args }) => time(args))],
  ['hostkeyalias', first('hostKeyAlias', ({ args }) => one(args, 'a name'))],
  ['stricthostkeychecking', first('strict', ({ args }) => word(args, STRICT))],
  ['userknownhostsfile', first('userKnownHosts', ({ args, where }) => paths(args).map((text) => ({ text, where })))],
  [
    'globalknownhostsfile',
    first('globalKnownHosts', ({ args, where }) => paths(args).map((text) => ({ text, where }))),
  ],
  ['identityfile', adding('identityFiles')],
  ['certificatefile', adding('certificateFiles')],
  ['identityagent', first('identityAgent', ({ args, where }) => ({ text: one(args, "a socket, or 'none'"), where }))],
  ['identitiesonly', first('identitiesOnly', ({ args }) => word(args, YES_NO))],
  [
    'pubkeyauthentication',
    first('publicKeys', ({ args }) => word(args, { ...YES_NO, unbound: true, 'host-bound': true })),
  ],
  ['proxyjump', proxyJump],
  ['proxycommand', proxyCommand],
  ['canonicalizehostname', first('canonicalize', ({ args }) => word(args, { ...YES_NO, always: true }))],
  ['kexalgorithms', algorithms('kex')],
  ['ciphers', algorithms('ciphers')],
  ['macs', algorithms('macs')],
  ['hostkeyalgorithms', algorithms('hostKeyAlgorithms')],
  ['pubkeyacceptedalgorithms', algorithms('publicKeyAlgorithms')],
  // Its name until OpenSSH 8.5.
  ['pubkeyacceptedkeytypes', algorithms('publicKeyAlgorithms')],
]);
