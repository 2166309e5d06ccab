import { configure } from './config-mode.js';
import { Grammar } from './grammar.js';
import { ask, type Call, confirm, type ExecAction, type IosSession, NOTHING } from './session.js';
import * as network from './show-network.js';
import * as system from './show-system.js';

const SAVED = ['Building configuration...', '[OK]'];

const quit: ExecAction = (session) => {
  session.over = true;
  return NOTHING;
};

/** Three tries, as IOS gives them, and never an echo. */
const enable: ExecAction = async (session) => {
  if (session.privilege === 15) return NOTHING;
  if (session.device.secret === '') return ['% No password set'];
  for (let tries = 0; tries < 3; tries++) {
    const { line, end } = await session.tty.readLine({ prompt: 'Password: ', echo: false });
    if (end === 'abort') return NOTHING;
    if (line === session.device.secret) {
      session.privilege = 15;
      return NOTHING;
    }
  }
  return ['% Bad secrets', ''];
};

const disable: ExecAction = (session) => {
  session.privilege = 1;
  return NOTHING;
};

const write: ExecAction = ({ device }) => {
  device.save();
  return SAVED;
};

const copyRunningToStartup: ExecAction = async (session) => {
  const file = await ask(session, 'Destination filename', 'startup-config');
  if (file === undefined) return NOTHING;
  if (file !== 'startup-config') return [`%Error opening nvram:${file} (No such file or directory)`];
  session.device.save();
  return SAVED;
};

const erase: ExecAction = async (session) => {
  const question = 'Erasing the nvram filesystem will remove all configuration files! Continue?';
  if (!(await confirm(session, question))) return NOTHING;
  session.device.startup = undefined;
  return ['[OK]', 'Erase of nvram: complete'];
};

const reload: ExecAction = async (session) => {
  const { device, tty } = session;
  if (device.modified) {
    const { line, end } = await tty.readLine({
      prompt: '\r\nSystem configuration has been modified. Save? [yes/no]: ',
    });
    if (end === 'abort') return NOTHING;
    if (/^y/i.test(line.trim())) device.save();
  }
  if (!(await confirm(session, 'Proceed with reload?'))) return NOTHING;
  tty.flush();
  device.reload();
  return NOTHING;
};

const clearCounters: ExecAction = async (session) => {
  await confirm(session, 'Clear "show interface" counters on all interfaces');
  return NOTHING;
};

const terminalLength: ExecAction = (session, { args }) => {
  session.pageLength = Number(args[0]);
  session.fixed.add('length');
  return NOTHING;
};

const terminalWidth: ExecAction = ({ tty, fixed }, { args }) => {
  fixed.add('width');
  tty.columns = Number(args[0]);
  return NOTHING;
};

const ping: ExecAction = (_session, { args }) => [
  'Type escape sequence to abort.',
  `Sending 5, 100-byte ICMP Echos to ${args[0]}, timeout is 2 seconds:`,
  '!!!!!',
  'Success rate is 100 percent (5/5), round-trip min/avg/max = 1/1/2 ms',
];

const noSuchHost: ExecAction = (_session, { args }) => [
  `Trying ${args[0]} ... `,
  '% Connection refused by remote host',
  '',
];

const showRunInterface: ExecAction = ({ device }, { args }) => {
  const section = `interface ${args[0]}`;
  if (!device.running.has(section)) return ['% Invalid interface type and number', ''];
  const lines = device.running.renderSection(section);
  const bytes = lines.join('\n').length;
  return ['Building configuration...', '', `Current configuration : ${bytes} bytes`, '!', ...lines, 'end', ''];
};

const configureAsk: ExecAction = async (session) => {
  const source = await ask(session, 'Configuring from terminal, memory, or network', 'terminal');
  return source === 'terminal' ? configure(session) : NOTHING;
};

const showHistory = ({ history }: IosSession): readonly string[] => history.map((line) => `  ${line}`);
const showPrivilege = ({ privilege }: IosSession): readonly string[] => [`Current privilege level is ${privilege}`];

const EVERYONE: readonly (readonly [string, ExecAction])[] = [
  ['enable', enable],
  ['exit', quit],
  ['logout', quit],
  ['quit', quit],
  ['connect WORD', noSuchHost],
  ['telnet WORD', noSuchHost],
  ['ping A.B.C.D', ping],
  ['show clock', system.showClock],
  ['show history', showHistory],
  ['show interfaces [INTERFACE]', network.showInterfaces],
  ['show interfaces description', network.showInterfacesDescription],
  ['show inventory', system.showInventory],
  ['show ip arp', network.showIpArp],
  ['show ip interface brief', network.showIpInterfaceBrief],
  ['show ip route', network.showIpRoute],
  ['show privilege', showPrivilege],
  ['show terminal', system.showTerminal],
  ['show users', system.showUsers],
  ['show version', system.showVersion],
  ['terminal length <0-512>', terminalLength],
  ['terminal width <0-512>', terminalWidth],
  ['terminal monitor', () => NOTHING],
  ['terminal no monitor', () => NOTHING],
];

const PRIVILEGED: readonly (readonly [string, ExecAction])[] = [
  ['clear counters', clearCounters],
  ['configure', configureAsk],
  ['configure terminal', configure],
  ['copy running-config startup-config', copyRunningToStartup],
  ['disable', disable],
  ['reload', reload],
  ['show logging', system.showLogging],
  ['show running-config', system.showRunning],
  ['show running-config interface INTERFACE', showRunInterface],
  ['show startup-config', system.showStartup],
  ['write [memory]', write],
  ['write erase', erase],
  ['write terminal', system.showRunning],
];

const USER = new Grammar(EVERYONE);
const ALL = new Grammar([...EVERYONE, ...PRIVILEGED]);

/** Returns the commands that a level of privilege has. */
export function execGrammar(privilege: 1 | 15): Grammar<ExecAction> {
  return privilege === 15 ? ALL : USER;
}

/** What IOS says of a lone word that is no command: it takes it for a host to connect to. */
export function unknownHost({ device }: IosSession, { line }: Pick<Call, 'line'>): readonly string[] {
  const word = line.trim();
  const lookup = !device.running.lines().includes('no ip domain lookup');
  return [
    lookup ? `Translating "${word}"...domain server (255.255.255.255)` : `Translating "${word}"`,
    '% Unknown command or computer name, or unable to find computer address',
    '',
  ];
}
