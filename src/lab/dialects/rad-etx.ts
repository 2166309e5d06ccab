import type { Dialect } from '../dialect/index.js';

/** RAD ETX: the way through the configuration stands in the prompt, and errors are comments. */
export const radEtx: Dialect = {
  name: 'rad_etx',
  title: 'RAD ETX',
  sources: ['netmiko rad_etx.py (login, admin save)', 'published notes on an ETX-2i (prompts, # cli error: …)'],
  login: { username: 'user>', password: 'password>', mask: '*', failure: '# cli error: login failed' },
  start: 'exec',
  modes: {
    exec: {
      prompt: '{host}# ',
      commands: [
        { line: 'show configure system device-information', prints: ['Name     : {host}', 'Sw       : 6.8.1(0.60)'] },
        { line: 'info', prints: '{running}' },
        { line: 'configure', does: { enter: 'config' } },
        { line: 'admin save', does: 'save', prints: '# Configuration saved successfully' },
        { line: ['logout', 'exit'], does: 'logout' },
      ],
    },
    config: {
      prompt: '{host}>config# ',
      inside: '{host}>config>{path}# ',
      statements: true,
      commands: [
        { line: 'exit all', does: 'rest' },
        { line: 'exit', does: 'up' },
        { line: 'info', prints: '{here}' },
      ],
    },
  },
  refusals: {
    unknown: ['#{lineMarker}', '# cli error: command not recognized'],
    incomplete: ['#{lineMarker}', '# cli error: command is not complete'],
  },
  configuration: {
    render: { style: 'indented', indent: 4 },
    pathSeparator: '>',
    statements: [
      { line: 'system', label: 'system' },
      'system > name {host}',
      'system > contact {text}',
      { line: 'port', label: 'port' },
      { line: 'port > ethernet {port}', label: 'ethernet({port})' },
      'port > ethernet {port} > name {text}',
    ],
    initial: ['system name {host}'],
  },
  examples: {
    prompt: 'edge-1#',
    show: { send: 'show configure system device-information', holds: '6.8.1(0.60)' },
    unknown: { send: 'shwo', holds: '# cli error: command not recognized' },
    configure: {
      enter: ['configure'],
      prompt: 'edge-1>config#',
      lines: ['system contact noc', 'port ethernet 0/1 name uplink'],
      refused: { send: 'systm contact noc', holds: '# cli error: command not recognized' },
      show: { send: 'info', holds: ['contact noc', 'name uplink'], from: 'rest' },
      leave: ['exit all'],
      save: { send: ['admin save'], holds: 'saved' },
    },
    exit: ['logout'],
  },
};
