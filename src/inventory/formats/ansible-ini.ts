import type { Entry } from '../node.js';
import {
  type AnsibleHost,
  type AnsibleTree,
  addChild,
  addHost,
  groupNamed,
  hostVariables,
  setGroupVariable,
  UNGROUPED,
} from './ansible-model.js';
import { hostPattern } from './ansible-range.js';
import { type SourceText, showName, type Telling } from './format.js';
import { entryOf, textNode } from './nodes.js';
import { pythonValue } from './python-literal.js';
import { shellWords, type Word } from './shell-words.js';

type Section = 'hosts' | 'children' | 'vars';

/** A line without the spaces around it, and where it begins. */
interface Line {
  readonly text: string;
  readonly at: number;
}

/** Where a group was spoken of that has to have a section of its own. */
interface Pending {
  readonly at: number;
  readonly message: string;
}

interface Ini {
  readonly tree: AnsibleTree;
  readonly telling: Telling;
  readonly setHost: (host: AnsibleHost, entry: Entry) => void;
  readonly declared: Set<string>;
  readonly pending: Map<string, Pending>;
  group: string;
  section: Section | undefined;
}

const HIDDEN = /(?:pass|secret|key|token)\w*\s*[=:]/i;
const LONGEST_LINE = 1024 * 1024;

/** Reads an inventory in Ansible's INI form into the tree. Source: `plugins/inventory/ini.py` of ansible-core 2.19. */
export function readAnsibleIni({ text, base }: SourceText, tree: AnsibleTree, telling: Telling): void {
  const ini: Ini = {
    tree,
    telling,
    setHost: hostVariables(telling),
    declared: new Set(tree.groups.keys()),
    pending: new Map(),
    group: UNGROUPED,
    section: 'hosts',
  };
  for (let start = text.startsWith('\ufeff') ? 1 : 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const raw = text.slice(start, end);
    const trimmed = raw.trim();
    const at = base + start + raw.length - raw.trimStart().length;
    if (raw.length > LONGEST_LINE) telling.problems.report(at, 'a line of more than 1 MiB: this is no inventory');
    else if (trimmed !== '' && !/^[;#]/.test(trimmed)) readLine({ text: trimmed, at }, ini);
    start = end + 1;
  }
  for (const [name, { at, message }] of ini.pending) if (!ini.declared.has(name)) telling.problems.report(at, message);
}

function readLine(line: Line, ini: Ini): void {
  // A host may begin with a range, and its line may end with a bracket.
  if (/^\[[^\]]*\]\s*(?:#.*)?$/.test(line.text)) return openSection(line, ini);
  if (ini.section === 'hosts') readHost(line, ini);
  else if (ini.section === 'vars') readVariable(line, ini);
  else if (ini.section === 'children') readChild(line, ini);
}

function openSection({ text, at }: Line, ini: Ini): void {
  const { problems } = ini.telling;
  const [, name, kind = 'hosts'] = /^\[([^:\]\s]+)(?::(\w+))?\]/.exec(text) ?? [];
  ini.section = undefined;
  if (name === undefined) {
    problems.report(at, 'a section must be [group], [group:children] or [group:vars], without spaces');
    return;
  }
  if (kind !== 'hosts' && kind !== 'children' && kind !== 'vars') {
    problems.report(at, `a section of ${showName(name)} that is neither hosts nor :children nor :vars`);
    return;
  }
  ini.group = name;
  ini.section = kind;
  groupNamed(ini.tree, name, at);
  if (kind !== 'vars') ini.declared.add(name);
  else need(name, { at, message: `[${name}:vars] is of a group that there is not: it needs a section [${name}]` }, ini);
}

function need(name: string, pending: Pending, { pending: all }: Ini): void {
  if (!all.has(name)) all.set(name, pending);
}

function readHost({ text, at }: Line, ini: Ini): void {
  const { problems } = ini.telling;
  const words = shellWords(text, at);
  if ('why' in words) {
    problems.report(words.at, `this line has ${words.why}`);
    return;
  }
  const [first, ...rest] = words;
  if (first === undefined) return;
  if (first.text === '---') {
    problems.report(at, 'this is no INI: --- begins a file of YAML; name it .yml, or give --inventory-format native');
    return;
  }
  const pattern = hostPattern(first.text);
  if ('wrong' in pattern) {
    problems.report(at, pattern.wrong);
    return;
  }
  const variables = rest.flatMap((word) => variableOf(word, ini));
  if (pattern.port !== undefined) variables.unshift(entryOf('ansible_port', textNode(pattern.port, at, true)));
  const group = groupNamed(ini.tree, ini.group, at);
  for (const name of pattern.names) {
    const host = addHost(ini.tree, { name, at }, group);
    for (const entry of variables) ini.setHost(host, entry);
  }
}

function variableOf(word: Word, { telling: { problems, warn } }: Ini): Entry[] {
  const equals = word.text.indexOf('=');
  if (equals <= 0) {
    // A password with a space comes here: it is not shown.
    problems.report(word.at, 'expected key=value behind the host; a value with spaces must be in quotes');
    return [];
  }
  if (word.cut) {
    const { file, line } = problems.placeAt(word.at);
    warn(`${file}:${line}: a value ends where # begins a comment, as in Ansible; one that holds # must be in quotes`);
  }
  // `port=22password=x`: a space that is missing makes a secret the end of another value.
  if (HIDDEN.test(word.text.slice(equals + 1))) problems.guard(word.at);
  const at = word.at + equals + 1;
  return [entryOf(word.text.slice(0, equals), pythonValue(word.text.slice(equals + 1), at), word.at)];
}

function readVariable({ text, at }: Line, { tree, group, telling }: Ini): void {
  const equals = text.indexOf('=');
  if (equals <= 0) {
    telling.problems.report(at, `expected key=value in [${group}:vars]`);
    return;
  }
  const behind = text.slice(equals + 1);
  const valueAt = at + equals + 1 + (behind.length - behind.trimStart().length);
  const entry = entryOf(text.slice(0, equals).trim(), pythonValue(behind.trim(), valueAt), at);
  setGroupVariable(groupNamed(tree, group, at), { ...entry, valueAt }, telling);
}

function readChild({ text, at }: Line, ini: Ini): void {
  const name = /^([^:\]\s]+)\s*(?:#.*)?$/.exec(text)?.[1];
  if (name === undefined) {
    ini.telling.problems.report(at, `expected the name of a group in [${ini.group}:children]`);
    return;
  }
  addChild(groupNamed(ini.tree, name, at), { name: ini.group, at });
  const message = `[${ini.group}:children] names a group that there is not, ${showName(name)}: it needs a section of its own`;
  need(name, { at, message }, ini);
}
