import type { StepEvent } from '../device-task.js';
import type { Result, RunDevice } from '../result.js';
import type { Gate, Skip } from './gate.js';
import { Line } from './line.js';
import type { Turn } from './turn.js';

/** How many devices wait for one thing. */
export interface WaitingLine {
  /** What for: `group core`. */
  readonly line: string;
  readonly devices: number;
}

/** A device whose turn it is, or that will have none. */
export interface Next<D extends RunDevice, T> {
  readonly turn: Turn<D, T>;
  readonly skip?: Skip;
}

/**
 * Knows which device is next. What a gate holds back stands in the line of the key that it waits for, so that an end costs
 * a look at the heads of a few lines, however many wait.
 */
export class Scheduler<D extends RunDevice, T> {
  readonly #gates: readonly Gate<D, T>[];
  /** Of each gate, by key. */
  readonly #lines: readonly Map<string, Line<Turn<D, T>>>[];
  /** Those that no gate was asked about yet, and those that come back. */
  readonly #arrivals = new Line<Turn<D, T>>(-1, '');
  /** Lines that are to be asked, in the order in which they were woken. */
  readonly #woken = new Set<Line<Turn<D, T>>>();
  #waiting = 0;

  /** `onWake` is called when a gate has woken a line. */
  constructor(gates: readonly Gate<D, T>[], onWake: () => void, over: AbortSignal) {
    this.#gates = gates;
    this.#lines = gates.map(() => new Map());
    gates.forEach((gate, at) => {
      gate.attach((key) => {
        const line = this.#lines[at]?.get(key);
        if (line === undefined) return;
        this.#woken.add(line);
        onWake();
      }, over);
    });
  }

  /** How many devices gates hold back. */
  get held(): number {
    return this.#waiting;
  }

  /** Whether there is none that could become the next. */
  get empty(): boolean {
    return this.#waiting === 0 && this.#arrivals.size === 0;
  }

  /** The lines in which devices stand, the longest first; in one that was woken they wait for no more than a worker. */
  get waiting(): WaitingLine[] {
    const lines = this.#lines.flatMap((byKey) => [...byKey.values()]).filter((line) => !this.#woken.has(line));
    return lines.map(({ key, size }) => ({ line: key, devices: size })).sort((a, b) => b.devices - a.devices);
  }

  add(turn: Turn<D, T>): void {
    this.#arrivals.add(turn);
    this.#woken.add(this.#arrivals);
  }

  /** Returns a device that all gates let go, or that one of them skips; undefined when all others have to wait. */
  next(): Next<D, T> | undefined {
    for (const line of this.#woken) {
      const next = this.#nextOf(line);
      // Asked again, but behind the other lines: none of them keeps the workers for itself.
      this.#woken.delete(line);
      if (next !== undefined) {
        if (line.first !== undefined) this.#woken.add(line);
        return next;
      }
    }
    return undefined;
  }

  start({ device }: Turn<D, T>): void {
    for (const gate of this.#gates) gate.start(device);
  }

  step(device: D, event: StepEvent): void {
    for (const gate of this.#gates) gate.step?.(device, event);
  }

  end(result: Result<D, T>, again: boolean): void {
    for (const gate of this.#gates) gate.end(result, again);
  }

  passOver(result: Result<D, T>, planned: boolean): void {
    for (const gate of this.#gates) gate.passOver?.(result, planned);
  }

  /** Removes all devices and returns them, oldest first. */
  takeAll(): Turn<D, T>[] {
    const lines = [this.#arrivals, ...this.#lines.flatMap((byKey) => [...byKey.values()])];
    for (const byKey of this.#lines) byKey.clear();
    this.#woken.clear();
    this.#waiting = 0;
    return lines.flatMap((line) => line.takeAll()).sort((a, b) => a.index - b.index);
  }

  #nextOf(line: Line<Turn<D, T>>): Next<D, T> | undefined {
    for (let turn = line.first; turn !== undefined; turn = line.first) {
      const said = this.#ask(turn);
      if (said === line) return undefined;
      this.#leave(line);
      if (said instanceof Line) {
        said.add(turn);
        this.#waiting += 1;
      } else {
        return said === undefined ? { turn } : { turn, skip: said };
      }
    }
    return undefined;
  }

  /** Undefined: it may go. A line: it has to wait in that. Else it is skipped. */
  #ask({ device, index }: Turn<D, T>): Line<Turn<D, T>> | Skip | undefined {
    for (const [at, gate] of this.#gates.entries()) {
      const said = gate.admit(device, index);
      if ('waitFor' in said) return this.#lineOf(at, said.waitFor);
      if ('skip' in said) return said;
    }
    return undefined;
  }

  #lineOf(gate: number, key: string): Line<Turn<D, T>> {
    const byKey = this.#lines[gate];
    const line = byKey?.get(key) ?? new Line<Turn<D, T>>(gate, key);
    byKey?.set(key, line);
    return line;
  }

  /** Takes the oldest out of its line; an empty one is forgotten, as each device may have one of its own. */
  #leave(line: Line<Turn<D, T>>): void {
    line.take();
    if (line === this.#arrivals) return;
    this.#waiting -= 1;
    if (line.size === 0) this.#lines[line.gate]?.delete(line.key);
  }
}
