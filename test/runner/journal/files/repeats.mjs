/** Logs in, and returns what it was given, as a device would answer it. */
export const repeats = async (_device, { says }, context) => {
  await context.connect();
  return { banner: `be careful with ${says}` };
};
