import { canBeKept, connectThroughAgent } from '../agent/index.js';
import { CommandRefusedError } from '../base/index.js';
import { task } from '../futures/index.js';
import {
  AUTODETECT,
  checkCommands,
  checkExecCommands,
  checkReadOnly,
  connect,
  connectExec,
  type Question,
  type Response,
  type SessionOptions,
  type SessionTarget,
  withoutSecretLines,
} from '../session/index.js';
import type { TaskContext } from './device-task.js';
import { tellingLogin } from './turns/login-guard.js';

export interface SendCommandsInput {
  readonly commands: readonly string[];
  /** `stop` sends nothing behind a command that the device refused; default `continue`. */
  readonly onRefusal?: 'continue' | 'stop' | undefined;
  /** Where a `rollcall agent` listens, whose session is used then. */
  readonly agent?: string | undefined;
  readonly session?:
    | Pick<SessionOptions, 'enable' | 'readOnly' | 'timeouts' | 'limits' | 'hostKeys' | 'platforms' | 'recording'>
    | undefined;
}

export interface CommandsOutput {
  /** What the device calls itself. */
  readonly hostname: string | null;
  /** The name of its platform: the one that was found where the device's is `autodetect`. */
  readonly platform?: string;
  readonly responses: readonly Response[];
  /** How many logins it took, where it was more than one: the others were refused. */
  readonly logins?: number;
}

/**
 * Runs commands in order in one session with the device: the task behind `rollcall run`.
 * @throws CommandRefusedError when the device refused one of them; what `connect` and `sendCommand` throw.
 */
export const sendCommands = task(
  import.meta.url,
  'sendCommands',
  async (
    device: SessionTarget,
    { commands, onRefusal = 'continue', agent, session: options = {} }: SendCommandsInput,
    context: TaskContext<CommandsOutput>,
  ): Promise<CommandsOutput> => {
    const { signal, ask, credentialSource } = context;
    // All of them before the first is sent: a list that stops in the middle is worse than none.
    checkCommands(commands, device.platform, options.platforms);
    if (options.readOnly) refuseHarm(commands, device, options);
    const how: SessionOptions = {
      ...options,
      ...{ signal, credentialSource },
      ...(ask === undefined ? {} : { ask: (question: Question) => ask(question) }),
      onPhase: (phase) => context.tell({ type: 'phase', phase }),
      ...unrecorded(options.recording, context),
    };
    await using session =
      agent !== undefined && canBeKept(device, how)
        ? await connectThroughAgent(agent, device, how)
        : await connect(device, how);
    context.tell({ type: 'logged_in' });
    const send = (command: string): Promise<Response> => session.sendCommand(command);
    // The agent keeps its logins to itself.
    const logins = loginsOf('attempts' in session ? session.attempts.length : 1);
    const about = () => ({ hostname: session.hostname ?? null, platform: session.platform, ...logins });
    // Awaited here: the session closes at the end of this block.
    return await inOrder({ commands, onRefusal, context, about, send });
  },
);

/**
 * Runs commands in order, each in an SSH channel of its own: the task behind `rollcall run --exec`. `enable` has no
 * meaning here.
 * @throws CommandRefusedError when the device refused one of them; what `connectExec` and `exec` throw.
 */
export const execCommands = task(
  import.meta.url,
  'execCommands',
  async (
    device: SessionTarget,
    { commands, onRefusal = 'continue', session: options = {} }: SendCommandsInput,
    context: TaskContext<CommandsOutput>,
  ): Promise<CommandsOutput> => {
    const { signal, ask, credentialSource } = context;
    checkExecCommands(commands, device, options.platforms);
    if (options.readOnly) refuseHarm(commands, device, options);
    await using session = await connectExec(device, {
      ...options,
      ...{ signal, credentialSource },
      ...(ask === undefined ? {} : { ask: (question: Question) => ask(question) }),
      onPhase: (phase) => context.tell({ type: 'phase', phase }),
    });
    context.tell({ type: 'logged_in' });
    const send = (command: string): Promise<Response> => session.exec(command);
    const about = () => ({ hostname: null, platform: session.platform, ...loginsOf(session.attempts.length) });
    // Awaited here: the session closes at the end of this block.
    return await inOrder({ commands, onRefusal, context, about, send });
  },
);

/** What a device is must be known for that: of one that is yet to be found the session says it, command by command. */
function refuseHarm(
  commands: readonly string[],
  { platform }: SessionTarget,
  { platforms }: NonNullable<SendCommandsInput['session']>,
): void {
  if (platform !== AUTODETECT) checkReadOnly(commands, platform, platforms);
}

const loginsOf = (count: number): Pick<CommandsOutput, 'logins'> => (count > 1 ? { logins: count } : {});

interface InOrder extends Pick<SendCommandsInput, 'commands' | 'onRefusal'> {
  readonly context: TaskContext<CommandsOutput>;
  readonly about: () => Omit<CommandsOutput, 'responses'>;
  readonly send: (command: string) => Promise<Response>;
}

async function inOrder({ commands, onRefusal, context, about, send }: InOrder): Promise<CommandsOutput> {
  const responses: Response[] = [];
  const output = (): CommandsOutput => ({ ...about(), responses: [...responses] });
  context.keep(output());
  for (const command of commands) {
    context.tell({ type: 'sent', command });
    const response = await send(command);
    responses.push(response);
    context.keep(output());
    context.tell({ type: 'answered', command });
    if (!response.ok && onRefusal === 'stop') break;
  }
  const refused = responses.filter(({ ok }) => !ok);
  if (refused[0] !== undefined) throw refusal(refused[0], refused.length);
  return output();
}

/** Tells the run where a session goes on unrecorded. */
function unrecorded(
  recording: SessionOptions['recording'],
  { tell }: Pick<TaskContext, 'tell'>,
): Pick<SessionOptions, 'onRecordingLost'> {
  if (recording === undefined) return {};
  return { onRecordingLost: (reason) => tell({ type: 'unrecorded', file: recording.file, reason }) };
}

function refusal({ command, refusal: says = '' }: Response, count: number): CommandRefusedError {
  const more = count === 1 ? '' : ` (and ${count - 1} more)`;
  const what = `the device refused '${withoutSecretLines(command)}': ${withoutSecretLines(says)}${more}`;
  return new CommandRefusedError('command_refused', what, { phase: 'command' });
}

tellingLogin(sendCommands);
tellingLogin(execCommands);
