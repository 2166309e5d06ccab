import type { Secret } from '../../base/index.js';
import type { Result, Status } from '../result.js';
import type { AppendFile } from './append-file.js';
import type { HowEnded, JournalLine, JournalRecord } from './format.js';
import { countsOf } from './read-journal.js';
import type { Redaction } from './redaction.js';

export interface JournalParts {
  readonly id: string;
  readonly path: string;
  readonly file: AppendFile;
  /** All devices of the run. */
  readonly names: readonly string[];
  /** What is known of them from an earlier start. */
  readonly statuses: ReadonlyMap<string, Status>;
  readonly redaction: Redaction;
  readonly recordOf: (runId: string, result: Result) => JournalRecord;
  readonly onLost: (reason: string) => void;
  /** Ends this process's hold on the journal. */
  readonly release: () => void;
}

/**
 * The journal of a run that is being written: the `journal` option of `run`. A journal that breaks in the middle, as on a
 * full disk, is left as it is: the run goes on, and `onLost` has heard why, once.
 */
export class Journal {
  readonly id: string;
  /** The path of the file. */
  readonly path: string;
  readonly #parts: JournalParts;
  readonly #statuses: Map<string, Status>;
  #lost: string | undefined;
  #over = false;

  constructor(parts: JournalParts) {
    this.#parts = parts;
    this.id = parts.id;
    this.path = parts.path;
    this.#statuses = new Map(parts.statuses);
  }

  /** Why nothing more is written; undefined as long as everything was. */
  get lost(): string | undefined {
    return this.#lost;
  }

  /**
   * Told of each result before anybody else is, and what the device's references came to; it is with the system when this
   * returns. Never throws.
   */
  result(result: Result, secrets?: readonly Secret[]): void {
    try {
      this.add(this.#parts.recordOf(this.id, result), result.device, secrets);
    } catch (error) {
      this.#lose(error);
    }
  }

  /** Adds what came of a device in another way than by a task. */
  add(record: JournalRecord, device: object = {}, secrets: readonly Secret[] = []): void {
    if (this.#over) return;
    this.#statuses.set(record.device, record.status);
    if (this.#lost !== undefined) return;
    try {
      this.write({ type: 'record', record: this.#parts.redaction(record, device, secrets) });
    } catch (error) {
      this.#lose(error);
    }
  }

  /** Writes a line. @throws what the system says. */
  write(line: JournalLine): void {
    this.#parts.file.append(JSON.stringify(line));
  }

  /** Writes how the run ended, and closes the file; a second call does nothing. */
  end(): void {
    if (this.#over) return;
    this.#over = true;
    try {
      if (this.#lost === undefined) this.#writeEnd();
      this.#parts.file.close();
    } catch (error) {
      this.#lose(error);
    } finally {
      this.#parts.release();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end();
  }

  #writeEnd(): void {
    const all = this.#parts.names.every((name) => {
      const status = this.#statuses.get(name);
      return status !== undefined && status !== 'cancelled';
    });
    const how: HowEnded = all ? 'finished' : 'interrupted';
    this.write({ type: 'end', at: new Date().toISOString(), how, counts: countsOf(this.#statuses.values()) });
  }

  #lose(error: unknown): void {
    if (this.#lost !== undefined) return;
    const { code, message } = error as NodeJS.ErrnoException;
    this.#lost = `${this.path}: ${code === 'ENOSPC' ? 'no space is left there' : message}`;
    this.#parts.onLost(this.#lost);
  }
}
