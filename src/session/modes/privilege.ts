import { AuthenticationError, ConversationError, RollcallError, type Secret } from '../../base/index.js';
import type { TransitionData } from '../../platforms/index.js';
import { newSession } from '../configuration/config-session.js';
import { type Dialogue, dialogue, type Expected, expectedOf } from '../line/dialogue.js';
import type { Conversation, Exchange } from '../line/exchange.js';
import { anyOf } from '../line/patterns.js';
import { isReachable, isRest, wantedMode, wayTo } from './mode-graph.js';

export interface ModeOptions {
  readonly idleMs: number;
  readonly phase: 'enable' | 'configure';
  readonly secret?: Secret | undefined;
  /** For a device that asks for a user name before the secret. */
  readonly username?: string | undefined;
}

/** So many lines lead from anywhere to anywhere; a device that wants more goes round in circles. */
const MOST_STEPS = 16;

/**
 * Brings the device into a mode by the transitions of its platform, and returns what was said on the way; nothing is
 * sent when it is there already. Where no way leads there, the mode that the device is in is left for one of rest.
 * @throws RollcallError (`no_such_mode`), AuthenticationError (`enable_secret`), ConversationError (`enable_refused`,
 * `unexpected_prompt`), what Channel.wait throws.
 */
export async function enterMode(conversation: Conversation, name: string, options: ModeOptions): Promise<Exchange[]> {
  const { platform, prompt } = conversation;
  const { mode = name, variant } = wantedMode(platform, name) ?? {};
  if (isIn(conversation, mode, variant)) return [];
  if (platform.modes[mode] === undefined || !isReachable(platform, prompt.mode, mode)) {
    const says =
      platform.modes[mode] === undefined ? `has no mode '${name}'` : `has no way from '${prompt.mode}' to '${name}'`;
    throw new RollcallError('no_such_mode', `${platform.name} ${says}`, { phase: options.phase });
  }
  if (prompt.mode === mode) {
    const says = `the session is in '${mode}' already, and not by the way '${variant}': leave it first`;
    throw new RollcallError('no_such_mode', says, { phase: options.phase });
  }
  const said: Exchange[] = [];
  for (let steps = 0; prompt.mode !== mode && steps < MOST_STEPS; steps++) {
    const [step] = wayTo(platform, prompt.mode, mode, variant) ?? [];
    if (step !== undefined) said.push(await take(conversation, step, options));
    else if (isRest(platform, prompt.mode)) break;
    else said.push(...(await leaveMode(conversation, options)));
  }
  if (prompt.mode !== mode) throw notTaken(conversation, name, { lines: [], phase: options.phase });
  return said;
}

function isIn({ prompt, entered }: Conversation, mode: string, variant: string | undefined): boolean {
  return prompt.mode === mode && (variant === undefined || entered?.variant === variant);
}

/**
 * Leaves a mode that is none of rest, such as configuration, with whatever is nested in it, and returns what was said.
 * `home` is a prompt at which the device is where it shall be, though its mode may look like another one; `abandon` leaves
 * without what the device has not applied yet, where it has a line for that.
 * @throws ConversationError (`unexpected_prompt`) when the device stays where it was; what `dialogue` throws.
 */
export async function leaveMode(
  conversation: Conversation,
  { phase, idleMs }: ModeOptions,
  { home, abandon = false }: { readonly home?: string | undefined; readonly abandon?: boolean } = {},
): Promise<Exchange[]> {
  const { platform, prompt, channel } = conversation;
  const said: Exchange[] = [];
  for (let steps = 0; prompt.text.trimEnd() !== home?.trimEnd(); steps++) {
    const leave = platform.modes[prompt.mode]?.leave;
    if (leave === undefined) break;
    const { mode, text, above } = prompt;
    const send = abandon ? (leave.abandon ?? leave.send) : leave.send;
    const { lines, ...rest } = await dialogue(conversation, send, {
      phase,
      idleMs,
      questions: expectedOf(leave.answers),
    });
    said.push({ lines, ...rest });
    // A prompt that changes within the mode is that of a level further up.
    const moved = prompt.text.trimEnd() !== text.trimEnd() || prompt.above !== above;
    if (prompt.mode !== mode || (moved && steps < MOST_STEPS)) continue;
    const answer = firstOf(lines);
    throw new ConversationError(
      'unexpected_prompt',
      `'${send}' did not leave mode '${mode}': the device still shows '${channel.redact(prompt.text.trim())}'${answer === undefined ? '' : ` and says '${channel.redact(answer)}'`}`,
      { phase, details: channel.details(`a prompt of another mode than '${mode}'`) },
    );
  }
  return said;
}

/** Does the work in a mode, and returns to the mode in which the device was before. */
export async function inMode<T>(
  conversation: Conversation,
  { mode, ...options }: ModeOptions & { readonly mode: string | undefined },
  work: () => Promise<T>,
): Promise<T> {
  const { platform, prompt } = conversation;
  const before = prompt.mode;
  if (mode === undefined || mode === before) return work();
  await enterMode(conversation, mode, options);
  const done = await work();
  if (prompt.mode === before) return done;
  // What cannot be left, as privileged mode, is one that a session may rest in.
  if (!isRest(platform, prompt.mode)) await leaveMode(conversation, options);
  if (isReachable(platform, prompt.mode, before)) await enterMode(conversation, before, options);
  return done;
}

async function take(conversation: Conversation, step: TransitionData, options: ModeOptions): Promise<Dialogue> {
  const { prompt } = conversation;
  const before = prompt.mode;
  const asksSecret = step.secretPrompt !== undefined;
  const phase = asksSecret ? 'enable' : options.phase;
  const line = newSession(conversation, step.send);
  const said = await dialogue(conversation, line, {
    phase,
    idleMs: options.idleMs,
    questions: questionsOf(conversation, step, options),
    refusals: step.refusals,
    refused: (lines) => secretRefused(conversation, lines),
    ...(asksSecret ? { expected: `the privileged prompt after '${line}'` } : {}),
  });
  if (prompt.mode !== before) {
    if (conversation.entered !== undefined) conversation.entered.variant = step.variant;
    return said;
  }
  const secretSent = asksSecret && said.asked.some(({ asks }) => asks === anyOf([step.secretPrompt ?? '']));
  if (secretSent) throw secretRefused(conversation, said.after);
  throw notTaken(conversation, line, { lines: said.after, phase: options.phase });
}

function questionsOf(
  { platform }: Conversation,
  { usernamePrompt, secretPrompt, answers }: TransitionData,
  { username, secret }: ModeOptions,
): readonly Expected[] {
  const questions: Expected[] = [...expectedOf(answers)];
  const missing = (what: string): AuthenticationError =>
    new AuthenticationError('enable_secret', `the device asks for ${what}, and none is given`, { phase: 'enable' });
  if (usernamePrompt !== undefined) {
    const answer = (): string => {
      if (username === undefined) throw missing('a user name');
      return username + platform.terminal.newline;
    };
    questions.push({ asks: anyOf([usernamePrompt]), answer });
  }
  if (secretPrompt !== undefined) {
    const answer = (): Secret => {
      if (secret === undefined) throw missing('an enable secret');
      return secret;
    };
    questions.push({ asks: anyOf([secretPrompt]), answer });
  }
  return questions;
}

const firstOf = (lines: readonly string[]): string | undefined => lines.find((one) => one.trim() !== '')?.trim();

function secretRefused({ channel }: Conversation, lines: readonly string[]): RollcallError {
  const line = firstOf(lines);
  const says = line === undefined ? '' : `: ${channel.redact(line)}`;
  return new AuthenticationError('enable_secret', `the device refused the enable secret${says}`, { phase: 'enable' });
}

function notTaken(
  { platform, channel }: Conversation,
  what: string,
  { lines, phase }: { readonly lines: readonly string[]; readonly phase: ModeOptions['phase'] },
): RollcallError {
  const line = firstOf(lines);
  const says = line === undefined ? '' : `: ${channel.redact(line)}`;
  return new ConversationError('enable_refused', `${platform.name} did not take '${what}'${says}`, { phase });
}
