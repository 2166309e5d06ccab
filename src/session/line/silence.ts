import { afterSilence } from './after-silence.js';

/** A question is one when nothing has followed it for so long: the same text may be the middle of a line still under way. */
const SETTLE_MS = 300;

export interface SilenceOptions {
  readonly idleMs: number;
  readonly quietMs?: number | undefined;
  onIdle(): void;
  /** Asked when nothing has come for a moment, and again each such moment; true ends the watch. */
  onQuiet(): boolean;
}

/**
 * Watches how long nothing has come, by one timer that looks how long ago the last byte came, so that bytes cost nothing.
 * Returns what ends the watch.
 */
export function watchSilence(
  silence: () => number,
  { idleMs, quietMs = SETTLE_MS, onIdle, onQuiet }: SilenceOptions,
): () => void {
  let stop = (): void => {};
  const arm = (): void => {
    const silentMs = silence();
    if (silentMs >= idleMs) return onIdle();
    if (silentMs >= quietMs && onQuiet()) return;
    const nextMs = silentMs < quietMs ? quietMs - silentMs : quietMs;
    stop = afterSilence(Math.min(idleMs - silentMs, nextMs), arm);
  };
  stop = afterSilence(Math.min(idleMs, quietMs), arm);
  return () => stop();
}
