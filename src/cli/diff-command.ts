import { join } from 'node:path';
import * as v8 from 'node:v8';
import {
  compareRuns,
  type DeviceDifference,
  findRun,
  journalName,
  type ReadJournal,
  readJournal,
} from '../runner/index.js';
import { EXIT, UsageError } from './exit-codes.js';
import { type JournalFlags, journalFolder } from './journaling/journal-flags.js';
import { clean } from './output/clean.js';
import type { Format } from './output/format.js';
import { formatter } from './output/format.js';
import { ClosedPipeError, streamSink } from './output/sink.js';

export interface DiffFlags extends JournalFlags {
  readonly format: Format;
  readonly ignore?: readonly string[];
}

/** `rollcall diff`: returns 0 where the two runs are the same, and 1 where they are not. @throws JournalError, UsageError. */
export async function diffCommand(wanted: readonly [string, string], flags: DiffFlags): Promise<number> {
  const ignore = patterns(flags.ignore ?? []);
  const directory = journalFolder(flags);
  const [first, second] = wanted.map((one) => readJournal(join(directory, journalName(findRun(directory, one)))));
  if (first === undefined || second === undefined) throw new UsageError('two runs are compared');
  for (const read of [first, second]) warnOf(read);
  const lines = formatter<DeviceDifference>(flags.format, differenceText);
  const sink = streamSink(process.stdout, () => {});
  let count = 0;
  const heads = [first, second].map(({ summary }) => `${summary.id} ${summary.command}`);
  try {
    if (flags.format === 'text') await sink.write(clean(`--- ${heads[0]}\n+++ ${heads[1]}\n`));
    for await (const difference of compareRuns(first, second, { ignore })) {
      await sink.write(lines.record(difference, count++));
    }
    await sink.write(lines.end(count));
    await sink.end(true);
  } catch (error) {
    if (!(error instanceof ClosedPipeError)) throw error;
  }
  const all = new Set([...first.statuses.keys(), ...second.statuses.keys()]).size;
  tell(count === 0 ? `no differences in ${all} devices` : `${count} of ${all} devices are not the same`);
  return count === 0 ? EXIT.ok : EXIT.devicesNotOk;
}

function warnOf({ header, summary }: ReadJournal): void {
  if (!summary.ended) tell(`warning: run ${header.id} has not ended (${summary.state})`);
  if (header.outputs === 'none') tell(`warning: run ${header.id} has kept no answers; only statuses are compared`);
}

/** @throws UsageError for what is no regular expression. */
function patterns(sources: readonly string[]): readonly RegExp[] {
  // A pattern that would take for ever goes to V8's engine that takes linear time (one with look-around stays);
  // it has to be told before the first is compiled, and knows no flag `u`.
  if (sources.length > 0) v8.setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');
  return sources.map((source) => {
    try {
      return new RegExp(source);
    } catch (error) {
      throw new UsageError(`--ignore takes a regular expression: ${(error as Error).message}`);
    }
  });
}

function differenceText({ device, change, statuses, commands }: DeviceDifference): string {
  const [before, after] = statuses.map((status) => status ?? 'no result');
  if (change === 'only_in_first') return clean(`=== ${device}: only in the first run (${before})\n`);
  if (change === 'only_in_second') return clean(`=== ${device}: only in the second run (${after})\n`);
  const heads = before === after ? [] : [`=== ${device}: ${before}, then ${after}\n`];
  const parts = commands.map(({ command, change: what, diff }) => {
    const head = `=== ${device}: ${command}`;
    if (what !== 'changed') return `${head}: only in the ${what === 'only_in_first' ? 'first' : 'second'} run\n`;
    return diff === null
      ? `${head}: too different to be shown\n`
      : `${head}\n${diff.endsWith('\n') ? diff : `${diff}\n`}`;
  });
  return clean([...heads, ...parts].join(''));
}

const tell = (text: string): void => void process.stderr.write(`rollcall: ${clean(text)}\n`);
