import { checkKind, got, OptionError } from '../base/index.js';
import type { ModeData } from './mode-data.js';
import type { Platform } from './platform.js';

/** What a line says when it is a prompt: of which mode, and the names in it where the grammar has them. */
export interface PromptMatch {
  readonly mode: string;
  readonly host?: string;
  readonly user?: string;
  readonly context?: string;
  /** True when the line above belongs to the prompt. */
  readonly twoLines?: true;
}

interface CompiledMode {
  readonly name: string;
  readonly regex: RegExp;
  readonly above: { readonly regex: RegExp; readonly stands: 'always' | 'sometimes' } | undefined;
}

// Compiled once per platform object; a platform that nobody holds any more takes its patterns with it.
const compiled = new WeakMap<Platform, readonly CompiledMode[]>();

function compile([name, { prompt, above }]: readonly [string, ModeData]): CompiledMode {
  return {
    name,
    regex: new RegExp(prompt, 'u'),
    above: above && { regex: new RegExp(above.line, 'u'), stands: above.stands },
  };
}

function modesOf(platform: Platform): readonly CompiledMode[] {
  const known = compiled.get(platform);
  if (known !== undefined) return known;
  const modes = Object.entries(platform.modes).map(compile);
  compiled.set(platform, modes);
  return modes;
}

/** Reads a line, with the one above it, as a prompt; undefined when it is none. */
export function matchPrompt(platform: Platform, line: string, lineAbove = ''): PromptMatch | undefined {
  const text = line.trimEnd();
  for (const { name, regex, above } of modesOf(platform)) {
    const match = regex.exec(text);
    if (match === null) continue;
    const twoLines = above?.regex.test(lineAbove.trimEnd()) === true;
    if (above?.stands === 'always' && !twoLines) continue;
    const { host, user, context } = match.groups ?? {};
    return {
      mode: name,
      ...(host === undefined ? {} : { host }),
      ...(user === undefined ? {} : { user }),
      ...(context === undefined ? {} : { context }),
      ...(twoLines ? { twoLines } : {}),
    };
  }
  return undefined;
}

/** Returns the name of the mode that these last lines are the prompt of, or undefined. @throws OptionError. */
export function modeOf(platform: Platform, lastLines: string): string | undefined {
  if (typeof platform !== 'object' || platform === null) {
    throw new OptionError(`modeOf takes a platform, as loadPlatform(name) returns it; got ${got(platform)}`);
  }
  checkKind('lastLines', lastLines ?? null, 'string');
  const lines = lastLines.split(/\r?\n/);
  return matchPrompt(platform, lines.at(-1) ?? '', lines.at(-2))?.mode;
}
