import type { Status } from '../runner/index.js';
import { EXIT, UsageError } from './exit-codes.js';
import type { Interrupt } from './interrupt.js';
import { clean } from './output/clean.js';
import { fileSink } from './output/file-sink.js';
import { type Format, formatter } from './output/format.js';
import { ClosedPipeError, type Sink, streamSink } from './output/sink.js';
import { type FailedRecord, failureLine } from './output/text.js';
import { counted, type Noun, Skipped, were } from './skipped.js';
import { countsText, type StatusLine } from './status-line.js';

/** Where the records of a run go, beside the person at the terminal. */
export interface OutputFlags {
  readonly format: Format;
  readonly output?: string | undefined;
  readonly outputDir?: string | undefined;
  readonly order?: 'input' | 'completed' | undefined;
  readonly quiet?: boolean | undefined;
}

/** Stands beside the counts while a run goes on. */
export interface Note {
  readonly text: string;
  /** Told when there is something new to show. */
  onChange: () => void;
}

export interface Reporting<R> extends OutputFlags {
  readonly text: (record: R) => string;
  /** How many devices there are. */
  readonly total: number;
  /** What there is one of, and several. */
  readonly noun: Noun;
  readonly status: StatusLine;
  readonly interrupt: Interrupt;
  /** Where the output goes; undefined when it goes nowhere but to `alsoTo`. */
  readonly sink: Sink | undefined;
  /** Takes each record as well. */
  readonly alsoTo?: ((record: R) => Promise<void>) | undefined;
  readonly note?: Note | undefined;
  /** Printed to the person below the counts. */
  readonly closing?: (() => string | undefined) | undefined;
  /** Printed to the output behind the last record of a text. */
  readonly footer?: (() => string) | undefined;
}

/** Opens what the output goes to, before anything is connected. @throws UsageError where it cannot be written to. */
export async function openSink({ output, outputDir }: OutputFlags, interrupt: Interrupt): Promise<Sink | undefined> {
  if (outputDir !== undefined) return undefined;
  if (output === undefined) return streamSink(process.stdout, () => interrupt.stop());
  try {
    return await fileSink(output);
  } catch (error) {
    throw new UsageError(`cannot write to ${output}: ${(error as Error).message}`);
  }
}

/** Whether results wait for their turn: for files and pipes, where nobody watches them come. */
export function wantsInputOrder({ order, format, output, outputDir }: OutputFlags): boolean {
  if (order !== undefined) return order === 'input';
  if (output !== undefined || outputDir !== undefined) return true;
  return format !== 'ndjson' && !(format === 'text' && process.stdout.isTTY);
}

/** Hands every record of a run to where it belongs, and returns the exit code. */
export async function reportRun<R extends FailedRecord>(
  records: AsyncIterable<R>,
  options: Reporting<R>,
): Promise<number> {
  const { format, output, status, interrupt, total, noun, quiet, sink, note } = options;
  const lines = formatter(format, options.text);
  const counts = new Map<Status, number>();
  let done = 0;
  let notBegun = 0;
  const skipped = new Skipped();
  const show = (): void => {
    const said = done === 0 ? '' : `: ${countsText(counts)}`;
    const beside = note === undefined || note.text === '' ? '' : ` · ${note.text}`;
    status.progress(`${done}/${counted(total, noun)}${said}${beside}`);
  };
  if (note !== undefined) note.onChange = show;
  try {
    show();
    for await (const record of records) {
      counts.set(record.status, (counts.get(record.status) ?? 0) + 1);
      if (sink !== undefined) {
        if (output === undefined) status.clear();
        await sink.write(lines.record(record, done));
      }
      done += 1;
      await options.alsoTo?.(record);
      // What never had its turn needs no line of its own: a thousand of them would bury the others.
      if (record.status === 'cancelled' && record.worker === '') notBegun += 1;
      else if (record.status !== 'ok' && !skipped.take(record)) status.message(failureLine(record));
      show();
    }
    if (note !== undefined) note.onChange = () => {};
    const footer = format === 'text' ? (options.footer?.() ?? '') : '';
    status.clear();
    await sink?.write(lines.end(done) + footer);
  } catch (error) {
    await sink?.end(false).catch(() => {});
    if (error instanceof ClosedPipeError) return EXIT.ok;
    throw error;
  } finally {
    status.end();
  }
  const allOk = done > 0 && done === (counts.get('ok') ?? 0);
  const kept = await endOf(sink, interrupt.code === undefined && (counts.get('ok') ?? 0) > 0);
  if (kept !== undefined) status.message(kept);
  if (notBegun > 0)
    status.message(
      `${counted(notBegun, noun)} ${were(notBegun)} cancelled before ${notBegun === 1 ? 'its' : 'their'} turn came`,
    );
  for (const line of skipped.lines(noun)) status.message(clean(line));
  if (!quiet) status.message(`${counted(done, noun)}: ${countsText(counts)} in ${status.elapsedSeconds} s`);
  const closing = options.closing?.();
  if (closing !== undefined && !quiet) status.message(closing);
  return interrupt.code ?? (allOk ? EXIT.ok : EXIT.devicesNotOk);
}

async function endOf(sink: Sink | undefined, good: boolean): Promise<string | undefined> {
  try {
    return await sink?.end(good);
  } catch (error) {
    if (error instanceof ClosedPipeError) return undefined;
    throw error;
  }
}
