import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { OptionError, quote } from '../../base/index.js';
import { glob } from './glob.js';
import { type IndexedFile, indexed } from './indexed.js';
import { KEYWORDS, type Setter, type Statement } from './keywords.js';
import { parseLine } from './lines.js';
import { type Criterion, parseMatch } from './match.js';
import { compilePatterns, type Matcher } from './patterns.js';
import { readConfigFile, stateOf } from './read-file.js';
import { BadValue } from './values.js';

/** The lines between two of Host or Match, and for whom they are. */
export interface Block {
  readonly host?: Matcher;
  /** What Host holds, where these are names without patterns. */
  readonly names?: readonly string[];
  readonly match?: readonly Criterion[];
  /** `file:line`. */
  readonly where: string;
  readonly body: readonly (Setter | Included)[];
}

/** The files of one Include. */
export interface Included {
  readonly files: readonly IndexedFile[];
}

/** A file to begin with, and the folder that its relative Includes start from. */
export interface Root {
  readonly path: string;
  readonly folder: string;
  /** `needed` is an error where there is none; `machine` may also be unreadable. */
  readonly kind: 'needed' | 'user' | 'machine';
}

export interface LoadedConfig {
  readonly files: readonly IndexedFile[];
  /** Whether a Match asks for a second pass over all of it. */
  readonly wantsFinalPass: boolean;
  /** Hops that were followed to the end of their way once. */
  readonly soundHops: Set<string>;
  /** The state of everything that it depends on; what is not there has none. */
  readonly read: ReadonlyMap<string, string | undefined>;
}

/** As deep as OpenSSH lets files include each other. */
const DEEPEST = 16;

interface Progress {
  readonly read: Map<string, string | undefined>;
  wantsFinalPass: boolean;
}

/** Reads configuration files with all that they include. @throws OptionError with `file:line`. */
export async function loadConfig(roots: readonly Root[]): Promise<LoadedConfig> {
  const progress: Progress = { read: new Map(), wantsFinalPass: false };
  const files: IndexedFile[] = [];
  for (const { path, folder, kind } of roots) {
    const loaded = await loadFile({ path, folder, above: [], optional: kind === 'machine' }, progress);
    if (loaded !== undefined) files.push(loaded);
    else if (kind === 'needed') throw new OptionError(`there is no ssh_config file ${quote(path)}`);
  }
  return { files, wantsFinalPass: progress.wantsFinalPass, soundHops: new Set(), read: progress.read };
}

interface FileToLoad {
  readonly path: string;
  readonly folder: string;
  /** The files that lead to it. */
  readonly above: readonly string[];
  readonly optional: boolean;
}

async function loadFile(file: FileToLoad, progress: Progress): Promise<IndexedFile | undefined> {
  const { path, optional } = file;
  const content = await readConfigFile(path, { optional });
  progress.read.set(path, content?.stamp);
  if (content === undefined) return undefined;
  let body: (Setter | Included)[] = [];
  const blocks: Block[] = [{ where: `${path}:1`, body }];
  for (const [index, text] of content.text.split('\n').entries()) {
    const line = parseLine(text);
    const known = line === undefined ? undefined : kindOf(line.keyword);
    if (line === undefined || known === undefined) continue;
    const where = `${path}:${index + 1}`;
    try {
      if (line.args === undefined) throw new BadValue('a quote is not closed');
      if (line.args.length === 0) throw new BadValue('nothing stands behind it');
      const statement = { args: line.args, rest: line.rest, where };
      if (typeof known === 'function') body.push(known(statement));
      else if (known === 'include') body.push(await include(statement, file, progress));
      else {
        body = [];
        blocks.push({ ...condition(known, statement, progress), where, body });
      }
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      throw new OptionError(`ssh_config ${where}: ${line.keyword}: ${error.message}`, { cause: error });
    }
  }
  return indexed(blocks);
}

function kindOf(keyword: string): ((statement: Statement) => Setter) | 'host' | 'match' | 'include' | undefined {
  if (keyword === 'host' || keyword === 'match' || keyword === 'include') return keyword;
  return KEYWORDS.get(keyword);
}

function condition(
  keyword: 'host' | 'match',
  { args }: Statement,
  progress: Progress,
): Pick<Block, 'host' | 'names'> | Pick<Block, 'match'> {
  if (keyword === 'match') {
    const match = parseMatch(args);
    // Asked for by the line's being there, whatever else it says.
    if (args.some((arg) => arg.replace('!', '').toLowerCase() === 'final')) progress.wantsFinalPass = true;
    return { match };
  }
  if (args.includes('')) throw new BadValue('a pattern is empty');
  const host = compilePatterns(args);
  return args.some((arg) => /[*?!]/.test(arg)) ? { host } : { host, names: args };
}

async function include({ args, where }: Statement, file: FileToLoad, progress: Progress): Promise<Included> {
  const above = [...file.above, file.path];
  const files: IndexedFile[] = [];
  for (const arg of args) {
    if (arg === '') throw new BadValue('a path is empty');
    const found = await glob(includedPath(arg, file.folder));
    for (const path of found.watch) progress.read.set(path, await stateOf(path));
    for (const path of found.files) {
      if (above.includes(path)) throw new BadValue(`the files include each other: ${[...above, path].join(' -> ')}`);
      if (above.length > DEEPEST) throw new BadValue(`files include each other more than ${DEEPEST} deep (${where})`);
      const loaded = await loadFile({ path, folder: file.folder, above, optional: false }, progress);
      if (loaded !== undefined) files.push(loaded);
    }
  }
  return { files };
}

function includedPath(path: string, folder: string): string {
  if (path === '~' || path.startsWith('~/')) return join(homedir(), path.slice(1));
  if (path.startsWith('~')) throw new BadValue('the home of another user is not looked up: write the path out');
  return isAbsolute(path) ? path : resolve(folder, path);
}
