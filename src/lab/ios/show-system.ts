import type { IosDevice } from './device.js';
import type { Answer, IosSession } from './session.js';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const two = (value: number): string => String(value).padStart(2, '0');

function timeOfDay(now: Date): string {
  const ms = String(now.getUTCMilliseconds()).padStart(3, '0');
  return `${two(now.getUTCHours())}:${two(now.getUTCMinutes())}:${two(now.getUTCSeconds())}.${ms}`;
}

/** The asterisk says that the clock was never set by an authority. */
export function showClock(): Answer {
  const now = new Date();
  const date = `${DAYS[now.getUTCDay()]} ${MONTHS[now.getUTCMonth()]} ${now.getUTCDate()} ${now.getUTCFullYear()}`;
  return [`*${timeOfDay(now)} UTC ${date}`];
}

/** Returns a line as IOS logs it on a terminal. */
export function logLine(text: string): string {
  const now = new Date();
  return `*${MONTHS[now.getUTCMonth()]} ${String(now.getUTCDate()).padStart(2)} ${timeOfDay(now)}: ${text}`;
}

function uptime(device: IosDevice): string {
  const minutes = Math.floor((Date.now() - device.startedAt) / 60_000);
  const parts: [number, string][] = [
    [Math.floor(minutes / 10_080), 'week'],
    [Math.floor(minutes / 1440) % 7, 'day'],
    [Math.floor(minutes / 60) % 24, 'hour'],
    [minutes % 60, 'minute'],
  ];
  const said = parts.filter(([count], index) => count > 0 || index === parts.length - 1);
  return said.map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`).join(', ');
}

export function showVersion({ device }: IosSession): Answer {
  const ethernets = device.running.interfaces.filter((name) => name.startsWith('Ethernet')).length;
  return [
    'Cisco IOS Software, Linux Software (I86BI_LINUX-ADVENTERPRISEK9-M), Version 15.4(2)T4, DEVELOPMENT TEST SOFTWARE',
    'Technical Support: http://www.cisco.com/techsupport',
    'Copyright (c) 1986-2015 by Cisco Systems, Inc.',
    'Compiled Thu 08-Oct-15 21:21 by prod_rel_team',
    '',
    'ROM: Bootstrap program is Linux',
    '',
    `${device.hostname} uptime is ${uptime(device)}`,
    'System returned to ROM by reload at 0',
    'System image file is "unix:/i86bi_linux-adventerprisek9-ms"',
    'Last reload reason: Unknown reason',
    '',
    'Linux Unix (Intel-x86) processor with 422723K bytes of memory.',
    `Processor board ID ${device.facts.serial}`,
    `${ethernets} Ethernet interfaces`,
    '1024K bytes of NVRAM.',
    '',
    'Configuration register is 0x0',
    '',
  ];
}

export function showInventory({ device }: IosSession): Answer {
  return [
    'NAME: "IOL Chassis", DESCR: "Cisco IOS on Linux simulated chassis"',
    `PID: IOL               , VID: V01, SN: ${device.facts.serial}`,
    '',
  ];
}

export function showUsers(session: IosSession): Answer {
  const lines = ['    Line       User       Host(s)              Idle       Location'];
  let number = 0;
  for (const visitor of session.device.visitors) {
    const mark = visitor === session ? '*' : ' ';
    lines.push(`${mark}  ${number + 2} vty ${number}     ${visitor.username.padEnd(10)} idle                 00:00:00`);
    number++;
  }
  return [...lines, '', '  Interface    User               Mode         Idle     Peer Address', ''];
}

export function showLogging({ device }: IosSession): Answer {
  const hosts = device.running.lines().filter((line) => /^logging (host )?\d/.test(line));
  return [
    'Syslog logging: enabled (0 messages dropped, 0 messages rate-limited, 0 flushes, 0 overruns, xml disabled, filtering disabled)',
    '',
    '    Console logging: level debugging, 9 messages logged, xml disabled,',
    '                     filtering disabled',
    '    Monitor logging: level debugging, 0 messages logged, xml disabled,',
    '                     filtering disabled',
    '    Buffer logging:  disabled, xml disabled,',
    '                     filtering disabled',
    `    Trap logging: level informational, ${12 + hosts.length} message lines logged`,
    ...hosts.map((line) => `        Logging to ${line.split(' ').at(-1)}  (udp port 514, audit disabled, link up)`),
    '',
  ];
}

export function showTerminal({ tty, pageLength }: IosSession): Answer {
  return [
    'Line 2, Location: "", Type: "VT100"',
    `Length: ${pageLength} lines, Width: ${tty.columns} columns`,
    'Editing is enabled.',
    'History is enabled, history size is 20.',
  ];
}

export function showRunning({ device }: IosSession): Answer {
  const lines = device.running.render();
  const bytes = lines.join('\n').length;
  return ['Building configuration...', '', `Current configuration : ${bytes} bytes`, ...lines];
}

export function showStartup({ device }: IosSession): Answer {
  if (device.startup === undefined) return ['startup-config is not present'];
  return [`Using ${device.startup.length} out of 1048576 bytes`, ...device.startup.split('\n')];
}
