import { AuthenticationError, ConversationError, RollcallError, type Secret } from '../base/index.js';
import type { TransitionData } from '../platforms/index.js';
import { Echo } from './echo.js';
import { type Conversation, type Exchange, exchange } from './exchange.js';
import { anyOf } from './patterns.js';

export interface ModeOptions {
  readonly idleMs: number;
  readonly phase: 'enable' | 'configure';
  readonly secret?: Secret | undefined;
}

/** The shortest way of transitions from one mode to another, or undefined. */
function wayTo({ platform }: Conversation, from: string, to: string): TransitionData[] | undefined {
  const ways: { at: string; steps: TransitionData[] }[] = [{ at: to, steps: [] }];
  const seen = new Set([to]);
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    if (way.at === from) return way.steps;
    for (const step of platform.modes[way.at]?.enter ?? []) {
      if (seen.has(step.from)) continue;
      seen.add(step.from);
      ways.push({ at: step.from, steps: [step, ...way.steps] });
    }
  }
  return undefined;
}

/**
 * Brings the device into a mode by the transitions of its platform, and returns what was said on the way; nothing is
 * sent when it is there already.
 * @throws RollcallError (`no_such_mode`), AuthenticationError (`enable_secret`), ConversationError (`enable_refused`),
 * what Channel.wait throws.
 */
export async function enterMode(conversation: Conversation, mode: string, options: ModeOptions): Promise<Exchange[]> {
  const { platform, prompt } = conversation;
  if (prompt.mode === mode) return [];
  const way = wayTo(conversation, prompt.mode, mode);
  if (way === undefined) {
    const says =
      platform.modes[mode] === undefined ? `has no mode '${mode}'` : `has no way from '${prompt.mode}' to '${mode}'`;
    throw new RollcallError('no_such_mode', `${platform.name} ${says}`, { phase: options.phase });
  }
  const said: Exchange[] = [];
  for (const step of way) said.push(await take(conversation, step, options));
  if (prompt.mode !== mode) throw refused(conversation, mode, { lines: [], secretSent: false, phase: options.phase });
  return said;
}

/** Leaves a mode that is none of rest, such as configuration, and returns what was said. */
export async function leaveMode(conversation: Conversation, options: ModeOptions): Promise<Exchange[]> {
  const leave = conversation.platform.modes[conversation.prompt.mode]?.leave;
  return leave === undefined ? [] : [await exchange(conversation, leave.send, options)];
}

async function take(conversation: Conversation, step: TransitionData, options: ModeOptions): Promise<Exchange> {
  const { prompt } = conversation;
  const before = prompt.mode;
  const { secretSent, ...said } =
    step.secretPrompt === undefined
      ? { ...(await exchange(conversation, step.send, options)), secretSent: false }
      : await takeWithSecret(conversation, step, { ...options, phase: 'enable' });
  if (prompt.mode !== before) return said;
  throw refused(conversation, step.send, { lines: said.lines, secretSent, phase: options.phase });
}

interface Refusal {
  readonly lines: readonly string[];
  readonly secretSent: boolean;
  readonly phase: ModeOptions['phase'];
}

function refused({ platform, channel }: Conversation, what: string, refusal: Refusal): RollcallError {
  const { lines, secretSent, phase } = refusal;
  const line = lines.find((one) => one.trim() !== '');
  const says = line === undefined ? '' : `: ${channel.redact(line.trim())}`;
  if (secretSent) {
    return new AuthenticationError('enable_secret', `the device refused the enable secret${says}`, { phase: 'enable' });
  }
  return new ConversationError('enable_refused', `${platform.name} did not take '${what}'${says}`, { phase });
}

/** The secret is sent only after its prompt was seen, and once: a second prompt means that it was wrong. */
async function takeWithSecret(
  conversation: Conversation,
  { send, secretPrompt = '', refusals }: TransitionData,
  { phase, idleMs, secret }: ModeOptions,
): Promise<Exchange & { readonly secretSent: boolean }> {
  const { channel, prompt } = conversation;
  const asks = anyOf([secretPrompt]);
  const waiting = { phase, idleMs, expected: `the privileged prompt after '${send}'` };
  if (!prompt.recognise(channel.line, channel.above)) channel.refuseQuestion(waiting);
  const echo = new Echo(conversation, send);
  channel.mark();
  channel.send(send);
  const first = await channel.wait<'asks' | 'prompt'>(() => {
    if (echo.linesBehind() === undefined) return undefined;
    if (asks.test(channel.line)) return 'asks';
    return prompt.recognise(channel.line, channel.above) ? 'prompt' : undefined;
  }, waiting);
  const lines = echo.linesBehind() ?? [];
  if (first === 'prompt') return { prompt: echo.prompt, sent: send, lines, secretSent: false };
  if (secret === undefined) {
    throw new AuthenticationError('enable_secret', 'the device asks for an enable secret, and none is given', {
      phase,
    });
  }
  channel.mark();
  channel.send(secret.reveal());
  const second = await channel.wait<'refused' | 'prompt'>(() => {
    // Its line has been ended, so a question on the last line is a new one.
    if (channel.lines.length === 0) return undefined;
    if (asks.test(channel.line) || channel.lines.some((line) => anyOf(refusals).test(line))) return 'refused';
    return prompt.recognise(channel.line, channel.above) ? 'prompt' : undefined;
  }, waiting);
  const after = channel.lines.slice(1);
  if (second === 'prompt') return { prompt: echo.prompt, sent: send, lines: [...lines, ...after], secretSent: true };
  throw refused(conversation, send, { lines: after, secretSent: true, phase });
}
