/** Something that happens once, and can be waited for. */
export class Gate {
  readonly opened: Promise<void>;
  #open = (): void => {};

  constructor() {
    this.opened = new Promise((resolve) => {
      this.#open = resolve;
    });
  }

  open(): void {
    this.#open();
  }
}

export interface TestDevice {
  readonly name: string;
  readonly does?: string;
  readonly what?: string;
}

/** That many devices: D0, D1, … */
export const devices = (count: number): TestDevice[] => Array.from({ length: count }, (_, at) => ({ name: `D${at}` }));
