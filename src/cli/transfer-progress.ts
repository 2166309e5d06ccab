import type { Observer, RunDevice } from '../runner/index.js';
import { bytesText } from './output/bytes.js';

/** Adds up what has gone over, of all devices together, for the line at the bottom of the terminal. */
export class TransferProgress implements Observer<RunDevice, never> {
  /** How far each device's file is. */
  readonly #devices = new Map<string, number>();
  readonly #start = performance.now();
  /** Told when there is something new to show. */
  onChange: () => void = () => {};

  step(device: RunDevice, event: { readonly type: string; readonly bytes?: number }): void {
    if (event.type !== 'progress' || event.bytes === undefined) return;
    this.#devices.set(device.name, event.bytes);
    this.onChange();
  }

  /** `12.5 MB, 3.1 MB/s`; nothing before the first byte. */
  get text(): string {
    const bytes = [...this.#devices.values()].reduce((sum, one) => sum + one, 0);
    if (bytes === 0) return '';
    const seconds = Math.max(0.001, (performance.now() - this.#start) / 1000);
    return `${bytesText(bytes)}, ${bytesText(bytes / seconds)}/s`;
  }
}
