import type { Transport } from '../../transport/index.js';
import { Channel } from '../line/channel.js';
import type { Conversation } from '../line/exchange.js';
import { Prompt } from '../line/prompt.js';
import { encodingOf } from '../options.js';
import { AUTODETECT } from './autodetect.js';
import { secretsOf } from './credentials.js';
import type { Opening } from './opening.js';

/** How long nothing must follow what a device that nobody knows shows first: less than makes a question a refusal. */
export const SETTLE_MS = 200;

/** Begins a conversation over a shell. */
export function converse(
  transport: Transport,
  { target, platform, timeouts: { settleMs }, maxOutputBytes, deadline, openBy, interruption, passed }: Opening,
): Conversation {
  const channel = new Channel(transport, {
    platform,
    encoding: encodingOf(target),
    secrets: secretsOf(target),
    maxOutputBytes,
    settleMs: platform.name === AUTODETECT ? SETTLE_MS : settleMs,
    deadline,
    openBy,
    signal: interruption.signal,
    isOnTheWay: passed?.isPrompt,
  });
  return { platform, channel, prompt: new Prompt(platform), entered: {} };
}
