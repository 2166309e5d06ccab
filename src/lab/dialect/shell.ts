import { logger } from '../../base/index.js';
import type { DeviceShell, ShellOptions } from '../device.js';
import { LineGone, Tty } from '../ios/tty.js';
import type { DialectDevice } from './device.js';
import { helpLines, rest } from './help.js';
import { logIn, welcome } from './login.js';
import { runLine } from './run-line.js';
import { Screen } from './screen.js';
import { State } from './state.js';
import { readUserName } from './user-suffix.js';

/** After so many prompts a noisy device breaks in. */
const NOISY_PROMPT = 3;

/** One conversation with a device that speaks a dialect, from the first banner to the end. */
export class DialectShell implements DeviceShell {
  readonly #device: DialectDevice;
  readonly #options: ShellOptions;
  readonly #tty: Tty;
  readonly #screen: Screen;
  readonly #state: State;
  #prompts = 0;
  #answers = 0;

  constructor(device: DialectDevice, options: ShellOptions) {
    this.#device = device;
    this.#options = options;
    this.#tty = new Tty(options.line, options.faults);
    this.#screen = new Screen(this.#tty, device.dialect, options.faults);
    this.#state = new State(device);
  }

  input(text: string): void {
    this.#tty.input(text);
  }

  resize(size: { columns: number; rows: number }): void {
    this.#screen.resize(size);
  }

  closed(): void {
    this.#device.release(this.#state);
    this.#tty.closed();
  }

  /** The whole conversation; settles when it is over, however it ended, and never rejects. */
  async talk(): Promise<void> {
    await this.#guarded(async () => {
      if (!(await this.#enter())) return;
      this.#tty.print(this.#options.faults.banner);
      for (let over = false; !over; ) over = await this.#oneLine();
    });
  }

  /** Runs one command, without a prompt, an echo or pages. */
  async exec(command: string): Promise<void> {
    await this.#guarded(async () => {
      this.#state.user = this.#options.username ?? '';
      this.#screen.pageLength = 0;
      await this.#run(command.split(/[\r\n]/, 1)[0] ?? '');
    });
  }

  async #guarded(talk: () => Promise<void>): Promise<void> {
    try {
      await talk();
    } catch (error) {
      // A defect of the simulation ends this conversation, and no other one.
      if (!(error instanceof LineGone)) logger().error(`lab: ${this.#device.profile.name} failed`, { error });
    }
    this.#tty.end();
    this.closed();
  }

  async #enter(): Promise<boolean> {
    const state = this.#state;
    const screen = this.#screen;
    const { username, counters } = this.#options;
    const { ssh } = this.#device.dialect.login;
    if (username === undefined || ssh?.asksInShell) {
      const on = username === undefined ? 'telnet' : 'ssh';
      const user = await logIn({ state, screen, counters, on });
      if (user === undefined) return false;
      this.#known(user);
    } else this.#known(username);
    const { query } = this.#device.dialect.echo ?? {};
    if (query !== undefined && screen.clever) this.#tty.print(query);
    return welcome({ state, screen });
  }

  #known(typed: string): void {
    const { name, ...terminal } = readUserName(typed, this.#device.dialect.login.ssh?.usernameSuffix);
    this.#state.user = name;
    this.#screen.apply(terminal);
  }

  /** Reads a line and runs it; returns whether the conversation is over. */
  async #oneLine(): Promise<boolean> {
    const state = this.#state;
    state.counter++;
    this.#beforePrompt();
    const { line, end } = await this.#typedLine();
    if (end === 'end' && state.mode.endKey === 'rest') state.leave('all');
    if (line.trim() === '' || end === 'abort') return false;
    return this.#run(line);
  }

  #beforePrompt(): void {
    const { faults } = this.#options;
    const prompt = this.#state.prompt.replaceAll('\n', '\r\n');
    if (faults.duplicatePrompt) this.#tty.print(`${prompt}\r\n`);
    if (!faults.noise || ++this.#prompts % NOISY_PROMPT !== 0) return;
    this.#tty.print(`${prompt}\r\n`);
    this.#noise();
  }

  #noise(): void {
    const { syslog = '%{month} {date} {hours}:{minutes}:{seconds} {host} link state changed to up' } =
      this.#device.dialect;
    this.#screen.print(this.#state.say(syslog));
  }

  /** Reads a line to its end; help is printed on the way. */
  async #typedLine() {
    const { help } = this.#device.dialect;
    const complete = (line: string): string => rest(this.#state, line);
    for (let initial = ''; ; ) {
      const { prompt } = this.#state;
      const typed = await this.#screen.readLine({ prompt, initial, helpKey: help?.key, complete });
      if (typed.end !== 'help') return typed;
      initial = typed.line;
      await this.#screen.page(helpLines(this.#state, initial), undefined);
    }
  }

  async #run(line: string): Promise<boolean> {
    const { counters, commandMs, faults } = this.#options;
    counters.command(line);
    await this.#tty.pause(commandMs + faults.extraMs);
    const { stamp } = this.#device.dialect;
    if (stamp !== undefined && this.#state.stamped) this.#screen.print(this.#state.say(stamp.text));
    const { lines, paged, over, takesMs } = await runLine(line, { state: this.#state, screen: this.#screen });
    await this.#tty.pause(takesMs);
    await this.#answer(lines, paged);
    return over;
  }

  /** Prints an answer, or as much of it as the device's faults let through. */
  async #answer(lines: readonly string[], paged: 'never' | 'always' | undefined): Promise<void> {
    const { faults, line } = this.#options;
    const fault = lines.length === 0 ? undefined : faults.answer(++this.#answers);
    if (fault === 'confirm') {
      this.#tty.print('This may take a while. Continue? [confirm]');
      const key = await this.#tty.readKey();
      this.#tty.print('\r\n');
      if (!'\r\nyY'.includes(key)) return;
    }
    if (faults.noise) this.#noise();
    if (fault === 'close' || fault === 'hang') {
      const text = lines.join('\r\n');
      this.#tty.print(text.slice(0, Math.ceil(text.length / 2)));
      this.#tty.flush();
      if (fault === 'hang') await this.#tty.hang();
      line.end();
      throw new LineGone();
    }
    await this.#screen.page(lines, paged);
    if (faults.noise) this.#noise();
  }
}
