import type { RunSummary } from '../../runner/index.js';
import { table } from '../output/table.js';

const HEADINGS = ['ID', 'STARTED', 'DEVICES', 'OK', 'NOT OK', 'STATE', 'COMMAND'] as const;
/** Numbers stand under one another's last digit. */
const NUMBERS: readonly number[] = [2, 3, 4];
const LONGEST_COMMAND = 80;

/** Returns runs as a table, one a line, the newest first. */
export function runsTable(runs: readonly RunSummary[]): string {
  if (runs.length === 0) return 'no runs\n';
  return table([HEADINGS, ...runs.map(rowOf)], { numbers: NUMBERS });
}

function rowOf({ id, startedAt, devices, counts, state, command }: RunSummary): readonly string[] {
  const { ok = 0 } = counts;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const short = command.length > LONGEST_COMMAND ? `${command.slice(0, LONGEST_COMMAND - 1)}…` : command;
  return [id, localTime(startedAt), String(devices), String(ok), String(all - ok), state, short];
}

/** The date and time of day where the user is. */
function localTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso.slice(0, 19);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  return `${date} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')}`;
}
