import type { TaskContext } from 'rollcall';

/** Logs in, and returns what it was given, as a device would answer it. */
export const repeats = async (_device: object, { says }: { readonly says: string }, context: TaskContext) => {
  await context.connect();
  return { banner: `be careful with ${says}` };
};
