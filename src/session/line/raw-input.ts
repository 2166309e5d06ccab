import { checkKind } from '../../base/index.js';
import type { Conversation } from './conversation.js';
import { PatternWatch } from './pattern-watch.js';

/**
 * The way out for what no method does: writes keys as they are, and waits for texts. Nothing is proved about it, and no
 * pager and no question is answered; the next command waits for the prompt first.
 */
export class RawInput {
  readonly #conversation: Conversation;

  constructor(conversation: Conversation) {
    this.#conversation = conversation;
  }

  /** @throws OptionError; ConversationError (`bad_command`) for what cannot be sent in the device's encoding. */
  write(text: string): void {
    checkKind('text', text ?? null, 'string');
    this.#begin();
    this.#conversation.channel.sendRaw(text);
  }

  /**
   * Waits for a text, or a pattern, in one line of what the device says, and returns what it has said since the last
   * read, that line at the end.
   * @throws OptionError; what Channel.wait throws.
   */
  async readUntil(pattern: string | RegExp, idleMs: number): Promise<string> {
    const { channel } = this.#conversation;
    this.#begin();
    const { line, text } = channel.read;
    const watch = new PatternWatch(channel, pattern);
    const expected = `what fits ${String(pattern)}`;
    const seen = (): true | undefined => watch.seen(line, text) || undefined;
    await channel.wait(seen, { phase: 'command', idleMs, expected, raw: true });
    const { received, wholeLine } = channel;
    const said = [...(received.linesFrom(line) ?? channel.lines), wholeLine].slice(0, watch.at + 1 - line).join('\n');
    channel.loosen(watch.read);
    return said.startsWith(text) ? said.slice(text.length) : said;
  }

  #begin(): void {
    const { channel } = this.#conversation;
    if (channel.loose) return;
    channel.mark();
    channel.loosen();
  }
}
