import type { RawInventory } from '../raw.js';
import { EXPECTED, shapeOf } from '../shape.js';
import { type AnsibleFiles, readAnsible } from './ansible-files.js';
import { readCsv } from './csv.js';
import { formatByName, formatOfTree, looksLikeIni, openName, type TreeFormat } from './detect.js';
import type { InventoryFormat, SourceText, SourceTree, Telling } from './format.js';
import { readNetmiko } from './netmiko.js';
import { readNornir } from './nornir.js';
import { known, type ReadText, treeOf } from './open.js';

/** A text whose format is known; Ansible's INI and a table are no trees. */
export type DetectedText =
  | { readonly format: TreeFormat; readonly tree: SourceTree }
  | { readonly format: 'csv' | 'ansible'; readonly source: SourceText };

/** What a reader found, and what was expected where it found no device. */
export interface ReadInventory {
  readonly raw: RawInventory;
  readonly expected: string;
}

/** What lies beside a text and belongs to it. */
export interface Beside extends Partial<AnsibleFiles> {
  readonly groups?: SourceTree | undefined;
  readonly defaults?: SourceTree | undefined;
}

const EXPECTED_IN: Readonly<Record<DetectedText['format'], string>> = {
  native: EXPECTED,
  netmiko:
    "expected devices by their names, each a mapping of netmiko's arguments: rtr1: { device_type: cisco_ios, host: 192.0.2.1 }",
  nornir: 'expected hosts by their names: rtr1: { hostname: 192.0.2.1, platform: ios }',
  ansible: 'expected hosts, with variables such as ansible_host and ansible_network_os',
  csv: 'expected a row for each device below the row that names the columns',
};

/** Finds out what a text is, by its name and then by what is in it; undefined where it is none, which is reported. */
export function detectText(text: ReadText, format: InventoryFormat, telling: Telling): DetectedText | undefined {
  const source = known(text, telling);
  if (source === undefined) return undefined;
  const wanted = textFormat(format === 'auto' ? formatByName(text.file) : format);
  if (wanted === 'csv') return { format: wanted, source };
  const mayBeIni = wanted === 'ansible' ? !isYaml(source) : wanted === undefined && looksLikeIni(source.text);
  if (mayBeIni) return { format: 'ansible', source };
  const tree = treeOf(source, telling);
  if (tree === undefined) return noProgram(source, telling);
  const found = wanted ?? formatOfTree(tree.root);
  if (found === 'ansible') return { format: found, tree };
  // The tags of Ansible are wrong in the others.
  const strict = /!(?:vault|unsafe)/.test(source.text) ? treeOf(source, telling, { strict: true }) : tree;
  return strict === undefined ? undefined : { format: found, tree: strict };
}

/** Says of a text that is no YAML what it is then, above what is wrong with it as YAML. */
function noProgram({ text, base }: SourceText, { problems }: Telling): undefined {
  if (!/^\ufeff?#!\s*\//.test(text)) return;
  problems.report(base, 'this is a program that may not be started: chmod +x it, and what it prints is read');
}

/** A module or a program prints one of these: its text is found out. */
function textFormat(format: InventoryFormat | undefined): DetectedText['format'] | undefined {
  return format === 'module' || format === 'executable' || format === 'auto' ? undefined : format;
}

/** Ansible takes a file for YAML by its ending; without one it tries. */
function isYaml({ file, text }: SourceText): boolean {
  const name = openName(file);
  if (/\.(?:ya?ml|json)$/i.test(name)) return true;
  if (/\.(?:ini|cfg)$/i.test(name)) return false;
  return /^\ufeff?\s*(?:\{|---|(?:#.*\n|\s)*[\w.-]+:\s*(?:#.*)?(?:\n|$))/.test(text) && !looksLikeIni(text);
}

/** Reads what a text says; what is wrong is reported. */
export function rawOfText(detected: DetectedText, beside: Beside, telling: Telling): ReadInventory {
  return { raw: rawOf(detected, beside, telling), expected: EXPECTED_IN[detected.format] };
}

function rawOf(detected: DetectedText, { groups, defaults, ...files }: Beside, telling: Telling): RawInventory {
  if (detected.format === 'ansible') return readAnsible([detected], files, telling);
  if ('source' in detected) return readCsv(detected.source, telling);
  const { format, tree } = detected;
  if (format === 'netmiko') return readNetmiko(tree, telling);
  if (format === 'native') return shapeOf(tree.root, telling.problems);
  return readNornir({ hosts: tree, ...(groups && { groups }), ...(defaults && { defaults }) }, telling);
}
