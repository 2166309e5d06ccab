import { didYouMean, quote } from '../../base/index.js';
import type { Device } from '../device.js';
import { ownPlatform } from '../foreign-platforms.js';
import type { Glob, Test } from './expression.js';
import { textOf } from './parse-glob.js';
import { printTest, printText } from './print.js';
import { OWN_KEYS, pathsOf, textsOf } from './texts.js';

const MOST_VALUES = 8;
const MOST_KEYS = 24;
/** Beyond it a near name is not looked for: it is an error message, and has to come at once. */
const MOST_COMPARED = 20_000;
const LONGEST_VALUE = 40;
/** What other tools call a device by. */
const FOREIGN_KEYS = /^(?:host_?name|inventory_hostname|device|address|ansible_host)$/i;
/** Keys whose values are nobody's business. */
const HIDDEN = /pass|secret|communit|token|credential|private|api_?key/i;

/** Says of a test that no device fits what it is, what it may have been meant to be, and what there is. */
export function explainTest(test: Test, devices: readonly Device[]): string {
  const shown = printTest(test);
  if (test.kind === 'called') {
    const groups = tally(devices, textsOf('group'));
    const names = [...groups.keys(), ...devices.slice(0, MOST_COMPARED).map(({ name }) => name)];
    const meant = meantBy(textOf(test.glob) ?? '', devices);
    return `${shown}: no name and no group is that${meant || near(test.glob, names)}${listed('groups', groups)}${inQuotes(test.glob)}`;
  }
  const values = tally(devices, textsOf(test.key));
  if (values.size === 0) return `${shown}: ${noSuchKey(test.key, devices)}`;
  const listing = HIDDEN.test(test.key) ? '' : listed(`values of ${printText(test.key)}`, values);
  if (test.kind === 'compares') return `${shown}${listing}`;
  const known = [...values.keys()].slice(0, MOST_COMPARED);
  const hint = HIDDEN.test(test.key) ? '' : foreignPlatform(test, known) || near(test.glob, known);
  return `${shown}${hint}${listing}${inQuotes(test.glob)}`;
}

/** What users of other languages write for a key, for its value, for everything. */
function meantBy(text: string, devices: readonly Device[]): string {
  if (text === 'all') return '; every device is written *';
  const [, key = '', value] = /^([\w.-]+)(?:(?:=~|[:~])(.*))?$/s.exec(text) ?? [];
  const read = textsOf(key);
  if (key === '' || !devices.some((device) => read(device).length > 0)) return '';
  return `; ${key} is a key: write ${key}=${value === undefined || value === '' ? '*, or with a value' : value}`;
}

/** Other tools call a platform otherwise, and so does an inventory of theirs. */
function foreignPlatform({ key, glob }: Extract<Test, { kind: 'has' }>, known: readonly string[]): string {
  const own = key === 'platform' || key === 'device_type' ? ownPlatform(textOf(glob) ?? '') : '';
  return known.includes(own) ? `; did you mean '${own}'?` : '';
}

function noSuchKey(key: string, devices: readonly Device[]): string {
  const found = new Set<string>();
  for (const { data } of devices) for (const path of pathsOf(data)) found.add(path);
  const own = OWN_KEYS.filter((name) => devices.some((device) => textsOf(name)(device).length > 0));
  const keys = [...own, ...[...found].sort()];
  const shown = keys.slice(0, MOST_KEYS).map(printText).join(', ');
  const more = keys.length > MOST_KEYS ? ` and ${keys.length - MOST_KEYS} more` : '';
  const meant = FOREIGN_KEYS.test(key) ? "; did you mean 'name' or 'host'?" : didYouMean(key, keys);
  return `no device has the key ${quote(key)}${meant}; keys: ${shown}${more}`;
}

/** How many devices have each text. */
function tally(devices: readonly Device[], texts: (device: Device) => readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const device of devices)
    for (const text of new Set(texts(device))) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function listed(what: string, counts: ReadonlyMap<string, number>): string {
  if (counts.size === 0) return '';
  const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_VALUES);
  const shown = most.map(([text, count]) => `${cut(printText(text))} (${count})`).join(', ');
  return `; ${what}: ${shown}${counts.size > MOST_VALUES ? ` and ${counts.size - MOST_VALUES} more` : ''}`;
}

const cut = (text: string): string => (text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text);

function near(glob: Glob, among: readonly string[]): string {
  const text = textOf(glob);
  return text === undefined || text === '' ? '' : didYouMean(text, among);
}

/** Who puts a glob in quotes has a shell in mind that takes them away. */
function inQuotes(glob: Glob): string {
  const plain = glob.some((piece) => piece.kind === 'text' && /[*?[\]{}]/.test(piece.text));
  return plain ? ' (in quotes, * ? [ ] { } are plain characters)' : '';
}
