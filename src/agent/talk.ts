import type { Socket } from 'node:net';
import { Deadline, RollcallError } from '../base/index.js';
import { type AgentMessage, ALIVE_MS, agentMessage, type ClientMessage, PROTOCOL } from './messages.js';
import { reach } from './reach.js';
import { Wire } from './wire.js';

/** How long the agent may take to answer the greeting: with thousands of callers at once it has much to do. */
const HELLO_MS = 30_000;

/** After so many signs of life that did not come it is taken for dead. */
const MISSED = 6;

/** A client's line to the agent: it says something, and takes what comes, one message after the other. */
export class Talk {
  readonly #address: string;
  readonly #wire: Wire;
  readonly #came: AgentMessage[] = [];
  #over: Error | undefined;
  #wanted: { resolve(message: AgentMessage): void; reject(error: Error): void } | undefined;
  #missed = 0;
  #cancelWatch = (): void => {};

  private constructor(address: string, socket: Socket) {
    this.#address = address;
    this.#wire = new Wire(socket, {
      onMessage: (message) => this.#take(agentMessage(message)),
      onEnd: (error) => this.#end(error?.message ?? 'it has ended or was stopped'),
    });
  }

  /** Reaches the agent, and makes sure that both speak the same. @throws RollcallError (`agent_lost`). */
  static async begin(address: string, { helloMs = HELLO_MS } = {}): Promise<Talk> {
    const socket = await reach(address).catch((error: Error) => {
      throw lost(address, error.message);
    });
    const talk = new Talk(address, socket);
    const callOff = Deadline.after(helloMs).schedule(() => {
      talk.#end(`it has not answered in ${helloMs / 1000} s`);
      talk.#wire.destroy();
    });
    try {
      talk.say({ type: 'hello', protocol: PROTOCOL });
      const hello = await talk.next();
      const speaks = hello.type === 'hello' ? hello.protocol : undefined;
      if (speaks === PROTOCOL) return talk;
      talk.end();
      throw lost(address, 'it is of another version: stop it with its own rollcall, and start this one');
    } finally {
      callOff();
    }
  }

  /** @throws OptionError for what is no plain data. */
  say(message: ClientMessage): void {
    void this.#wire.send(message);
  }

  /** Returns the next message that is not only a sign of life. @throws RollcallError (`agent_lost`). */
  next(): Promise<AgentMessage> {
    const came = this.#came.shift();
    if (came !== undefined) return Promise.resolve(came);
    if (this.#over !== undefined) return Promise.reject(this.#over);
    return new Promise((resolve, reject) => {
      this.#wanted = { resolve, reject };
    });
  }

  /** Has it taken for dead when it gives no sign of life while it is at work; returns what ends the watch. */
  watch(): () => void {
    this.#missed = 0;
    const again = (): void => {
      this.#cancelWatch = Deadline.after(ALIVE_MS).schedule(() => {
        // Counted in several steps: a program that was stopped itself has let only one of them pass.
        this.#missed += 1;
        if (this.#missed < MISSED) return again();
        this.#end(`it has given no sign of life for ${(MISSED * ALIVE_MS) / 1000} s`);
        this.#wire.destroy();
      });
    };
    again();
    return () => this.#cancelWatch();
  }

  /** Ends it at once: nobody waits for an answer any more. */
  giveUp(): void {
    this.#end('the call was given up');
    this.#wire.destroy();
  }

  end(): void {
    this.#wire.end();
  }

  #take(message: AgentMessage): void {
    this.#missed = 0;
    if (message.type === 'alive') return;
    const wanted = this.#wanted;
    this.#wanted = undefined;
    if (wanted === undefined) this.#came.push(message);
    else wanted.resolve(message);
  }

  #end(why: string): void {
    this.#over ??= lost(this.#address, why);
    this.#cancelWatch();
    this.#wanted?.reject(this.#over);
    this.#wanted = undefined;
  }
}

const lost = (address: string, why: string): RollcallError =>
  new RollcallError('agent_lost', `the rollcall agent at ${address} is lost: ${why}`, { phase: 'open' });
