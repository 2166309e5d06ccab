import { type Dialect, inManner } from '#dist/lab/dialect/index.js';
import * as dialects from '#dist/lab/dialects/index.js';

/** A dialect as a device of one of its variants speaks it. */
export interface Manner {
  readonly label: string;
  readonly variant: string | undefined;
  readonly dialect: Dialect;
}

/** Every dialect of the lab, as it is and in each of its variants. */
export function dialectsInEveryManner(): Manner[] {
  const all: readonly Dialect[] = Object.values(dialects);
  return all.flatMap((dialect) =>
    [undefined, ...Object.keys(dialect.variants ?? {})].map((variant) => ({
      label: variant === undefined ? dialect.name : `${dialect.name} (${variant})`,
      variant,
      dialect: inManner(dialect, variant),
    })),
  );
}
