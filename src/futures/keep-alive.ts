import { processWide } from '../base/index.js';

/** Any handle would do; this one never fires in practice. */
const FAR_AWAY_MS = 2 ** 31 - 1;

const state = () => processWide('keepAlive', () => ({ holders: 0, timer: undefined as NodeJS.Timeout | undefined }));

/** Keeps the program from ending until `letGo` was called as often. */
export function holdOn(): void {
  const alive = state();
  alive.holders += 1;
  alive.timer ??= setInterval(() => {}, FAR_AWAY_MS);
}

/** Undoes one `holdOn`. */
export function letGo(): void {
  const alive = state();
  alive.holders -= 1;
  if (alive.holders > 0) return;
  clearInterval(alive.timer);
  alive.timer = undefined;
}
