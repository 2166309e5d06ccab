import type { BlockData } from '../change-data.js';
import type { LoginData, PagerData } from '../dialogue-data.js';
import type { LeaveData, TransitionData } from '../mode-data.js';
import { commonLogin, commonQuestions } from './common.js';

/** A device's name in a prompt of the family: it begins so that Tcl's `+>` is no name. */
export const iosHost = String.raw`(?<host>[A-Za-z0-9_][^\s#>()]{0,62})`;

/** `--More--` as the family spells it. */
export const iosMore: PagerData = { prompt: String.raw`^ ?-- ?More ?-- ?$`, answer: ' ' };

/** The login dialogue, with what consoles ask before the first prompt. */
export const iosLogin: LoginData = {
  ...commonLogin,
  answers: [
    { prompt: String.raw`^Press RETURN to get started[.!]? ?$`, answer: '\r' },
    // Without a configuration the device offers a dialogue that would write one.
    {
      prompt: String.raw`^Would you like to enter the (?:initial|basic) configuration dialog\? .*: ?$`,
      answer: 'no\r',
    },
  ],
  wake: '\r',
};

/** What an IOS-like command line asks: yes or no, `[confirm]`, a file name, a number with its default, a password. */
export const iosQuestions: readonly string[] = [
  ...commonQuestions,
  String.raw`^(?:Address or name of remote host|Source filename|Destination filename|Destination username) .*\? ?$`,
  String.raw`^How many bits in the modulus \[\d+\]: ?$`,
  String.raw`^(?:Press|Hit) (?:RETURN|ENTER|any key)\b.{0,60}$`,
];

/** The errors of the command interpreter; never a bare `%`, which also begins warnings that refuse nothing. */
export const iosRefusals: readonly string[] = [
  String.raw`^% ?(?:Invalid input|Incomplete command|Ambiguous command|Unknown command|Unrecognized command)`,
  String.raw`^(?:% ?)?Command authorization failed`,
  String.raw`^% ?(?:Authorization failed|Not authorized|Permission denied|Access denied)`,
];

/** `hostname NAME`, however short it is typed, and `no hostname`, after which the name is the factory's. */
export const iosRenames: readonly string[] = [
  String.raw`^\s*ho(?:s(?:t(?:n(?:a(?:me?)?)?)?)?)?\s+(?<host>\S+)\s*$`,
  String.raw`^\s*(?:no|default)\s+ho(?:s(?:t(?:n(?:a(?:me?)?)?)?)?)?(?:\s+\S+)?\s*$`,
];

/** `enable` with its secret; the name is asked for as well where AAA wants it. */
export const iosEnable: TransitionData = {
  from: 'exec',
  send: 'enable',
  usernamePrompt: String.raw`^user ?name ?: ?$`,
  secretPrompt: String.raw`^(?:enable )?password ?: ?$`,
  refusals: [
    String.raw`^% (?:Bad secrets|Bad passwords|Access denied|Error in authentication|No password set|Authentication failed)`,
  ],
};

/** `configure terminal` and `end`. */
export const iosConfigure: TransitionData = { from: 'privileged', send: 'configure terminal', refusals: [] };
export const iosEnd: LeaveData = { send: 'end' };

/** Routes, entries of access lists and prefix lists, with or without `no`: none asks anything. */
export const iosAhead: readonly string[] = [
  String.raw`^\s*(?:no\s+)?ip(?:v6)?\s+(?:route|prefix-list)\s+\S.*$`,
  String.raw`^\s*(?:no\s+)?access-list\s+\d+\s+(?:permit|deny|remark)\s+\S.*$`,
  String.raw`^\s*(?:no\s+)?(?:\d+\s+)?(?:permit|deny|remark)\s+\S.*$`,
];

/** A banner, or another text, that ends with the character that the command names; not one that ends on its own line. */
export const iosBanners: readonly BlockData[] = [
  {
    start: String.raw`^\s*(?:banner\s+(?:exec|incoming|login|motd|prompt-timeout|slip-ppp|config-save)|aaa\s+authentication\s+(?:banner|fail-message))\s+(?<delimiter>\^C|\S)(?!.*\k<delimiter>)`,
  },
];

/** Certificates pasted as base64 where the trust point is enrolled by terminal. */
export const iosCertificates: readonly BlockData[] = [
  { start: String.raw`^\s*crypto\s+(?:pki|ca)\s+(?:authenticate\s+\S+|import\s+\S+\s+certificate)\s*$`, end: 'quit' },
];
