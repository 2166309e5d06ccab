/** An object without those of its properties that are undefined. */
export type Given<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Leaves out what is undefined. */
export function given<T extends object>(values: T): Given<T> {
  const left: Record<string, unknown> = {};
  for (const key in values) if (values[key] !== undefined) left[key] = values[key];
  return left as Given<T>;
}

/** The same, and undefined when nothing is left. */
export function withAny<T extends object>(values: T): Given<T> | undefined {
  const left = given(values);
  return Object.keys(left).length === 0 ? undefined : left;
}
