import type { Status } from '../runner/index.js';
import { EXIT } from './exit-codes.js';
import type { Interrupt } from './interrupt.js';
import { type Format, formatter } from './output/format.js';
import { ClosedPipeError, fileSink, type Sink, streamSink } from './output/sink.js';
import { type FailedRecord, failureLine } from './output/text.js';
import { countsText, type StatusLine } from './status-line.js';

/** Where the records of a run go, beside the person at the terminal. */
export interface OutputFlags {
  readonly format: Format;
  readonly output?: string | undefined;
  readonly quiet?: boolean | undefined;
}

export interface Reporting<R> extends OutputFlags {
  readonly text: (record: R) => string;
  /** How many devices there are, where it is known. */
  readonly total: number;
  readonly noun: string;
  readonly status: StatusLine;
  readonly interrupt: Interrupt;
  /** Takes each record as well; when it is set, standard output stays empty. */
  readonly alsoTo?: ((record: R) => Promise<void>) | undefined;
  /** Printed to the person below the counts. */
  readonly closing?: (() => string | undefined) | undefined;
  /** Printed to the output behind the last record of a text. */
  readonly footer?: (() => string) | undefined;
}

/** Hands every record of a run to where it belongs, and returns the exit code. */
export async function reportRun<R extends FailedRecord>(
  records: AsyncIterable<R>,
  options: Reporting<R>,
): Promise<number> {
  const { format, output, status, interrupt, total, noun, quiet } = options;
  const sink = await openSink(options);
  const lines = formatter(format, options.text);
  const counts = new Map<Status, number>();
  let done = 0;
  try {
    for await (const record of records) {
      counts.set(record.status, (counts.get(record.status) ?? 0) + 1);
      if (sink !== undefined) {
        if (output === undefined) status.clear();
        await sink.write(lines.record(record, done));
      }
      done += 1;
      await options.alsoTo?.(record);
      if (record.status !== 'ok') status.message(failureLine(record));
      if (!quiet) status.progress(`${done}/${total} ${noun}: ${countsText(counts)}`);
    }
    const footer = format === 'text' ? (options.footer?.() ?? '') : '';
    await sink?.write(lines.end(done) + footer);
  } catch (error) {
    if (!(error instanceof ClosedPipeError)) {
      await sink?.end(false).catch(() => {});
      throw error;
    }
    interrupt.stop();
    return EXIT.ok;
  } finally {
    status.end();
  }
  const allOk = done > 0 && done === (counts.get('ok') ?? 0);
  const kept = await sink?.end(interrupt.code === undefined && (counts.get('ok') ?? 0) > 0);
  if (kept !== undefined) status.message(kept);
  if (!quiet) status.message(`${done} ${noun}: ${countsText(counts)} in ${status.elapsedSeconds} s`);
  const closing = options.closing?.();
  if (closing !== undefined && !quiet) status.message(closing);
  return interrupt.code ?? (allOk ? EXIT.ok : EXIT.devicesNotOk);
}

async function openSink<R>({ output, alsoTo }: Reporting<R>): Promise<Sink | undefined> {
  if (output !== undefined) return fileSink(output);
  return alsoTo === undefined ? streamSink(process.stdout) : undefined;
}
