import { logger } from '../../base/index.js';
import type { DeviceShell, ShellOptions } from '../device.js';
import { runConfigLine } from './config-mode.js';
import type { IosDevice } from './device.js';
import { execGrammar, unknownHost } from './exec.js';
import { tokens } from './grammar.js';
import { completed, helpFor } from './help.js';
import { logIn } from './login.js';
import { page } from './pager.js';
import { filtered, splitPipe } from './pipe.js';
import { ambiguous, INCOMPLETE, invalidInput } from './refusals.js';
import { type Answer, type ConfigMode, confirm, type IosSession, NOTHING } from './session.js';
import { logLine } from './show-system.js';
import { LineGone, Tty } from './tty.js';

const HISTORY = 20;
/** After so many prompts a noisy device breaks in. */
const NOISY_PROMPT = 3;

/** One conversation with a simulated router, from the first banner to the end. */
export class IosShell implements DeviceShell, IosSession {
  readonly device: IosDevice;
  readonly tty: Tty;
  readonly history: string[] = [];
  readonly since = Date.now();
  readonly #options: ShellOptions;
  #prompts = 0;
  #answers = 0;
  username = '';
  privilege: 1 | 15;
  mode: ConfigMode | undefined = undefined;
  pageLength = 24;
  readonly fixed = new Set<'length' | 'width'>();
  over = false;

  constructor(device: IosDevice, options: ShellOptions) {
    this.device = device;
    this.#options = options;
    this.tty = new Tty(options.line, options.faults);
    this.privilege = device.profile.privilege;
  }

  input(text: string): void {
    this.tty.input(text);
  }

  resize({ columns, rows }: { columns: number; rows: number }): void {
    // A size of 0 says that the client does not know it (RFC 1073; RFC 4254, 6.2).
    if (columns > 0 && !this.fixed.has('width')) this.tty.columns = Math.min(columns, 512);
    if (rows > 0 && !this.fixed.has('length')) this.pageLength = Math.min(rows, 512);
  }

  closed(): void {
    this.device.visitors.delete(this);
    this.tty.closed();
  }

  drop(): void {
    this.tty.end();
    this.closed();
  }

  /** The whole conversation; settles when it is over, however it ended, and never rejects. */
  async talk(): Promise<void> {
    await this.#guarded(async () => {
      const username = this.#options.username ?? (await logIn(this, this.#options.counters));
      if (username === undefined) return;
      this.username = username;
      this.device.visitors.add(this);
      const banner = this.device.running.value('banner motd')?.slice(2, -2) ?? this.device.profile.motd;
      if (banner !== undefined) this.tty.print(`${banner.replace(/\r?\n/g, '\r\n')}\r\n`);
      this.tty.print(this.#options.faults.banner);
      // Over SSH the prompt is the first thing on the line, and IOS begins a new one for it.
      if (this.#options.username !== undefined) this.tty.print('\r\n');
      while (!this.over) await this.#oneLine();
    });
  }

  /** Runs one command, without a prompt, an echo or pages. */
  async exec(command: string): Promise<void> {
    await this.#guarded(async () => {
      this.pageLength = 0;
      this.device.visitors.add(this);
      this.tty.print('\r\n');
      await this.#run(command.split(/[\r\n]/, 1)[0] ?? '', '');
    });
  }

  async #guarded(talk: () => Promise<void>): Promise<void> {
    try {
      await talk();
    } catch (error) {
      // A defect of the simulation ends this conversation, and no other one.
      if (!(error instanceof LineGone)) logger().error(`lab: ${this.device.profile.name} failed`, { error });
    }
    this.device.visitors.delete(this);
    this.tty.end();
  }

  get #prompt(): string {
    return this.device.prompt(this.privilege, this.mode?.name);
  }

  async #oneLine(): Promise<void> {
    const prompt = this.#prompt;
    if (this.#options.faults.duplicatePrompt) this.tty.print(`${prompt}\r\n`);
    if (this.#options.faults.noise && ++this.#prompts % NOISY_PROMPT === 0) {
      this.tty.print(
        `${prompt}\r\n${logLine('%LINEPROTO-5-UPDOWN: Line protocol on Interface Ethernet0/3, changed state to up')}\r\n`,
      );
    }
    const { line, end } = await this.#typedLine(prompt);
    if (line.trim() !== '' && end !== 'abort') {
      this.history.push(line);
      if (this.history.length > HISTORY) this.history.shift();
      await this.#run(line, prompt);
    }
    // ^Z and ^C leave the configuration from wherever in it the session is.
    if (end !== 'enter') this.mode = undefined;
  }

  /** Reads a line to its end; help and completion are answered on the way. */
  async #typedLine(prompt: string) {
    for (let initial = ''; ; ) {
      const typed = await this.tty.readLine({ prompt, initial, help: true, history: this.history });
      if (typed.end !== 'help' && typed.end !== 'complete') return typed;
      const grammar = this.mode?.grammar ?? execGrammar(this.privilege);
      initial = typed.line;
      if (typed.end === 'complete') initial = completed(grammar, initial);
      else await page(this.tty, helpFor(grammar, initial), this.pageLength);
    }
  }

  async #run(line: string, prompt: string): Promise<void> {
    const { counters, commandMs, faults } = this.#options;
    counters.command(line);
    await this.tty.pause(commandMs + faults.extraMs);
    await this.#answer(await this.#execute(line, prompt));
  }

  async #execute(line: string, prompt: string): Promise<Answer> {
    if (this.mode === undefined) return this.#execLine(line, prompt);
    const shortcut = /^\s*do\s+/i.exec(line);
    if (shortcut === null) return runConfigLine(this, line, prompt);
    const mode = this.mode;
    const answer = await this.#execLine(line.slice(shortcut[0].length), prompt + shortcut[0]);
    // `do configure terminal` and its like change nothing about where the session is.
    this.mode = mode;
    return answer;
  }

  async #execLine(line: string, prompt: string): Promise<Answer> {
    const { command, filter, bad } = splitPipe(line);
    const words = tokens(command);
    if (words.length === 0 || line.trimStart().startsWith('!')) return NOTHING;
    const parsed = execGrammar(this.privilege).parse(words);
    if (parsed.kind === 'ambiguous') return ambiguous(line);
    if (parsed.kind === 'incomplete') return INCOMPLETE;
    if (parsed.kind === 'invalid') {
      const lone = words.length === 1 && parsed.word === 0 && /^[\w.-]+$/.test(command.trim());
      return lone ? unknownHost(this, { line }) : invalidInput(prompt, parsed.at);
    }
    if (bad !== undefined || (filter !== undefined && parsed.words[0] !== 'show')) {
      return invalidInput(prompt, bad ?? line.indexOf('|'));
    }
    return filtered(await parsed.action(this, { line, words: parsed.words, args: parsed.args }), filter);
  }

  /** Prints an answer, or as much of it as the device's faults let through. */
  async #answer(lines: Answer): Promise<void> {
    const { faults, line } = this.#options;
    const fault = lines.length === 0 ? undefined : faults.answer(++this.#answers);
    if (fault === 'confirm' && !(await confirm(this, 'This may take a while. Continue?'))) return;
    if (faults.noise) this.#noise('%SYS-5-CONFIG_I: Configured from console by console');
    if (fault === 'close' || fault === 'hang') {
      const text = lines.join('\r\n');
      this.tty.print(text.slice(0, Math.ceil(text.length / 2)));
      this.tty.flush();
      if (fault === 'hang') await this.tty.hang();
      line.end();
      throw new LineGone();
    }
    await page(this.tty, lines, this.pageLength);
    if (faults.noise) this.#noise('%LINK-3-UPDOWN: Interface Ethernet0/3, changed state to up');
  }

  #noise(text: string): void {
    this.tty.print(`${logLine(text)}\r\n`);
  }
}
