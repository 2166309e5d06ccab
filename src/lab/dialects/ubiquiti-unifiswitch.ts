import type { Dialect } from '../dialect/index.js';
import { ubiquitiEdgeswitch } from './ubiquiti-edgeswitch.js';

const { exec, privileged, config } = ubiquitiEdgeswitch.modes;
const named = (prompt = ''): string => prompt.replace('({host})', '(UBNT)');

/** UniFi switch: a shell first; `telnet localhost` leads to a command line that calls itself UBNT. */
export const ubiquitiUnifiswitch: Dialect = {
  ...ubiquitiEdgeswitch,
  name: 'ubiquiti_unifiswitch',
  title: 'Ubiquiti UniFi Switch',
  sources: [
    'netmiko pull request 1364: a session with a UniFi switch (login, telnet localhost)',
    ...ubiquitiEdgeswitch.sources,
  ],
  login: { username: 'login: ', password: 'Password: ', failure: 'Login incorrect' },
  start: 'shell',
  modes: {
    shell: {
      prompt: '{host}-US.v4.0.14# ',
      commands: [
        {
          line: 'info',
          prints: ['Model:       US-8-60W', 'Version:     4.0.14.9736', 'Hostname:    {host}'],
        },
        {
          line: 'telnet localhost',
          does: { enter: 'exec' },
          prints: ['', 'Entering character mode', "Escape character is '^]'.", '', 'Warning!', ''],
        },
        { line: 'exit', does: 'logout' },
      ],
      refusals: { unknown: '-sh: {word}: not found', incomplete: '-sh: {word}: not found' },
    },
    exec: { ...exec, prompt: named(exec?.prompt), commands: exec?.commands ?? [] },
    privileged: { ...privileged, prompt: named(privileged?.prompt), commands: privileged?.commands ?? [] },
    config: {
      ...config,
      prompt: named(config?.prompt),
      inside: named(config?.inside),
      commands: config?.commands ?? [],
    },
  },
  examples: {
    prompt: 'edge-1-US.v4.0.14#',
    show: { send: 'info', holds: 'US-8-60W' },
    unknown: { send: 'shwo version', holds: '-sh: shwo: not found' },
    inSession: {
      show: { send: 'show version', holds: 'EdgeSwitch 16-Port 150W' },
      unknown: { send: 'shwo version', holds: '% Invalid input detected' },
    },
    exit: ['exit'],
  },
};
