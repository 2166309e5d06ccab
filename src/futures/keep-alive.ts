import { processWide } from '../base/index.js';

/** Any handle would do; this one never fires in practice. */
const FAR_AWAY_MS = 2 ** 31 - 1;

/** What is unfinished here; the worker's program looks at it, by this name, before it ends. */
interface Unfinished {
  /** Executors and threads with work, and all who hold on. */
  working: number;
  /** Called once, when nothing is unfinished any more. */
  onQuiet: (() => void)[];
  holders: number;
  timer: NodeJS.Timeout | undefined;
}

const state = () =>
  processWide('unfinished', (): Unfinished => ({ working: 0, onQuiet: [], holders: 0, timer: undefined }));

/** Notes that there is work: should this be a worker itself, it will not end before `workIsOver` was called as often. */
export function workBegins(): void {
  state().working += 1;
}

/** Undoes one `workBegins`. */
export function workIsOver(): void {
  const unfinished = state();
  unfinished.working -= 1;
  if (unfinished.working === 0) for (const tell of unfinished.onQuiet.splice(0)) tell();
}

/** Keeps the program from ending until `letGo` was called as often, for work that has no handle of its own. */
export function holdOn(): void {
  const unfinished = state();
  unfinished.holders += 1;
  unfinished.timer ??= setInterval(() => {}, FAR_AWAY_MS);
  workBegins();
}

/** Undoes one `holdOn`. */
export function letGo(): void {
  const unfinished = state();
  unfinished.holders -= 1;
  if (unfinished.holders === 0) {
    clearInterval(unfinished.timer);
    unfinished.timer = undefined;
  }
  workIsOver();
}
