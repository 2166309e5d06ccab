// The process that opens connections where ours cannot: it is started inside a VRF, hands each connected socket over,
// and ends with the process that started it.
import { Deadline, RollcallError } from '../../base/index.js';
import type { ConnectCalledOff, ConnectReply, ConnectRequest } from './connector-messages.js';
import { connectTcp } from './tcp.js';

const underWay = new Map<number, AbortController>();

process.on('message', (message: ConnectRequest | ConnectCalledOff) => {
  if ('calledOff' in message) underWay.get(message.calledOff)?.abort();
  else void serve(message);
});
process.once('disconnect', () => process.exit());

async function serve({ id, host, port, ms, sources, addressFamily }: ConnectRequest): Promise<void> {
  const calledOff = new AbortController();
  underWay.set(id, calledOff);
  const reply = (message: ConnectReply): boolean | undefined => process.send?.(message);
  try {
    const { signal } = calledOff;
    const deadline = Deadline.after(ms);
    const socket = await connectTcp(host, port, { deadline, signal, sources, addressFamily, paused: true });
    process.send?.({ id } satisfies ConnectReply, socket);
  } catch (error) {
    if (!(error instanceof RollcallError)) throw error;
    const { name, code, message, phase, details } = error;
    reply({ id, error: { name, code, message, ...(phase && { phase }), ...(details && { details }) } });
  } finally {
    underWay.delete(id);
  }
}
