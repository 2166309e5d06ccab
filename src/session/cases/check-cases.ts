import { Deadline } from '../../base/index.js';
import type { Platform, PlatformProblem, TranscriptCase } from '../../platforms/index.js';
import { findRefusal } from '../commands/refusals.js';
import { sendCommand } from '../commands/send-command.js';
import { Channel } from '../line/channel.js';
import type { Conversation } from '../line/exchange.js';
import { Prompt } from '../line/prompt.js';
import { SessionSecrets } from '../line/secrets.js';
import { awaitPrompt } from '../login/login.js';
import { type Split, TranscriptDevice } from './transcript-device.js';

/** How long a transcript may be silent before it is told that it does not lead to its end. */
const IDLE_MS = 1_000;
const MOST_BYTES = 64 * 1024 * 1024;
/** Conversations at once: each waits a turn of the event loop for every piece. */
const AT_ONCE = 64;

/** What the session's part of a platform's cases came to. */
export interface CasesCheck {
  readonly problems: readonly PlatformProblem[];
  readonly cases: number;
}

/**
 * Runs those cases of a platform that need the session: refusals, and transcripts, each fed to a session whole, byte by
 * byte, and cut in two at every byte. The platform must have passed `checkPlatform`.
 */
export async function checkCases(platform: Platform): Promise<CasesCheck> {
  const { refused = [], notRefused = [], transcripts = [] } = platform.cases ?? {};
  const problems: PlatformProblem[] = [];
  const report = (path: PlatformProblem['path'], message: string): void => {
    problems.push({ path: ['cases', ...path], message, severity: 'error' });
  };
  for (const [index, { answer, line }] of refused.entries()) {
    const found = findRefusal(platform, answer);
    if (found !== line) report(['refused', index], `must be refused by '${line}'; got ${quoted(found)}`);
  }
  for (const [index, answer] of notRefused.entries()) {
    const found = findRefusal(platform, answer);
    if (found !== undefined) report(['notRefused', index], `refuses nothing, but got ${quoted(found)}`);
  }
  for (const [index, transcript] of transcripts.entries()) {
    const problem = await checkTranscript(platform, transcript);
    if (problem !== undefined) report(['transcripts', index], `'${transcript.title}': ${problem}`);
  }
  return { problems, cases: refused.length + notRefused.length + transcripts.length };
}

const quoted = (line: string | undefined): string => (line === undefined ? 'no refusal' : `'${line}'`);

/** Returns what is wrong with the first way of cutting that does not give what the transcript says. */
async function checkTranscript(platform: Platform, transcript: TranscriptCase): Promise<string | undefined> {
  const longest = Math.max(Buffer.byteLength(transcript.before), Buffer.byteLength(transcript.received));
  const splits: Split[] = ['whole', 'bytes', ...Array.from({ length: longest - 1 }, (_, index) => index + 1)];
  for (let at = 0; at < splits.length; at += AT_ONCE) {
    const batch = splits.slice(at, at + AT_ONCE);
    const found = await Promise.all(batch.map((split) => play(platform, transcript, split)));
    const bad = found.findIndex((problem) => problem !== undefined);
    if (bad !== -1) return `${found[bad]} (${howCut(batch[bad] ?? 'whole')})`;
  }
  return undefined;
}

const howCut = (split: Split): string => {
  if (split === 'whole') return 'in one piece';
  return split === 'bytes' ? 'byte by byte' : `cut in two behind ${split} bytes`;
};

async function play(platform: Platform, transcript: TranscriptCase, split: Split): Promise<string | undefined> {
  const device = new TranscriptDevice(transcript, platform, split);
  const channel = new Channel(device, {
    platform,
    encoding: 'utf-8',
    secrets: new SessionSecrets(),
    maxOutputBytes: MOST_BYTES,
    settleMs: 0,
    deadline: Deadline.after(undefined),
  });
  const conversation: Conversation = { platform, channel, prompt: new Prompt(platform) };
  try {
    await awaitPrompt(conversation, { phase: 'login', expected: 'the prompt of `before`', idleMs: IDLE_MS });
    const { output, refusal } = await sendCommand(conversation, transcript.command, { idleMs: IDLE_MS });
    const { mode } = conversation.prompt;
    return (
      differs('output', transcript.output, output) ??
      differs('mode', transcript.mode, mode) ??
      differs('refusal', transcript.refusal, refusal)
    );
  } catch (error) {
    return (error as Error).message;
  } finally {
    device.close();
  }
}

function differs(what: string, wanted: string | undefined, got: string | undefined): string | undefined {
  if (wanted === got) return undefined;
  return `the ${what} must be ${JSON.stringify(wanted ?? null)}; got ${JSON.stringify(got ?? null)}`;
}
