import { AbortedError, ConnectionClosedError, ConversationError, DeviceTimeoutError } from '../../base/index.js';
import type { Channel } from './channel.js';
import type { WaitOptions } from './channel-options.js';
import type { StallDetails } from './diagnosis.js';

/** How much of what came last stands in the message itself. */
const IN_MESSAGE = 120;

type Clock = 'idle_timeout' | 'device_timeout' | 'connect_timeout';

/** What did not come in time, what the device waits for instead, and what it said last. */
export function tooLate(
  channel: Channel,
  code: Clock,
  { why, options }: { readonly why: string; readonly options: WaitOptions },
): DeviceTimeoutError {
  const details = channel.details(options.expected);
  const says = `${details.expected} did not come: ${why} (${details.stall})${lastHeard(details)}`;
  return new DeviceTimeoutError(code, says, { phase: options.phase, details });
}

function lastHeard({ lastReceived }: StallDetails): string {
  return lastReceived.trim() === '' ? '' : `; last heard: ${JSON.stringify(lastReceived.slice(-IN_MESSAGE))}`;
}

export function unexpectedQuestion(
  channel: Channel,
  question: string,
  { phase, expected }: WaitOptions,
): ConversationError {
  const shown = channel.redact(question.trim());
  return new ConversationError(
    'unexpected_question',
    `the device asks '${shown}', which nobody expected; nothing was answered, and the connection was dropped`,
    { phase, details: channel.details(expected) },
  );
}

/** What was under way when it was called off. */
export function calledOff(channel: Channel, { phase, expected }: WaitOptions): AbortedError {
  const details = channel.details(expected);
  return new AbortedError(`cancelled before ${details.expected} came`, { phase, details });
}

export function closedEarly(
  channel: Channel,
  { phase, expected }: WaitOptions,
  cause: Error | undefined,
): ConnectionClosedError {
  const details = channel.details(expected);
  const says =
    cause === undefined
      ? `the device closed the connection before ${details.expected} came`
      : `the connection ended before ${details.expected} came: ${cause.message}`;
  // Why a device hangs up at once it mostly says: who may come in, and how many.
  const heard = phase === 'login' ? lastHeard(details) : '';
  return new ConnectionClosedError('closed', `${says}${heard}`, {
    phase,
    ...(cause === undefined ? {} : { cause }),
    details,
  });
}

/** The way ends where the terminal server's own prompt is: a command of the device would be one to it. */
export function goneBehind(channel: Channel): ConnectionClosedError {
  const details = channel.details('the prompt of the device');
  const shown = channel.redact(channel.line.trim());
  const says = `the connection behind the terminal server has ended: its own prompt '${shown}' is there; nothing was sent`;
  return new ConnectionClosedError('closed', says, { phase: 'command', details });
}
