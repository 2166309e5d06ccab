import type { Platform } from '../../platforms/index.js';
import { anyOf } from './patterns.js';

/** What of a line is looked at: all that tells a message stands at its beginning, and no pattern meets a longer text. */
const LOOKED_AT = 256;

const CLOCK = String.raw`\d\d:\d\d:\d\d`;
const DATE = String.raw`[A-Z][a-z]{2} {1,2}\d{1,2}`;
const ZONE = String.raw`(?: [A-Z]{2,5})?`;

/** What may stand before a message's code, in this order: a sequence number, a node of IOS XR, the time, who says it. */
const NUMBER = String.raw`(?:\d{1,10}: )?`;
const NODE = String.raw`(?:[A-Z]{1,4}\/\w{1,8}\/[\w\/]{1,16}: ?)?`;
const TIME = String.raw`(?:(?:[.*]?(?:\d{4} )?${DATE}(?: \d{4})? ${CLOCK}(?:\.\d{1,6})?${ZONE}|${CLOCK}|\d{1,4}[dwy]\d{1,2}[hdw]):? {1,2})?`;
const WHO = String.raw`(?:[\w.()-]{1,64}(?:\[\d{1,7}\])?:? ){0,3}`;

/** Facility, severity and mnemonic: `%SYS-5-CONFIG_I:`, `%PKT_INFRA-LINK-3-UPDOWN :`, `%%01IFNET/4/LINK_STATE(l)[0]:`. */
const CODE = String.raw`%{1,2}(?:\w{1,40}[-/]){1,4}[0-7][-/]\w{1,60}(?:\(\w\))?(?:\[\d{1,7}\])? ?:`;

/** One line of a message of IOS and its likes, of VRP, or of Comware, which puts the mark before the time. */
const CODED = [
  `^${NUMBER}${NODE}${TIME}${WHO}${CODE}`,
  String.raw`^[%#]${DATE} ${CLOCK}:\d{3} \d{4} [\w.-]{1,64} (?:[\w-]{1,40}\/){1,2}[0-7]\/\w{1,60}: `,
  // What belongs to a message of IOS, and its notice of a reload.
  '^-(?:Process|Traceback)= ?',
  String.raw`^\*\*\*$|^\*\*\* --- .{1,80} ---$`,
];

/** To all who are logged in: wall(1), shutdown(8), and syslogd(8) in an emergency. The text follows on lines of its own. */
const TO_ALL = [String.raw`^Broadcast [Mm]essage from \S`, String.raw`^Message from syslogd@\S{1,64} at `];

interface Where {
  readonly platform: Platform;
  /** The mode that the device is in. */
  readonly mode: string;
}

/** Whether the line has the shape of one that such a device prints on its own. A shell prints what was sent to all, alone. */
export function isMessageLine(line: string, { platform, mode }: Where): boolean {
  const text = line.trimStart().slice(0, LOOKED_AT).trimEnd();
  if (platform.unendedAnswers === true || mode.endsWith('shell')) return false;
  return anyOf([...CODED, ...(platform.messages ?? [])], 'u').test(text);
}

/** Whether these lines are messages of the device's own accord, and nothing else. */
export function areMessages(lines: readonly string[], where: Where): boolean {
  const said = lines.filter((line) => line.trim() !== '');
  const toAll = anyOf(TO_ALL, 'u');
  const end = said.findIndex((line) => toAll.test(line.trimStart().slice(0, LOOKED_AT)));
  return said.length > 0 && said.slice(0, end === -1 ? said.length : end).every((line) => isMessageLine(line, where));
}
