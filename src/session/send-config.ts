import { OptionError } from '../base/index.js';
import { type Conversation, checkLine, transcript } from './exchange.js';
import { enterMode, leaveMode, type ModeOptions } from './privilege.js';
import type { Response } from './response.js';
import { sendCommand } from './send-command.js';

export interface ConfigOptions {
  /** Default `stop`: nothing is sent behind a line that the device refused. */
  readonly onRefusal?: 'stop' | 'continue' | undefined;
}

/** What a device answered to a list of configuration lines. */
export interface ConfigResponse {
  /** One for each line that was sent, in order. */
  readonly responses: readonly Response[];
  /** True when every line was sent and none was refused. */
  readonly ok: boolean;
  /** The number of the first line that was refused, counted from 1. */
  readonly refusedLine?: number;
  /** The whole dialogue as a person would have seen it, from entering the mode to leaving it. */
  readonly dialogue: string;
}

/**
 * Enters configuration mode, sends the lines one by one, and leaves the mode again, also after a refused line.
 * @throws RollcallError (`no_such_mode`) on a platform without such a mode; what `exchange` throws: then it is not
 * known how much of the configuration the device has taken, beyond the lines that were answered.
 */
export async function sendConfig(
  conversation: Conversation,
  lines: readonly string[],
  { onRefusal = 'stop', ...options }: ConfigOptions & ModeOptions,
): Promise<ConfigResponse> {
  if (!Array.isArray(lines)) {
    throw new OptionError(`sendConfig takes a list of lines; got a ${typeof lines}`, { phase: 'configure' });
  }
  if (onRefusal !== 'stop' && onRefusal !== 'continue') {
    throw new OptionError(`onRefusal must be 'stop' or 'continue'; got '${String(onRefusal)}'`, { phase: 'configure' });
  }
  const { platform } = conversation;
  // Every line is checked before the first is sent: half a configuration is worse than none.
  for (const line of lines) checkLine(line, platform, 'configure');
  const modeOptions = { ...options, phase: 'configure' } as const;
  const said = await enterMode(conversation, 'config', modeOptions);
  const responses: Response[] = [];
  let refusedLine: number | undefined;
  for (const line of lines) {
    const response = await sendCommand(conversation, line, { phase: 'configure', idleMs: options.idleMs });
    responses.push(response);
    if (response.ok) continue;
    refusedLine ??= responses.length;
    if (onRefusal === 'stop') break;
  }
  const left = await leaveMode(conversation, modeOptions);
  const body = responses.map(({ prompt, command, output }) =>
    transcript({ prompt, sent: command, lines: output === '' ? [] : [output] }),
  );
  return {
    responses,
    ok: refusedLine === undefined,
    ...(refusedLine === undefined ? {} : { refusedLine }),
    dialogue: [...said.map(transcript), ...body, ...left.map(transcript), conversation.prompt.text].join('\n'),
  };
}
