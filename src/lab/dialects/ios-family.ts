import type { CommandData } from '../dialect/command-data.js';
import type { StatementData } from '../dialect/config-data.js';
import type { ConfigureExample } from '../dialect/example-data.js';
import type { Dialect } from '../dialect/index.js';
import type { LoginData } from '../dialect/login-data.js';
import type { EchoData, PagerData, RefusalData } from '../dialect/terminal-data.js';
import type { Text } from '../dialect/text-data.js';

/** What one vendor's IOS-like command line shows a person, where it is not as IOS shows it. */
export interface IosFamilyData {
  readonly name: string;
  readonly title: string;
  readonly sources: readonly string[];
  readonly prompts?: {
    readonly exec?: string;
    readonly privileged?: string;
    readonly config?: string;
    readonly inside?: string;
  };
  /** The first mode is the privileged one. */
  readonly withoutExec?: true;
  readonly login?: Partial<LoginData>;
  readonly secretPrompt?: string;
  readonly wrongSecret?: Text;
  readonly refusals: RefusalData;
  readonly pager: PagerData;
  /** The lines that turn the pager off or set the width, and the mode that takes them. */
  readonly terminal?: readonly CommandData[];
  readonly terminalIn?: 'exec' | 'privileged' | 'config';
  /** One of them, for the suites: only where the first mode takes it. */
  readonly pagingOff?: string;
  readonly configure?: string;
  readonly configureSays?: Text;
  /** The line that leaves configuration from anywhere in it. */
  readonly leave?: string;
  readonly version: Text;
  /** A text in the first lines of `show version`. */
  readonly versionHolds: string;
  readonly more?: readonly CommandData[];
  readonly save?: { readonly command: CommandData; readonly send: readonly string[]; readonly holds: string };
  readonly statements?: readonly (string | StatementData)[];
  /** Lines of the configuration that the suites type, and texts of it. */
  readonly lines?: readonly string[];
  readonly holds?: readonly string[];
  readonly refused?: { readonly send: string; readonly holds: string };
  readonly echo?: EchoData;
  readonly marks?: Dialect['marks'];
  readonly exit?: string;
  /** Lines make a candidate. */
  readonly candidate?: true;
  /** What else the suites do in the mode of configuration. */
  readonly example?: Partial<ConfigureExample>;
  /** A text in what is said of the mistyped `shwo version`. */
  readonly unknownHolds: string;
  /** The prompts without trailing blanks, for the suites. */
  readonly seen?: { readonly exec?: string; readonly privileged?: string; readonly config?: string };
}

const DEFAULT_STATEMENTS: readonly (string | StatementData)[] = [
  'hostname {host}',
  'snmp-server contact {text...}',
  { line: 'interface {name}', label: 'if' },
  'interface {name} > description {text...}',
  { line: 'ip route {network:ip} {netmask:mask} {gateway:ip}', many: true },
];

function shows(data: IosFamilyData): readonly CommandData[] {
  return [
    { line: 'show version', prints: data.version },
    {
      line: 'show interfaces',
      prints: [
        { repeat: 90, line: 'Port {i} is up, 0 input errors, Error: none, description "syntax error"' },
        'Last port is down',
      ],
    },
    { line: 'show logging', prints: ['{year}-{monthNumber}-{date} % Invalid input was logged', 'Total Error: 0'] },
  ];
}

function modesOf(data: IosFamilyData): Dialect['modes'] {
  const { prompts = {}, terminal = [], terminalIn = 'exec', leave = 'end', exit = 'exit' } = data;
  const typed = (mode: 'exec' | 'privileged' | 'config') => (terminalIn === mode ? terminal : []);
  const privileged: readonly CommandData[] = [
    ...(data.withoutExec ? [...shows(data), ...typed('exec')] : []),
    ...typed('privileged'),
    { line: 'show running-config', prints: '{running}' },
    {
      line: data.configure ?? 'configure terminal',
      does: data.candidate ? { enter: 'config', candidate: 'shared' } : { enter: 'config' },
      ...(data.configureSays === undefined ? {} : { prints: data.configureSays }),
    },
    ...(data.save === undefined ? [] : [data.save.command]),
    ...(data.more ?? []),
    { line: exit, does: 'logout' },
  ];
  const config = {
    prompt: prompts.config ?? '{host}(config)#',
    inside: prompts.inside ?? '{host}(config-{section})#',
    statements: true,
    endKey: 'rest',
    escapes: { do: 'privileged' },
    commands: [
      ...typed('config'),
      ...(leave === 'exit' ? [] : [{ line: leave, does: 'rest' } as const]),
      { line: 'exit', does: 'up' },
      { line: 'no {statement...}', does: 'delete' },
    ],
  } as const;
  const asksSecret = [
    {
      asks: data.secretPrompt ?? 'Password: ',
      hidden: true,
      takes: 'secret',
      tries: 1,
      wrong: data.wrongSecret ?? '% Bad passwords',
    },
  ] as const;
  const privilegedMode = { prompt: prompts.privileged ?? '{host}#', commands: privileged };
  if (data.withoutExec) return { privileged: privilegedMode, config };
  const exec: readonly CommandData[] = [
    ...shows(data),
    ...typed('exec'),
    { line: 'enable', asks: asksSecret, does: { go: 'privileged' } },
    { line: exit, does: 'logout' },
  ];
  return {
    exec: { prompt: prompts.exec ?? '{host}>', commands: exec },
    privileged: { ...privilegedMode, also: ['exec'] },
    config,
  };
}

function examplesOf(data: IosFamilyData): Dialect['examples'] {
  const { seen = {}, leave = 'end', lines, holds, refused } = data;
  const first = data.withoutExec ? (seen.privileged ?? 'edge-1#') : (seen.exec ?? 'edge-1>');
  return {
    prompt: first,
    ...(data.login?.first === undefined ? {} : { first: '\r' }),
    show: { send: 'show version', holds: data.versionHolds },
    long: { send: 'show interfaces', first: 'Port 1 is up', last: 'Last port is down' },
    ...(data.pagingOff === undefined ? {} : { pagingOff: [data.pagingOff] }),
    unknown: { send: 'shwo version', holds: data.unknownHolds },
    ...(data.candidate === undefined ? {} : { running: 'show running-config' }),
    ...(data.withoutExec ? {} : { enable: { send: ['enable', 'cisco'], prompt: seen.privileged ?? 'edge-1#' } }),
    configure: {
      enter: [data.configure ?? 'configure terminal'],
      prompt: seen.config ?? 'edge-1(config)#',
      lines: lines ?? ['snmp-server contact noc', 'ip route 10.9.0.0 255.255.0.0 10.0.0.1'],
      refused: refused ?? { send: 'snmp-sever contact noc', holds: data.unknownHolds },
      show: {
        send: 'show running-config',
        holds: holds ?? ['snmp-server contact noc', 'ip route 10.9.0.0'],
        from: 'rest',
      },
      leave: [leave],
      ...(data.save === undefined ? {} : { save: { send: data.save.send, holds: data.save.holds } }),
      ...data.example,
    },
    exit: [data.exit ?? 'exit'],
  };
}

/** Makes the dialect of an IOS-like command line from what differs in it. */
export function iosFamily(data: IosFamilyData): Dialect {
  return {
    name: data.name,
    title: data.title,
    sources: data.sources,
    login: { username: 'Username: ', password: 'Password: ', failure: '% Login invalid', ...data.login },
    start: data.withoutExec ? 'privileged' : 'exec',
    modes: modesOf(data),
    refusals: data.refusals,
    pager: data.pager,
    ...(data.echo === undefined ? {} : { echo: data.echo }),
    ...(data.marks === undefined ? {} : { marks: data.marks }),
    configuration: {
      render: { style: 'indented', between: '!' },
      fallsBack: true,
      ...(data.candidate === undefined ? {} : { candidate: true }),
      statements: data.statements ?? DEFAULT_STATEMENTS,
      initial: data.statements === undefined ? ['hostname {host}', 'interface port1 description uplink'] : [],
    },
    examples: examplesOf(data),
  };
}

/** The parser's errors as most of the family print them: a marker, then a sentence that names it. */
export const MARKED: RefusalData = {
  unknown: ['{marker}', "% Invalid input detected at '^' marker."],
  incomplete: '% Incomplete command.',
  ambiguous: '% Ambiguous command: "{line}"',
};

/** ` --More-- `, taken away by a carriage return and blanks. */
export const MORE: PagerData = { prompt: ' --More-- ', erase: '\r           \r' };
