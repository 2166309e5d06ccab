import type { Platform } from './platform.js';

/** What a line says when it is a prompt: of which mode, and the names in it where the grammar has them. */
export interface PromptMatch {
  readonly mode: string;
  readonly host?: string;
  readonly user?: string;
}

interface CompiledMode {
  readonly name: string;
  readonly regex: RegExp;
}

// Compiled once per platform object; a platform that nobody holds any more takes its patterns with it.
const compiled = new WeakMap<Platform, readonly CompiledMode[]>();

function modesOf(platform: Platform): readonly CompiledMode[] {
  const known = compiled.get(platform);
  if (known !== undefined) return known;
  const modes = Object.entries(platform.modes).map(([name, { prompt }]) => ({ name, regex: new RegExp(prompt, 'u') }));
  compiled.set(platform, modes);
  return modes;
}

/** Reads a line as a prompt; undefined when it is none. */
export function matchPrompt(platform: Platform, line: string): PromptMatch | undefined {
  const text = line.trimEnd();
  for (const { name, regex } of modesOf(platform)) {
    const match = regex.exec(text);
    if (match === null) continue;
    const { host, user } = match.groups ?? {};
    return { mode: name, ...(host === undefined ? {} : { host }), ...(user === undefined ? {} : { user }) };
  }
  return undefined;
}

/** Returns the name of the mode that these last lines are the prompt of, or undefined. */
export function modeOf(platform: Platform, lastLines: string): string | undefined {
  const last = lastLines.split(/\r?\n/).at(-1) ?? '';
  return matchPrompt(platform, last)?.mode;
}
