import type { Call } from './call.js';
import type { Outgoing } from './messages.js';
import type { TaskAddress } from './task.js';
import type { Codec, Encoded } from './transfer.js';
import wire from './wire.cjs';

const { TEXT, CODED, CHUNK, isPrimitive, jsonText } = wire;

/**
 * Leaves a call to be sent: primitives and small plain data with many others in one message, all else through the
 * codec and by itself. One that cannot cross is refused, never before the caller's turn is over.
 */
export function pushCall(
  call: Call,
  address: TaskAddress,
  outbox: Outgoing,
  codec: Codec,
  refused: (error: unknown) => void,
): void {
  const args = call.args ?? [];
  const { slot, serial } = call;
  if (!call.chunk) {
    if (args.every(isPrimitive)) {
      const { open } = outbox;
      open.push(slot, serial, address.number, args.length);
      for (const arg of args) open.push(arg);
      return;
    }
    const text = jsonText(args);
    if (text !== undefined) {
      outbox.open.push(slot, serial, address.number, TEXT, text);
      return;
    }
  }
  let coded: Encoded;
  try {
    coded = codec.encode(args, `what '${address.name}' is given`);
  } catch (error) {
    queueMicrotask(() => refused(error));
    return;
  }
  outbox.alone([slot, serial, address.number, call.chunk ? CHUNK : CODED, coded], refused);
}
