import { enterSection } from './config-actions.js';
import { GLOBAL } from './config-grammar.js';
import { type Parsed, type Token, tokens } from './grammar.js';
import { ambiguous, INCOMPLETE, invalidInput } from './refusals.js';
import { type Answer, type ConfigAction, type ConfigMode, type IosSession, NOTHING } from './session.js';

const CONFIG: ConfigMode = { name: 'config', section: undefined, grammar: GLOBAL, parent: undefined };

/** `configure terminal`. */
export function configure(session: IosSession): Answer {
  session.mode = CONFIG;
  return ['Enter configuration commands, one per line.  End with CNTL/Z.'];
}

/** Parsed in the mode itself or, where that fails, as a line of `(config)#`, which IOS accepts in every mode. */
interface Understood {
  readonly parsed: Parsed<ConfigAction>;
  readonly section: string | undefined;
}

function understand(mode: ConfigMode, words: readonly Token[]): Understood {
  const here = mode.grammar.parse(words);
  if (here.kind !== 'invalid' || mode.grammar === GLOBAL) return { parsed: here, section: mode.section };
  const global = GLOBAL.parse(words);
  if (global.kind === 'invalid' && global.at < here.at) return { parsed: here, section: mode.section };
  return { parsed: global, section: undefined };
}

/** Runs a line in the configuration mode that the session is in. */
export async function runConfigLine(session: IosSession, line: string, prompt: string): Promise<Answer> {
  const { mode, device } = session;
  const words = tokens(line);
  if (mode === undefined || words.length === 0 || line.trimStart().startsWith('!')) return NOTHING;
  const negated = words[0]?.text.toLowerCase() === 'no';
  const { parsed, section } = understand(mode, negated ? words.slice(1) : words);
  if (parsed.kind === 'ambiguous') return ambiguous(line);
  if (parsed.kind === 'invalid') return invalidInput(prompt, parsed.at);
  if (parsed.kind === 'incomplete') {
    if (!negated || !parsed.value) return INCOMPLETE;
    return undo(session, { words: parsed.words, section });
  }
  const { action, args } = parsed;
  if (negated) return undo(session, { words: parsed.words, section, action });
  // A line that belongs to (config)# leaves the section that the session was in.
  const root = section === undefined && mode.section !== undefined && action.kind !== 'run';
  if (root) session.mode = CONFIG;
  if (action.kind === 'run') return action.run(session, { line, words: parsed.words, args });
  const text = parsed.words.join(' ');
  if (action.kind === 'section')
    enterSection(session, { ...action, section: text, name: action.mode, grammar: action.grammar() });
  else if (action.kind === 'default') device.running.remove(`no ${text}`, section);
  else {
    const refusal = action.check?.(args);
    if (refusal !== undefined) return [refusal];
    device.running.set(text, { section, replaces: replaced(parsed.words, action.key) });
  }
  return NOTHING;
}

/** The words that a new line takes the place of; a parameter may hold several, the whole line is the most. */
function replaced(words: readonly string[], key: number): string {
  return words.slice(0, key).join(' ');
}

/** `no …`: removes what begins with these words, or writes down that what is on by default is off. */
function undo(
  { device }: IosSession,
  { words, section, action }: { words: readonly string[]; section: string | undefined; action?: ConfigAction },
): Answer {
  const { running } = device;
  const text = words.join(' ');
  if (action?.kind === 'default') {
    running.set(`no ${text}`, { section });
    return NOTHING;
  }
  if (running.has(text)) {
    if (/^interface (?!BVI|Dialer|Loopback|Port-channel|Tunnel|Vlan)/.test(text)) {
      return ['% Removal of physical interfaces is not permitted'];
    }
    running.removeSection(text);
    return NOTHING;
  }
  const removed = running.remove(text, section);
  return removed === 0 && text.startsWith('ip route ') ? ['%No matching route to delete'] : NOTHING;
}
