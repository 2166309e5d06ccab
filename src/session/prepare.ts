import { type Conversation, exchange } from './exchange.js';

/**
 * Sends what the platform wants sent once after login (the pager off, a wide terminal). A device may refuse that, for
 * want of rights: then its pager is answered instead.
 * @throws what `exchange` throws.
 */
export async function prepare(conversation: Conversation, idleMs: number): Promise<void> {
  for (const { send } of conversation.platform.prepare)
    await exchange(conversation, send, { phase: 'prepare', idleMs });
}
