import type { Platform, PromptMatch } from '../../platforms/index.js';
import type { Prompt } from './prompt.js';

/** Words that leave a mode, or end what it was entered for, on command lines at large. */
const LEAVING = [
  ...[
    'exit',
    'quit',
    'end',
    'return',
    'logout',
    'disable',
    'abort',
    'discard',
    'commit',
    'bye',
    'close',
    'back',
    'top',
  ],
];

/** An abbreviation shorter than this could be one of anything. */
const SHORTEST = 2;

function firstWord(line: string): string {
  return /^[\s/]*(\S*)/.exec(line)?.[1]?.toLowerCase() ?? '';
}

/** Whether a line may be the abbreviated form of another, as far as their first words tell. */
function begins(line: string, whole: string): boolean {
  const [word, full] = [firstWord(line), firstWord(whole)];
  return word === full || (word.length >= SHORTEST && full.startsWith(word));
}

/**
 * Returns which prompts may end the answer to a line: those of the mode and context that it is typed in; those of the
 * modes that such a line enters from there; and any where it is one that leaves. A prompt of any other mode is a copy
 * inside the answer, or the device did what nobody asked for.
 */
export function leadsTo(
  { modes, exit, context }: Platform,
  { mode: from, context: inContext }: Prompt,
  line: string,
): (match: PromptMatch) => boolean {
  const leaves = [...LEAVING, exit, modes[from]?.leave?.send ?? exit].some((whole) => begins(line, whole));
  const switches = [...(context?.enter ?? []), ...(context?.leave ?? [])].some((whole) => begins(line, whole));
  const enters = (mode: string): boolean =>
    modes[mode]?.enter.some((way) => way.from === from && begins(line, way.send)) === true;
  return (match) => {
    if (leaves || switches) return true;
    return match.context === inContext && (match.mode === from || enters(match.mode));
  };
}
