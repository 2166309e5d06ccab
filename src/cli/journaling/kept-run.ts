import type { Device } from '../../inventory/index.js';
import {
  type FailedResult,
  type Journal,
  JournalError,
  type JournalRecord,
  pruneRuns,
  type Result,
} from '../../runner/index.js';
import { EXIT } from '../exit-codes.js';
import type { Selection } from '../gather-fleet.js';
import { isInterruption } from '../leave.js';
import { clean } from '../output/clean.js';
import type { JournalPlace } from './journal-flags.js';

/** What a journal has to know of the work of a run. */
export interface KeptWork {
  readonly commands?: readonly string[] | undefined;
  record(runId: string, result: Result): JournalRecord;
}

/** What of a fleet a run is about, and where it is written down. */
export interface Keeping {
  /** The devices of the run, in its order; absent: all that are selected. */
  readonly only?: readonly string[] | undefined;
  /** The devices that files are named after: of a run that goes on all, so that each has the file that it had. */
  readonly everyone?: readonly string[] | undefined;
  /** What was recorded of a device before. */
  before?(device: string): JournalRecord | undefined;
  /** Begins the journal; undefined where none is wanted. @throws JournalError. */
  begin(selection: Selection, work: KeptWork, onLost: (reason: string) => void): Promise<Journal | undefined>;
  readonly place: JournalPlace | undefined;
  /** Whether the run may go on without a journal where none can be begun. */
  readonly needed?: boolean;
}

type Named = Pick<Device, 'name' | 'commands'>;

/** The devices of a run; and what it has no more, and what its files are named after. */
interface Narrowed extends Selection {
  readonly gone: readonly Device[];
  readonly everyone: readonly Named[];
}

/** Narrows a selection to the devices of the run. */
export function narrowed(selection: Selection, { only, everyone, before }: Keeping): Narrowed {
  const byName = new Map<string, Device>(selection.devices.map((device) => [device.name, device]));
  const wanted = only && new Set(only);
  const devices = selection.devices.filter(({ name }) => wanted?.has(name) !== false);
  const gone = only?.filter((name) => !byName.has(name)) ?? [];
  return {
    ...selection,
    devices,
    gone: gone.map((name) => goneDevice(name, before?.(name))),
    everyone: everyone?.map((name): Named => byName.get(name) ?? { name }) ?? devices,
  };
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
    { work, tell }: { readonly work: KeptWork; readonly tell: (line: string) => void },
  ): Promise<KeptRun> {
    // Only the run that is made here can hear of the loss.
    let onLost = (_reason: string): void => {};
    try {
      const journal = await keeping.begin(selection, work, (reason) => onLost(reason));
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

  /** Writes down that devices are skipped because the inventory has them no more, and returns their results. */
  skip<T>(gone: readonly Device[]): readonly FailedResult<Device, T>[] {
    const message = 'no longer among the selected devices of the inventory';
    const turn = { index: 0, worker: '', attempts: 0, startedAt: new Date().toISOString(), elapsedMs: 0 };
    const error = { code: 'bad_inventory', phase: 'task', message } as const;
    return gone.map((device) => {
      const result: FailedResult<Device, T> = { ...turn, device, status: 'skipped', error };
      this.journal?.result(result);
      return result;
    });
  }

  /** Ends the journal, and removes those that are older than journals are kept. */
  end(): void {
    this.journal?.end();
    // Where no journal could be begun, the folder has had its warning.
    if (this.#place === undefined || this.journal === undefined) return;
    try {
      pruneRuns(this.#place.directory, { ...this.#place.retention, spare: this.journal.id });
    } catch (error) {
      this.#tell(`rollcall: warning: ${clean((error as Error).message)}`);
    }
  }

  /** A run that is not kept as it was asked for has failed, whatever its devices say. */
  exitCode(code: number): number {
    if (!this.#lost) {
      const id = this.journal?.id;
      if (id !== undefined && isInterruption(code)) this.#tell(`rollcall resume ${id} calls those that are left`);
      return code;
    }
    this.#tell('rollcall: this run is not, or not wholly, in a journal: it cannot be resumed from there');
    return code === EXIT.ok || code === EXIT.devicesNotOk ? EXIT.failed : code;
  }

  #lose(what: string, reason: string): void {
    this.#lost = true;
    this.#tell(`rollcall: ${what}: ${clean(reason)}; the run goes on (--no-journal runs without one)`);
  }
}

/** Whom the result of a device that is gone is about: what is still known of it. */
function goneDevice(name: string, before: JournalRecord | undefined): Device {
  const { host = '', port, platform = '' } = before ?? {};
  return { name, host, platform, transport: 'ssh', ...(port == null ? {} : { port }) };
}
