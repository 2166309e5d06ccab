import { checkChoice, checkNames, got, OptionError, RollcallError, reword } from '../../base/index.js';
import type { Response } from '../commands/response.js';
import { type Conversation, type Exchange, transcript } from '../line/exchange.js';
import { isRest } from '../modes/mode-graph.js';
import { enterMode, leaveMode, type ModeOptions } from '../modes/privilege.js';
import { configurationMode, isCandidate } from './candidate.js';
import { COMMIT_OPTIONS, type CommitOptions, checkCommit, commit, notSupported } from './commit.js';
import { abandonConfiguration, dropCandidate } from './config-abort.js';
import { withProgress } from './config-failure.js';
import { type ConfigItem, type ConfigSource, readConfig } from './config-lines.js';
import { type ConfigLineResponse, ConfigRun } from './config-run.js';
import type { Interruption } from './interruption.js';

export interface ConfigOptions {
  /**
   * `stop` sends nothing behind a line that the device refused; `continue` goes on, but leaves out the lines that are
   * indented below it. Default `stop`.
   */
  readonly onRefusal?: 'stop' | 'continue' | undefined;
  /** The mode of configuration; default `config`. */
  readonly mode?: ConfigMode | undefined;
  /**
   * Up to how many lines are sent before the first of them is answered, 1 to 1000; only lines of which the platform's
   * data says that they keep the mode and ask nothing. Default 1.
   */
  readonly window?: number | undefined;
  /** `ignore` takes no answer for a refusal; default `report`. */
  readonly refusals?: 'report' | 'ignore' | undefined;
  /** On a platform with a candidate configuration: commits it when all lines were accepted, and drops it otherwise. */
  readonly commit?: true | CommitOptions | undefined;
}

export type ConfigMode = 'config' | 'config-exclusive' | 'config-private';

/** What a device answered to configuration lines. */
export interface ConfigResponse {
  /** One for each line that was sent, in order. */
  readonly responses: readonly ConfigLineResponse[];
  /** True when every line was sent and none was refused, and the commit, where there was one, was done. */
  readonly ok: boolean;
  /** The number of the first line that was refused, counted from 1 in the list, text or file. */
  readonly refusedLine?: number;
  /** The numbers of the lines that were left out because the line above them was refused. */
  readonly skippedLines: readonly number[];
  /** What the device answered to the commit. */
  readonly commit?: Response;
  /** True when a candidate configuration waits for `commit()` or `discard()`: the session stays in its mode. */
  readonly pending: boolean;
  /** The whole dialogue as a person would have seen it, from entering the mode to leaving it. */
  readonly dialogue: string;
}

const MODES: readonly string[] = ['config', 'config-exclusive', 'config-private'] satisfies ConfigMode[];
const WIDEST_WINDOW = 1000;

/**
 * Enters the mode of configuration, sends the lines, and leaves the mode again, also after a refused line. On a platform
 * with a candidate configuration it stays there until the candidate is committed or dropped. Where a platform has no
 * such mode, as RouterOS, the lines are typed where the session is.
 * @throws OptionError; ConversationError (`bad_command`); RollcallError (`no_such_mode`, `not_supported`); AbortedError,
 * which says the last line that was accepted; what `exchange` throws: then it is not known how much of the
 * configuration the device has taken, beyond the lines that were answered, which the error's `details` hold.
 */
export async function sendConfig(
  conversation: Conversation,
  source: ConfigSource,
  options: ConfigOptions & ModeOptions & { readonly interruption: Interruption },
): Promise<ConfigResponse> {
  checkOptions(conversation, options);
  const { platform, prompt } = conversation;
  const items = await readConfig(source, platform);
  for (const item of items) checkEncoding(conversation, item);
  const how: ModeOptions = { ...options, phase: 'configure' };
  const home = isRest(platform, prompt.mode) ? undefined : prompt.text;
  const said = await enter(conversation, options, how);
  const { interruption, onRefusal = 'stop', window = 1, idleMs, refusals } = options;
  const run = new ConfigRun(conversation, {
    ...{ onRefusal, window, idleMs, refusals },
    stopped: () => interruption.requested,
  });
  const sendLines = async () => {
    await run.send(items);
    if (interruption.requested) {
      throw await abandonConfiguration(conversation, how, { home, last: run.lastAccepted });
    }
    const { refused } = run;
    const accepted = refused === undefined;
    const stopped = !accepted && onRefusal === 'stop';
    return { refused, ending: await end(conversation, { ...options, ...how, home, accepted, stopped }) };
  };
  const { refused, ending } = await sendLines().catch((error: unknown) => {
    throw withProgress(conversation, error, run);
  });
  const body = run.responses.map(({ prompt: at, command, output }) =>
    transcript({ prompt: at, sent: command, lines: output === '' ? [] : [output] }),
  );
  return {
    responses: run.responses,
    ok: refused === undefined && ending.commit?.ok !== false,
    ...(refused === undefined ? {} : { refusedLine: refused.line }),
    skippedLines: run.skipped,
    ...(ending.commit === undefined ? {} : { commit: ending.commit }),
    pending: ending.pending,
    dialogue: [...said.map(transcript), ...body, ...ending.said.map(transcript), prompt.text].join('\n'),
  };
}

interface Ending {
  readonly said: readonly Exchange[];
  readonly commit?: Response;
  readonly pending: boolean;
}

/** Commits where that was asked for, and leaves the mode unless a candidate waits in it. */
async function end(
  conversation: Conversation,
  options: ConfigOptions &
    ModeOptions & { readonly home: string | undefined; readonly accepted: boolean; readonly stopped: boolean },
): Promise<Ending> {
  const { commit: wanted, accepted, home, stopped: abandon } = options;
  const { platform, prompt } = conversation;
  const waits = isCandidate(platform, prompt.mode);
  if (wanted === undefined) {
    if (waits) return { said: [], pending: true };
    return { said: await leaveMode(conversation, options, { home, abandon }), pending: false };
  }
  const committed = accepted ? await commit(conversation, wanted === true ? {} : wanted, options) : undefined;
  const said: Exchange[] = committed === undefined ? [] : [exchangeOf(committed)];
  const stays = committed?.ok === true && !isRest(platform, prompt.mode);
  if (committed?.ok !== true) {
    await dropCandidate(conversation, options);
    said.push(...(await leaveMode(conversation, options, { home })));
  }
  return { said, ...(committed === undefined ? {} : { commit: committed }), pending: stays };
}

const exchangeOf = ({ prompt, command, output }: Response): Exchange => ({
  prompt,
  sent: command,
  lines: output === '' ? [] : [output],
});

async function enter(conversation: Conversation, options: ConfigOptions, how: ModeOptions): Promise<Exchange[]> {
  const { platform, prompt } = conversation;
  const { mode, commit: wanted } = options;
  if (mode === undefined && platform.configureIn !== undefined) {
    return enterMode(conversation, platform.configureIn, how);
  }
  const usual = configurationMode(conversation, wanted !== undefined);
  const others = usual === undefined && configurationMode(conversation, false) !== undefined;
  if (mode === undefined && others) {
    throw notSupported(platform, 'mode in which lines wait for a commit');
  }
  return enterMode(conversation, mode ?? usual ?? prompt.mode, how);
}

function checkEncoding({ channel }: Conversation, { text, line, block = [] }: ConfigItem): void {
  for (const [index, one] of [text, ...block].entries()) {
    try {
      channel.checkText(one);
    } catch (error) {
      throw error instanceof RollcallError ? reword(error, `line ${line + index}: ${error.message}`) : error;
    }
  }
}

function checkOptions({ platform }: Conversation, options: ConfigOptions): void {
  const bad = (says: string): OptionError => new OptionError(says, { phase: 'configure' });
  const { onRefusal = 'stop', mode = 'config', window = 1, commit: wanted } = options;
  checkChoice('onRefusal', onRefusal, ['stop', 'continue']);
  checkChoice('mode', mode, MODES);
  if (!Number.isInteger(window) || window < 1 || window > WIDEST_WINDOW) {
    throw bad(`window must be a whole number of lines from 1 to ${WIDEST_WINDOW}; got ${got(window)}`);
  }
  if (wanted === undefined) return;
  if (wanted !== true && (typeof wanted !== 'object' || wanted === null)) {
    throw bad(`commit must be true, or the options of a commit; got ${got(wanted)}`);
  }
  if (wanted !== true) checkNames('commit', wanted, COMMIT_OPTIONS);
  checkCommit(platform, wanted === true ? {} : wanted);
}
