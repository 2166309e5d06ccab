import { type Journal, JournalError, type JournalRecord, pruneRuns, type RunRecord } from '../../runner/index.js';
import { EXIT } from '../exit-codes.js';
import type { Selection } from '../gather-fleet.js';
import { clean } from '../output/clean.js';
import type { JournalPlace } from './journal-flags.js';

/** What of a fleet a run is about, and where it is written down. */
export interface Keeping {
  /** The devices of the run, in its order; absent: all that are selected. */
  readonly only?: readonly string[] | undefined;
  /** The devices that files are named after: of a run that goes on all, so that each has the file that it had. */
  readonly everyone?: readonly string[] | undefined;
  /** What was recorded of a device before. */
  before?(device: string): JournalRecord | undefined;
  /** Begins the journal; undefined where none is wanted. @throws JournalError. */
  begin(
    selection: Selection,
    commands: readonly string[],
    onLost: (reason: string) => void,
  ): Promise<Journal | undefined>;
  readonly place: JournalPlace | undefined;
  /** Whether the run may go on without a journal where none can be begun. */
  readonly needed?: boolean;
}

/** Narrows a selection to the devices of the run, and names those that it has no more. */
export function narrowed(selection: Selection, { only }: Keeping): Selection & { readonly gone: readonly string[] } {
  if (only === undefined) return { ...selection, gone: [] };
  const wanted = new Set(only);
  const devices = selection.devices.filter(({ name }) => wanted.has(name));
  const there = new Set(devices.map(({ name }) => name));
  return { ...selection, devices, gone: only.filter((name) => !there.has(name)) };
}

/** The journal of a run under way; where it cannot be written the run goes on, and says so loudly. */
export class KeptRun {
  readonly journal: Journal | undefined;
  readonly #place: JournalPlace | undefined;
  readonly #tell: (line: string) => void;
  #lost = false;

  private constructor(journal: Journal | undefined, place: JournalPlace | undefined, tell: (line: string) => void) {
    this.journal = journal;
    this.#place = place;
    this.#tell = tell;
  }

  static async begin(
    keeping: Keeping,
    selection: Selection,
    { commands, tell }: { readonly commands: readonly string[]; readonly tell: (line: string) => void },
  ): Promise<KeptRun> {
    // Only the run that is made here can hear of the loss.
    let onLost = (_reason: string): void => {};
    try {
      const journal = await keeping.begin(selection, commands, (reason) => onLost(reason));
      const kept = new KeptRun(journal, keeping.place, tell);
      onLost = (reason) => kept.#lose('NOT JOURNALED from here on', reason);
      return kept;
    } catch (error) {
      if (!(error instanceof JournalError) || keeping.needed === true) throw error;
      const kept = new KeptRun(undefined, keeping.place, tell);
      kept.#lose('NOT JOURNALED', error.message);
      return kept;
    }
  }

  /** Writes down that devices are skipped because the inventory has them no more, and returns their records. */
  skip(gone: readonly string[], runId: string, before: Keeping['before']): readonly RunRecord[] {
    return gone.map((device) => {
      const record = goneRecord(device, runId, before?.(device));
      this.journal?.add(record);
      return record;
    });
  }

  /** Ends the journal, and removes those that are older than journals are kept. */
  end(): void {
    this.journal?.end();
    if (this.#place === undefined) return;
    try {
      pruneRuns(this.#place.directory, this.#place.retention);
    } catch (error) {
      this.#tell(`rollcall: warning: ${clean((error as Error).message)}`);
    }
  }

  /** A run that is not kept as it was asked for has failed, whatever its devices say. */
  exitCode(code: number): number {
    if (!this.#lost) return code;
    this.#tell('rollcall: this run is not, or not wholly, in a journal: it cannot be resumed from there');
    return code === EXIT.ok || code === EXIT.devicesNotOk ? EXIT.failed : code;
  }

  #lose(what: string, reason: string): void {
    this.#lost = true;
    this.#tell(`rollcall: ${what}: ${clean(reason)}; the run goes on (--no-journal runs without one)`);
  }
}

function goneRecord(device: string, runId: string, before: JournalRecord | undefined): RunRecord {
  return {
    schema: 1,
    runId,
    device,
    host: before?.host ?? '',
    port: before?.port ?? null,
    platform: before?.platform ?? '',
    hostname: null,
    status: 'skipped',
    attempts: 0,
    responses: [],
    error: {
      code: 'bad_inventory',
      phase: 'task',
      message: 'it is no longer among the selected devices of the inventory',
    },
    worker: '',
    startedAt: new Date().toISOString(),
    elapsedMs: 0,
  };
}
