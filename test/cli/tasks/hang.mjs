/** Has a session and does not end, whatever it is told. */
export default async (_device, how, context) => {
  const session = await context.connect();
  await session.sendCommand('show clock');
  if (how === 'busy') for (;;);
  if (how === 'heeds') {
    return new Promise((_, reject) => context.signal.addEventListener('abort', () => reject(context.signal.reason)));
  }
  // Keeps its thread or process alive, as a server would.
  setInterval(() => {}, 1000);
  return new Promise(() => {});
};
