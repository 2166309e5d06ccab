import { AuthenticationError, type TaskContext } from 'rollcall';

interface Wanted {
  readonly do: string;
}

const THINGS: Record<string, unknown> = {
  nothing: undefined,
  date: { at: new Date(0), left: undefined, list: [1, undefined] },
  function: { deep: [() => {}] },
};

/** Does what its input says. */
export async function act(device: { readonly name: string }, input: Wanted, context: TaskContext): Promise<unknown> {
  switch (input.do) {
    case 'throw':
      throw new TypeError(`of its own, on ${device.name}`);
    case 'refuse':
      throw new AuthenticationError('authentication', 'refused');
    case 'keep':
      await context.connect();
      context.keep({ half: true });
      throw new Error('after that');
    case 'parts':
      return context.run('whole', async () => {
        const session = await context.run('login', () => context.connect());
        await context.run('bad', () => Promise.reject(new RangeError('bad part'))).catch(() => {});
        const { output } = await context.run('clock', () => session.sendCommand('show clock'));
        void context.run('forgotten', () => new Promise(() => {}));
        return output.length > 0;
      });
    default:
      return THINGS[input.do];
  }
}
