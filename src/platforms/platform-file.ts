import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Yaml from 'yaml';
import type { Node } from 'yaml';
import { got, OptionError } from '../base/index.js';
import { PlatformError, type PlatformFileProblem } from './errors.js';
import type { Path } from './shape.js';

/** A user's platform as its file has it, before it is put together with what it extends. */
export interface PlatformSource {
  readonly file: string;
  readonly value: unknown;
  /** The line, from 1, on which a value stands, or the nearest thing around it. */
  lineOf(path: Path): number;
}

const EXTENSION = /\.(?:ya?ml|json)$/i;
const MOST_BYTES = 1024 * 1024;

// Loaded with the first file: a program that has no platform of its own does not wait for it.
const require = createRequire(import.meta.url);
const yaml = (): typeof Yaml => require('yaml') as typeof Yaml;

/** Whether a text names a file or a folder, and no platform: it has a slash, or ends as such a file does. */
export function isPlatformPath(name: string | URL): boolean {
  return name instanceof URL || /[\\/]/.test(name) || EXTENSION.test(name);
}

/**
 * Reads a platform file (YAML or JSON), or every one of a folder.
 * @throws PlatformError for what cannot be read; OptionError for a URL of another kind than `file:`.
 */
export function readPlatformFiles(place: string | URL): readonly PlatformSource[] {
  const path = pathOf(place);
  if (!statOf(path).isDirectory()) return [readSource(path)];
  const files = readdirSync(path)
    .filter((name) => EXTENSION.test(name) && !leadsNowhere(join(path, name)))
    .sort();
  if (files.length === 0) throw unreadable(path, 'no platform file in this folder: expected *.yaml, *.yml or *.json');
  return files.map((name) => readSource(join(path, name)));
}

function pathOf(place: string | URL): string {
  if (typeof place !== 'string' && !(place instanceof URL)) {
    throw new OptionError(`a platform is read from a file: a path, or a file: URL; got ${got(place)}`);
  }
  if (typeof place === 'string' && !place.startsWith('file:')) return place;
  const url = new URL(place);
  if (url.protocol === 'file:') return fileURLToPath(url);
  throw new OptionError(`a platform is read from a file; got an address of ${url.protocol}`);
}

function statOf(path: string) {
  try {
    return statSync(path);
  } catch (error) {
    throw unreadable(path, reasonOf(error));
  }
}

/** An editor's lock, for one, is a link to nothing (`.#my_os.yaml`): it must not stop the files beside it. */
function leadsNowhere(path: string): boolean {
  return lstatSync(path).isSymbolicLink() && !existsSync(path);
}

function readSource(file: string): PlatformSource {
  const stats = statOf(file);
  // A device file or a pipe tells no size, and may have no end.
  if (!stats.isFile()) throw unreadable(file, 'this is no regular file');
  if (stats.size > MOST_BYTES) throw unreadable(file, 'larger than 1 MiB: this is no platform file');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    throw unreadable(file, error instanceof TypeError ? 'this is no text in UTF-8' : reasonOf(error));
  }
  return parsePlatform(text, file);
}

/** Parses the text of a platform file; `file` is what messages call it. @throws PlatformError with every syntax error. */
function parsePlatform(text: string, file: string): PlatformSource {
  const { LineCounter, parseDocument, isCollection, isMap, isNode } = yaml();
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true });
  const problems = document.errors.map(
    ({ message, pos }): PlatformFileProblem => ({
      file,
      line: lines.linePos(pos[0]).line,
      severity: 'error',
      message: `not valid YAML: ${message}`,
    }),
  );
  if (problems.length > 0) throw new PlatformError(problems);
  const lineOf = (path: Path): number => {
    let node: unknown = document.contents;
    let at = 0;
    for (const key of path) {
      if (!isCollection(node)) break;
      // A key that is wrong is told at the key, another value at itself.
      const pair = isMap(node) ? node.items.find((one) => [key, `${key}+`].includes(String(one.key))) : undefined;
      const next: unknown = pair === undefined ? node.get(key, true) : pair.value;
      at = startOf(pair?.key) ?? startOf(next) ?? at;
      node = next;
    }
    return Math.max(1, lines.linePos(at).line);
  };
  const startOf = (node: unknown): number | undefined => (isNode(node) ? (node as Node).range?.[0] : undefined);
  try {
    return { file, value: document.toJS(), lineOf };
  } catch (error) {
    throw unreadable(file, `not valid YAML: ${(error as Error).message}`);
  }
}

/** Writes a platform, or any other plain data, as YAML that reads back the same. */
export function toYaml(value: unknown): string {
  return yaml().stringify(value, { lineWidth: 0, aliasDuplicateObjects: false });
}

const unreadable = (file: string, message: string): PlatformError =>
  new PlatformError([{ file, severity: 'error', message }]);

function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'no such file or folder';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read this';
  return `cannot be read: ${code ?? message}`;
}
