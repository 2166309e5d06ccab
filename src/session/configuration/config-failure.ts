import { type ErrorDetails, RollcallError, reword } from '../../base/index.js';
import { type Conversation, transcript } from '../line/exchange.js';
import type { ConfigLineResponse, ConfigRun } from './config-run.js';

/** Returns the transcript of a line's answer, without secrets. */
function shown({ channel }: Conversation, { prompt, command, output }: ConfigLineResponse): string {
  return channel.redact(transcript({ prompt, sent: command, lines: output === '' ? [] : [output] }));
}

/** What is known of a configuration that ended in an error: what was answered, and what nobody answered. */
function progress(conversation: Conversation, { responses, lastAccepted, underWay }: ConfigRun): ErrorDetails {
  const last = lastAccepted;
  return {
    answered: responses.map((response) => shown(conversation, response)),
    ...(last === undefined
      ? {}
      : { lastAcceptedLine: last.line, lastAccepted: conversation.channel.redact(last.command.trim()) }),
    ...(underWay === undefined ? {} : { lineUnderWay: underWay.first, lastLineSent: underWay.last }),
  };
}

/**
 * Adds to the error that ended a configuration how far it came, and returns it: `answered`, the lines that the device has
 * answered, `lastAcceptedLine`, and `lineUnderWay`, the first that was sent and not answered.
 */
export function withProgress(conversation: Conversation, error: unknown, run: ConfigRun): unknown {
  if (!(error instanceof RollcallError)) return error;
  Object.assign(error, { details: { ...error.details, ...progress(conversation, run) } });
  const { lastAccepted: last, underWay } = run;
  // Called off in order, or at the end of it all: its message says what there is to say.
  if (underWay === undefined) return error;
  const { first, last: until } = underWay;
  const under = first === until ? `line ${first} was` : `lines ${first} to ${until} were`;
  const accepted =
    last === undefined
      ? 'no line was accepted before'
      : `line ${last.line} ('${conversation.channel.redact(last.command.trim())}') is the last that the device accepted`;
  return reword(error, `${error.message}; ${under} sent and not answered, and ${accepted}`);
}
