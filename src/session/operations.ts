import { checkMs, Deadline } from '../base/index.js';
import {
  type CommandOptions,
  checkOperation,
  type OperationName,
  type OperationOptions,
} from './commands/operation-options.js';
import type { Response } from './commands/response.js';
import type { InteractiveOptions } from './commands/send-interactive.js';
import { abandonConfiguration } from './configuration/config-abort.js';
import type { Interruption } from './configuration/interruption.js';
import type { Conversation } from './line/exchange.js';
import { Contexts } from './modes/context.js';
import { isConfiguration, isRest } from './modes/mode-graph.js';
import { inMode, type ModeOptions } from './modes/privilege.js';
import type { ResolvedTarget, Timeouts } from './options.js';
import type { Turns } from './turns.js';

/** How long a device may be silent over a commit or a save, unless the caller says otherwise. */
const CHANGE_IDLE_MS = 120_000;

interface OperationsParts {
  readonly target: ResolvedTarget;
  readonly conversation: Conversation;
  readonly timeouts: Timeouts;
  readonly interruption: Interruption;
  readonly turns: Turns;
}

/** Does what a session is asked for: in its turn, within its time, in the mode and the context that its options name. */
export class Operations {
  readonly #target: ResolvedTarget;
  readonly #conversation: Conversation;
  readonly #timeouts: Timeouts;
  readonly #interruption: Interruption;
  readonly #turns: Turns;
  readonly #contexts: Contexts;

  constructor({ target, conversation, timeouts, interruption, turns }: OperationsParts) {
    this.#target = target;
    this.#conversation = conversation;
    this.#timeouts = timeouts;
    this.#interruption = interruption;
    this.#turns = turns;
    this.#contexts = new Contexts(conversation, target.context);
  }

  /** Does the work when its turn comes, within the time in all that the options give it. */
  take<T>(name: OperationName, options: OperationOptions, work: () => Promise<T>): Promise<T> {
    return this.#turns.take(async () => {
      checkOperation(name, options);
      const { channel } = this.#conversation;
      channel.limit(Deadline.after(options.totalMs));
      try {
        return await work();
      } finally {
        channel.limit(Deadline.never);
      }
    });
  }

  /** What changes the device as a whole takes longer than a command. */
  changing(
    name: OperationName,
    options: OperationOptions,
    work: (how: ModeOptions) => Promise<Response>,
  ): Promise<Response> {
    return this.take(name, options, () => {
      const idleMs = (how: ModeOptions): number => options.idleMs ?? Math.max(how.idleMs, CHANGE_IDLE_MS);
      return this.configuring(options, (how) => work({ ...how, idleMs: idleMs(how) }));
    });
  }

  /** Works on the configuration: an abort lets it come to its end, and it is left in order. */
  configuring<T>(options: OperationOptions, work: (how: ModeOptions) => Promise<T>): Promise<T> {
    const how = this.modeOptions(options, 'configure');
    return this.#interruption.hold(() => this.#contexts.within(options.context, how, () => work(how)));
  }

  /** Has something typed where the options say. */
  typing<T extends Response>(options: CommandOptions, type: (how: InteractiveOptions) => Promise<T>): Promise<T> {
    const { refusals, mode } = options;
    const { idleMs, ...rest } = this.modeOptions(options, phaseOf(mode ?? this.#conversation.prompt.mode));
    const how = { ...rest, idleMs };
    const work = () =>
      inMode(this.#conversation, { ...how, mode }, () => this.#orderly(how, () => type({ idleMs, refusals })));
    return this.#contexts.within(options.context, { phase: 'command', idleMs }, work);
  }

  /** A line that is typed in a configuration is not cut off in the middle, and the configuration is left in order. */
  #orderly<T extends Response>(how: ModeOptions, type: () => Promise<T>): Promise<T> {
    const { platform, prompt } = this.#conversation;
    const interruption = this.#interruption;
    const configuring = isConfiguration(prompt.mode) && !isRest(platform, prompt.mode);
    if (!configuring) return type();
    return interruption.hold(async () => {
      const done = await type();
      if (!interruption.requested) return done;
      const { ok, command } = done;
      const last = ok ? { command } : undefined;
      throw await abandonConfiguration(this.#conversation, { ...how, phase: 'configure' }, { last });
    });
  }

  modeOptions<P extends ModeOptions['phase']>(
    { idleMs }: OperationOptions,
    phase: P,
  ): ModeOptions & { readonly phase: P } {
    const { secret, username } = this.#target;
    return {
      phase,
      idleMs: checkMs('idleMs', idleMs, { minimum: 1 }) ?? this.#timeouts.idleMs,
      secret,
      username,
    };
  }
}

/** Where a mode of configuration fails to be entered or left, the device may have taken something. */
export function phaseOf(mode: string): ModeOptions['phase'] {
  return isConfiguration(mode) ? 'configure' : 'enable';
}
