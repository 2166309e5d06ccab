import { readFile } from 'node:fs/promises';
import { ConversationError, got, OptionError, RollcallError, reword } from '../../base/index.js';
import type { BlockData, Platform } from '../../platforms/index.js';
import { checkLine } from '../line/exchange.js';

/** Configuration lines: a list, a text, or a file that holds it. */
export type ConfigSource = string | readonly string[] | { readonly file: string };

/** A configuration command, with the free text that belongs to it where it takes some. */
export interface ConfigItem {
  /** As it is typed. */
  readonly text: string;
  /** Which line of the list, text or file it is, counted from 1. */
  readonly line: number;
  /** How many blanks it is indented by. */
  readonly indent: number;
  /** The lines of free text, the one that ends it included. */
  readonly block?: readonly string[];
}

/** `!!` is kept: what begins so is stored with the configuration where it is anything. */
const COMMENT = /^\s*(?:!(?!!)|#)/;

/**
 * Reads configuration lines, without comments (`!`, `#`) and empty lines, which would only cost time on the way; inside
 * a block they are text. Every line is checked before the first is sent: half a configuration is worse than none.
 * @throws OptionError; ConversationError (`bad_command`) with the number of the line.
 */
export async function readConfig(source: ConfigSource, platform: Platform): Promise<readonly ConfigItem[]> {
  const lines = (await linesOf(source)).map(untabbed);
  const items: ConfigItem[] = [];
  for (let at = 0; at < lines.length; at++) {
    const text = lines[at] ?? '';
    const line = at + 1;
    checked(text, { line, platform });
    if (text.trim() === '' || COMMENT.test(text)) continue;
    const indent = text.length - text.trimStart().length;
    const isLast = endOfBlock(text, platform.blocks ?? []);
    if (isLast === undefined) {
      items.push({ text, line, indent });
      continue;
    }
    const length = lines.slice(line).findIndex(isLast) + 1;
    if (length === 0) {
      const says = `line ${line}: the text that '${text.trim()}' begins has no end`;
      throw new ConversationError('bad_command', says, { phase: 'configure' });
    }
    const block = lines.slice(line, line + length);
    // What makes a command line print help is a character like any other in a text.
    for (const [index, one] of block.entries()) {
      checked(one.replaceAll(platform.helpKey ?? '\0', ' '), { line: line + 1 + index, platform });
    }
    items.push({ text, line, indent, block });
    at += length;
  }
  return items;
}

async function linesOf(source: ConfigSource): Promise<readonly string[]> {
  if (Array.isArray(source)) return source;
  if (typeof source === 'string') return split(source);
  const { file } = (source ?? {}) as { file?: unknown };
  if (typeof file !== 'string') {
    throw new OptionError(`sendConfig takes a list of lines, a text or { file }; got ${got(source)}`, {
      phase: 'configure',
    });
  }
  try {
    return split(await readFile(file, 'utf8'));
  } catch (error) {
    throw new OptionError(`the configuration cannot be read: ${(error as Error).message}`, {
      phase: 'configure',
      cause: error,
    });
  }
}

const split = (text: string): readonly string[] => text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);

/** A tab would be a key on the device, not an indentation. */
const untabbed = (line: string): string =>
  typeof line === 'string' ? line.replace(/^[ \t]+/, (blanks) => blanks.replaceAll('\t', ' ')) : line;

/** Returns what knows the last line of the block that a command begins; undefined where it begins none. */
function endOfBlock(text: string, blocks: readonly BlockData[]): ((line: string) => boolean) | undefined {
  for (const { start, end } of blocks) {
    const match = new RegExp(start, 'du').exec(text);
    if (match === null) continue;
    const delimiter = match.groups?.delimiter;
    if (delimiter === undefined) return end === undefined ? undefined : (line) => line.trim() === end;
    const behind = text.slice(match.indices?.groups?.delimiter?.[1] ?? text.length);
    return behind.includes(delimiter) ? undefined : (line) => line.includes(delimiter);
  }
  return undefined;
}

function checked(text: string, { line, platform }: { readonly line: number; readonly platform: Platform }): void {
  try {
    checkLine(text, platform, 'configure');
  } catch (error) {
    throw error instanceof RollcallError ? reword(error, `line ${line}: ${error.message}`) : error;
  }
}
