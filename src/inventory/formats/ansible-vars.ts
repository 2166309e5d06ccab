import { ownPlatform } from '../foreign-platforms.js';
import type { Entry } from '../node.js';
import { ALL, type Variables } from './ansible-model.js';
import { sshWay } from './ansible-ssh-args.js';
import type { Telling } from './format.js';
import { renamed, textNode, textOf } from './nodes.js';

/**
 * Ansible's variables that have a meaning here, with our keys; of two for one key the later one counts, as in Ansible.
 * Source: the variables of the plugins ssh (connection) and enable (become) of ansible-core 2.19 and ansible.netcommon,
 * and of ansible.netcommon's network_cli and persistent connections.
 */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['ansible_host', 'host'],
  ['ansible_ssh_host', 'host'],
  ['ansible_port', 'port'],
  ['ansible_ssh_port', 'port'],
  ['ansible_user', 'username'],
  ['ansible_ssh_user', 'username'],
  ['ansible_password', 'password'],
  ['ansible_ssh_pass', 'password'],
  ['ansible_ssh_password', 'password'],
  ['ansible_become_password', 'secret'],
  ['ansible_become_pass', 'secret'],
  ['ansible_enable_pass', 'secret'],
  ['ansible_private_key_file', 'key_file'],
  ['ansible_ssh_private_key_file', 'key_file'],
  ['ansible_private_key_passphrase', 'passphrase'],
  ['ansible_ssh_private_key_passphrase', 'passphrase'],
  ['ansible_network_os', 'platform'],
  ['ansible_connect_timeout', 'conn_timeout'],
  ['ansible_command_timeout', 'read_timeout_override'],
]);

/** What is said of ssh itself, in the order in which ssh gets it. */
const SSH_ARGS = ['ansible_ssh_args', 'ansible_ssh_common_args', 'ansible_ssh_extra_args'];
const OWN = 'rollcall_';

/** The variables of a group or a host, under our keys, and the rest, which programs may want to know. */
export interface Translated {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly data: ReadonlyMap<string, Entry>;
}

/** Translates variables; those of Ansible that have no meaning here are passed over. */
export function translate(variables: Variables, telling: Telling): Translated {
  const entries = new Map<string, Entry>();
  const data = new Map<string, Entry>();
  for (const entry of variables.values()) {
    const { key } = entry;
    if (key.startsWith('ansible_') || key === ALL) continue;
    if (key.startsWith(OWN)) continue;
    data.set(key, entry);
  }
  for (const [name, key] of KEYS) {
    const entry = variables.get(name);
    if (entry !== undefined) entries.set(key, key === 'platform' ? platformEntry(entry) : renamed(entry, key));
  }
  for (const name of SSH_ARGS) {
    const entry = variables.get(name);
    if (entry !== undefined) for (const one of wayEntries(entry, telling)) entries.set(one.key, one);
  }
  tellConnection(variables, telling);
  // Ansible does not look at these: what is written for rollcall counts here.
  for (const entry of variables.values()) {
    if (entry.key.startsWith(OWN))
      entries.set(entry.key.slice(OWN.length), renamed(entry, entry.key.slice(OWN.length)));
  }
  return { entries, data };
}

function platformEntry(entry: Entry): Entry {
  const name = textOf(entry.value);
  const own = name === undefined ? undefined : ownPlatform(name);
  const value = own === undefined || own === name ? entry.value : textNode(own, entry.valueAt);
  return { ...entry, key: 'platform', value };
}

function wayEntries(entry: Entry, { problems, warn }: Telling): readonly Entry[] {
  const text = textOf(entry.value);
  if (text === undefined || text.includes('{{')) return [];
  const way = sshWay(text);
  const { file, line } = problems.placeAt(entry.keyAt);
  if (way === undefined || way.others.length > 0) {
    const what = way === undefined ? 'cannot be split into words' : `has ${way.others.join(', ')}, which is not read`;
    warn(`${file}:${line}: ${entry.key} ${what}; ProxyJump and ProxyCommand are`);
  }
  const found: Entry[] = [];
  if (way?.jump !== undefined) found.push({ ...entry, key: 'jump', value: textNode(way.jump, entry.valueAt) });
  if (way?.proxyCommand !== undefined) {
    found.push({ ...entry, key: 'proxy_command', value: textNode(way.proxyCommand, entry.valueAt) });
  }
  return found;
}

const OVER_SSH = /(?:^|\.)(?:ssh|network_cli|libssh|paramiko|paramiko_ssh|smart|local)$/;

function tellConnection(variables: Variables, { problems, warn }: Telling): void {
  const entry = variables.get('ansible_connection');
  const text = textOf(entry?.value ?? null);
  if (entry === undefined || text === undefined || OVER_SSH.test(text) || text.includes('{{')) return;
  const shown = /^[\w.]{1,64}$/.test(text) ? text : 'which is no plain word';
  const { file, line } = problems.placeAt(entry.keyAt);
  warn(
    `${file}:${line}: ansible_connection ${shown}: rollcall uses SSH there; rollcall_transport: telnet names another way`,
  );
}
