import type { Platform } from '../platform.js';
import { ciscoIosCases } from './cisco-ios-cases.js';
import { iosFiles } from './files-like.js';
import {
  iosAhead,
  iosBanners,
  iosCertificates,
  iosConfigure,
  iosEnable,
  iosEnd,
  iosHost,
  iosLogin,
  iosMore,
  iosQuestions,
  iosRefusals,
  iosRenames,
} from './ios-like.js';
import { iosReadOnly } from './read-only-like.js';

/** A redundancy role stands behind the name: a standby supervisor, a chassis of a pair that lost its peer. */
const ROLE = String.raw`(?:\((?:standby|recovery-mode)\))?`;

// `configure terminal revert timer N` with `configure confirm` is no commit: it replaces the line that enters the mode,
// every line takes effect at once, and it exists only where an archive is configured. It is left to the caller.
export const ciscoIos: Platform = {
  name: 'cisco_ios',
  title: 'Cisco IOS and IOS-XE',
  verified: [
    {
      by: 'recording',
      what: 'ntc-templates d0bc5a48, tests/cisco_ios: none of 372 answers is taken for a refusal, though some hold lines with %',
    },
    {
      by: 'documentation',
      what: 'Cisco IOS Scripting with TCL Command Reference: tclsh and tclquit',
    },
    {
      by: 'documentation',
      what: 'Cisco, Configuration Rollback Confirmed Change (IOS XE 17): it wants an archive, and confirms from EXEC',
    },
  ],
  sources: [
    'Cisco IOS Configuration Fundamentals Command Reference: terminal length, terminal width, enable, configure terminal',
    'Cisco IOS Scripting with TCL Command Reference: https://www.cisco.com/c/en/us/td/docs/ios-xml/ios/ios_tcl/command/ios-tcl-cr-book/ios-tcl-cr-c1.html',
    'Cisco IOS PKI: crypto pki authenticate ("End with a blank line or the word quit")',
    'netmiko 4 cisco_ios and ssh_autodetect; scrapli_definitions cisco_iosxe (tcl prompts, error texts)',
    'Files: netmiko 4, scp_handler.py (verify /md5, dir, ip scp server enable); Cisco IOS Command Reference: verify',
    'mscdex/ssh2 issue 284 and net-ssh/net-ssh issue 24: commands over exec, one for each connection (IOS 15.1, Catalyst 4500)',
    'joval, plugin for IOS (its refusal over exec, "Line has invalid autocommand")',
    'unicon.plugins iosxe patterns (standby and recovery-mode prompts, setup dialogue, NVRAM question)',
  ],
  terminal: { type: 'vt100', columns: 511, rows: 24, newline: '\r' },
  modes: {
    exec: { prompt: `^${iosHost}${ROLE}>$`, enter: [] },
    privileged: { prompt: `^${iosHost}${ROLE}#$`, enter: [iosEnable] },
    // Any mode text but those that are none of configuration (IOS-XE's diagnostic mode is none): it is cut as well when the whole prompt grows too long,
    // `(config-service)#`, and not all begin with `config`: `(ca-trustpoint)#`, `(gkm-local-server)#`, `(vlan)#`.
    config: {
      prompt: String.raw`^${iosHost}\((?!(?:boot|diag|tcl|standby|recovery-mode)\))[A-Za-z][^()#>]{0,62}\)#$`,
      hostLimit: 20,
      enter: [iosConfigure],
      leave: iosEnd,
    },
    tcl: {
      prompt: String.raw`^${iosHost}\(tcl\)#$`,
      enter: [{ from: 'privileged', send: 'tclsh', refusals: [] }],
      leave: { send: 'tclquit' },
    },
  },
  login: iosLogin,
  prepare: [{ send: 'terminal length 0' }, { send: 'terminal width 511' }],
  pager: [iosMore],
  // Tcl waits with `+>` for the rest of a command.
  questions: [...iosQuestions, String.raw`^\+>(?:\(tcl\)#)? ?$`],
  refusals: [
    ...iosRefusals,
    String.raw`^% ?(?:Bad IP address|Bad mask|Invalid|Inconsistent)`,
    String.raw`^Command rejected\b`,
    // Over exec, where the command is one of the line's own.
    '^Line has invalid autocommand ',
  ],
  // A mistyped word is looked up as a host name first.
  beforeRefusal: ['^Translating "'],
  renames: iosRenames,
  helpKey: '?',
  ahead: iosAhead,
  blocks: [...iosBanners, ...iosCertificates],
  save: {
    send: 'write memory',
    in: 'privileged',
    answers: [{ prompt: String.raw`^Overwrite the previous NVRAM configuration\? ?\[confirm\] ?$`, answer: '\r' }],
    done: String.raw`\[OK\] ?$`,
    refusals: [String.raw`^startup-config file open failed`],
  },
  files: iosFiles,
  detect: {
    ident: String.raw`\bCisco-1\.\d+`,
    probe: {
      send: 'show version',
      answer: String.raw`^Cisco (?:IOS Software|IOS XE Software|Internetwork Operating System Software)`,
    },
  },
  exec: 'one',
  readOnly: iosReadOnly,
  exit: 'exit',
  cases: ciscoIosCases,
};
