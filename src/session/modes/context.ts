import { ConversationError, OptionError } from '../../base/index.js';
import type { ContextData, ContextListData } from '../../platforms/index.js';
import { findRefusal } from '../commands/refusals.js';
import { notSupported } from '../configuration/commit.js';
import { type Conversation, checkLine, exchange } from '../line/exchange.js';
import { anyOf } from '../line/patterns.js';
import { isRest } from './mode-graph.js';

export interface ContextOptions {
  readonly phase: 'command' | 'configure';
  readonly idleMs: number;
}

interface Place {
  readonly name: string;
  /** The prompt of the context itself: its mode may look like that of a configuration. */
  readonly prompt: string;
  readonly before: { readonly mode: string; readonly context: string | undefined };
}

/**
 * The virtual device inside the device (VDOM, context, vsys, logical system) that a session types in; `home` is the one
 * that it returns to after each operation, undefined the device itself.
 */
export class Contexts {
  readonly #conversation: Conversation;
  readonly #home: string | undefined;
  #place: Place | undefined;

  constructor(conversation: Conversation, home: string | undefined) {
    this.#conversation = conversation;
    this.#home = home;
  }

  /**
   * Does work in a context, that of the session where none is named, and goes back afterwards. A configuration that is
   * still open keeps its context.
   * @throws OptionError; RollcallError (`not_supported`); ConversationError (`enable_refused`) where the device has no
   * such context, (`unexpected_prompt`) where it did not go back.
   */
  async within<T>(named: string | undefined, options: ContextOptions, work: () => Promise<T>): Promise<T> {
    await this.#goTo(named ?? (this.#atHome ? this.#home : this.#place?.name), options);
    const done = await work();
    if (this.#place?.name !== this.#home && this.#atHome) await this.#leave(options);
    return done;
  }

  /** Whether the session is where it types commands, and in no configuration. */
  get #atHome(): boolean {
    const { platform, prompt } = this.#conversation;
    return isRest(platform, prompt.mode) || prompt.text.trimEnd() === this.#place?.prompt;
  }

  async #goTo(wanted: string | undefined, options: ContextOptions): Promise<void> {
    if (wanted === this.#place?.name) return;
    const { platform, prompt } = this.#conversation;
    const { context } = platform;
    if (wanted !== undefined && context === undefined) throw notSupported(platform, 'contexts');
    if (wanted !== undefined && !/^\S+$/.test(wanted)) {
      throw new OptionError(`context must be a name without blanks; got ${JSON.stringify(wanted)}`);
    }
    if (!this.#atHome) {
      throw new OptionError(`a context is changed at rest, and the session is in mode '${prompt.mode}'`);
    }
    await this.#leave(options);
    if (wanted === undefined || context === undefined || prompt.context === wanted) return;
    await this.#enter(wanted, context, options);
  }

  async #enter(name: string, context: ContextData, options: ContextOptions): Promise<void> {
    const { platform, prompt } = this.#conversation;
    const lines = filled(context.enter, name);
    for (const line of lines) checkLine(line, platform, options.phase);
    if (context.exists !== undefined) await this.#find(name, context.exists, options);
    const before = { mode: prompt.mode, context: prompt.context };
    const place = (): Place => ({ name, prompt: prompt.text.trimEnd(), before });
    for (const [index, line] of lines.entries()) {
      const said = await exchange(this.#conversation, line, options);
      const refusal =
        this.#refusal(context, said.lines) ?? (index === lines.length - 1 ? this.#elsewhere(name) : undefined);
      if (refusal === undefined) continue;
      // A first line that was refused has led nowhere.
      if (index > 0 || prompt.mode !== before.mode || prompt.context !== before.context) {
        this.#place = place();
        await this.#leave(options);
      }
      throw this.#none(name, refusal, options);
    }
    this.#place = place();
  }

  /** Where entering one that is not there would make it, the device's list of them must hold the name. */
  async #find(name: string, list: ContextListData, options: ContextOptions): Promise<void> {
    const { platform, prompt } = this.#conversation;
    const { enter = [], send, leave = [] } = list;
    const before = { mode: prompt.mode, context: prompt.context };
    const isBack = (): boolean => prompt.mode === before.mode && prompt.context === before.context;
    let refusal: string | undefined;
    let said: readonly string[] = [];
    for (const line of [...enter, send]) {
      said = (await exchange(this.#conversation, line, options)).lines;
      refusal = findRefusal(platform, said);
      if (refusal !== undefined) break;
    }
    if (!isBack()) for (const line of leave) await exchange(this.#conversation, line, options);
    if (!isBack()) throw this.#stranded(`the list of '${send}'`, options);
    if (refusal !== undefined) throw this.#none(name, refusal, options);
    const named = new RegExp(
      list.line.replaceAll('{name}', () => escaped(name)),
      'u',
    );
    if (!said.some((line) => named.test(line))) throw this.#none(name, `'${send}' does not show it`, options);
  }

  #none(name: string, why: string, { phase }: ContextOptions): ConversationError {
    const { platform, channel } = this.#conversation;
    const says = `the device has no ${platform.context?.title ?? 'context'} '${name}': ${channel.redact(why)}`;
    return new ConversationError('enable_refused', says, { phase });
  }

  #stranded(where: string, { phase }: ContextOptions): ConversationError {
    const shown = this.#conversation.prompt.text.trim();
    const says = `the session did not come back from ${where}: the device shows '${shown}'`;
    return new ConversationError('unexpected_prompt', says, { phase });
  }

  /** Where the prompt names the context, it must be that one; a long name may be cut. */
  #elsewhere(name: string): string | undefined {
    const { prompt } = this.#conversation;
    if (prompt.context === undefined || name.startsWith(prompt.context)) return undefined;
    return `its prompt shows '${prompt.context}'`;
  }

  #refusal({ refusals = [] }: ContextData, lines: readonly string[]): string | undefined {
    const own = lines.find((line) => anyOf(refusals, 'u').test(line))?.trim();
    return own ?? findRefusal(this.#conversation.platform, lines);
  }

  async #leave(options: ContextOptions): Promise<void> {
    const place = this.#place;
    const { platform, prompt } = this.#conversation;
    if (place === undefined || platform.context === undefined) return;
    this.#place = undefined;
    const isBack = (): boolean => prompt.mode === place.before.mode && prompt.context === place.before.context;
    // Where the login has ended in a context, `leave` would lead to another one.
    const { enter, leave } = platform.context;
    const lines = place.before.context === undefined ? leave : filled(enter, place.before.context);
    const shown = prompt.context !== undefined || prompt.mode !== place.before.mode;
    for (const line of lines) if (!shown || !isBack()) await exchange(this.#conversation, line, options);
    if (!isBack()) throw this.#stranded(`${platform.context.title} '${place.name}'`, options);
  }
}

const filled = (lines: readonly string[], name: string): readonly string[] =>
  lines.map((line) => line.replaceAll('{name}', () => name));

const escaped = (name: string): string => name.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
