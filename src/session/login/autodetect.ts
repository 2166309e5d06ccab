import { RollcallError, reword } from '../../base/index.js';
import { type LoginData, matchPrompt, type Platform, platformCatalogue } from '../../platforms/index.js';
import type { ConnectionFacts } from '../../transport/index.js';
import type { WaitOptions } from '../line/channel-options.js';
import { type Conversation, exchange } from '../line/exchange.js';
import {
  answeredBy,
  bestOf,
  type Candidate,
  type Clues,
  candidatesOf,
  leftAfter,
  likeliest,
  nextProbe,
  type Probe,
} from './detection.js';
import { awaitPrompt } from './login.js';

/** What stands for a platform's name where the device has to tell it itself; netmiko's word. */
export const AUTODETECT = 'autodetect';

/** With the login's own round trip that makes three. */
const MOST_PROBES = 2;

/** So many that no answer to a probe comes in pages, where the device heeds the terminal's size. */
const ROWS = 500;

/** How much of an answer an error shows. */
const SHOWN_CHARACTERS = 80;

export interface Detecting {
  /** The conversation by the generic rules, at the first prompt. */
  readonly conversation: Conversation;
  readonly facts: ConnectionFacts;
  /** The caller's own platforms. */
  readonly own?: readonly Platform[] | undefined;
  readonly idleMs: number;
  /** Goes on with the same shell by other rules; what stands on the line already is handed on. */
  readonly converse: (platform: Platform, said: string) => Conversation;
}

/** Where the shell stands: the prompt, and the line above it, which may belong to it. */
interface Standing {
  readonly text: string;
  readonly above: string;
}

interface Tried {
  readonly send: string;
  readonly answer: string;
}

function knownPlatforms(own: readonly Platform[] = []): readonly Platform[] {
  const files = platformCatalogue().filter(({ covered }) => covered === 'own file');
  const others = files.map(({ platform }) => platform).filter(({ name }) => own.every((mine) => mine.name !== name));
  return [...own, ...others];
}

/** What asks for a name and a password in the words of any platform. */
function anyLogin({ login }: Platform, platforms: readonly Platform[]): LoginData {
  const union = (key: 'username' | 'password'): string =>
    [...new Set([login[key], ...platforms.map((platform) => platform.login[key])])]
      .map((one) => `(?:${one})`)
      .join('|');
  return { ...login, username: union('username'), password: union('password') };
}

/**
 * The rules to log in by before anything is known: the generic ones, with the login dialogue of the one platform whose
 * server calls itself so, else with the questions of all.
 */
export function startingRules(generic: Platform, facts: ConnectionFacts, own?: readonly Platform[]): Platform {
  const { serverSoftware } = facts;
  const platforms = knownPlatforms(own);
  const named = candidatesOf(platforms, { serverSoftware }, own).filter(({ evidence }) => evidence.size > 0);
  const login = likeliest(named)?.platform.login ?? anyLogin(generic, platforms);
  // Some ask again inside the shell; whoever does not is at its prompt at once.
  return { ...generic, login: { ...login, afterSsh: true }, terminal: { ...generic.terminal, rows: ROWS } };
}

/**
 * Finds out what a device is from what it has said, and at most two harmless commands, and returns the conversation with
 * it by the rules of the platform that was found.
 * @throws RollcallError (`unknown_platform`) with what was seen and tried; what `exchange` throws.
 */
export async function autodetect({ conversation, facts, own, idleMs, converse }: Detecting): Promise<Conversation> {
  const { channel, prompt } = conversation;
  const waiting: WaitOptions = { phase: 'login', expected: 'the prompt that was there', idleMs };
  const clues: Clues = {
    serverSoftware: facts.serverSoftware,
    lines: [...(facts.banner ?? '').split(/\r?\n/), ...channel.lines],
    prompt: prompt.text,
  };
  let standing: Standing = { text: prompt.text, above: channel.lines.at(-1) ?? '' };
  const goOn = async (platform: Platform): Promise<Conversation> => {
    const { text, above } = standing;
    const next = converse(platform, above === '' ? text : `${above}\r\n${text}`);
    await awaitPrompt(next, waiting);
    return next;
  };
  let left: readonly Candidate[] = candidatesOf(knownPlatforms(own), clues, own).filter(
    ({ platform }) => matchPrompt(platform, standing.text, standing.above) !== undefined,
  );
  const tried: Tried[] = [];
  for (let count = 0; count < MOST_PROBES; count++) {
    if (isSure(likeliest(left))) break;
    const probe = nextProbe(left);
    if (probe === undefined) break;
    const trial = await goOn(probe.asks[0].platform);
    const lines = await ask(trial, probe, idleMs);
    standing = { text: trial.prompt.text, above: trial.channel.lines.at(-1) ?? lines.at(-1) ?? '' };
    tried.push({ send: probe.send, answer: trial.channel.redact(firstWords(lines)) });
    const answered = answeredBy(probe, lines);
    const platform = likeliest(answered)?.platform;
    if (platform !== undefined) return platform === trial.platform ? trial : goOn(platform);
    if (answered.length > 0) throw notDetected(conversation, { clues, tried, left: bestOf(answered) });
    left = leftAfter(probe, left, lines);
  }
  const last = likeliest(left);
  if (last !== undefined && isSure(last)) return goOn(last.platform);
  throw notDetected(conversation, { clues, tried, left });
}

/** Something speaks for it, more than for any other, and it has no command that could prove it. */
const isSure = (candidate: Candidate | undefined): boolean =>
  candidate !== undefined && candidate.evidence.size > 0 && candidate.platform.detect?.probe === undefined;

async function ask(trial: Conversation, { send, asks }: Probe, idleMs: number): Promise<readonly string[]> {
  try {
    return (await exchange(trial, send, { phase: 'login', idleMs })).lines;
  } catch (error) {
    if (error instanceof RollcallError) {
      const as = asks[0].platform.name;
      reword(error, `the platform could not be detected: ${error.message} (a probe, sent as to ${as})`);
    }
    throw error;
  }
}

function firstWords(lines: readonly string[]): string {
  const line = lines.find((one) => /[\p{L}\p{N}]/u.test(one))?.trim() ?? '';
  return line.length > SHOWN_CHARACTERS ? `${line.slice(0, SHOWN_CHARACTERS)}...` : line;
}

interface Undetected {
  readonly clues: Clues;
  readonly tried: readonly Tried[];
  readonly left: readonly Candidate[];
}

function notDetected({ channel, prompt }: Conversation, { clues, tried, left }: Undetected): RollcallError {
  const { serverSoftware } = clues;
  const shownPrompt = channel.redact(prompt.text.trim());
  const seen = [
    ...(serverSoftware === undefined ? [] : [`its SSH server calls itself '${serverSoftware}'`]),
    `its prompt is '${shownPrompt}'`,
    ...tried.map(({ send, answer }) => `'${send}' was answered '${answer}'`),
  ];
  const names = left.map(({ platform }) => platform.name);
  const one = names.length > 1 && names.length <= 5 ? `; it may be one of ${names.join(', ')}` : '';
  return new RollcallError(
    'unknown_platform',
    `the platform could not be detected: ${seen.join(', ')}${one}; name it (device_type, or platform)`,
    {
      phase: 'login',
      details: {
        prompt: shownPrompt,
        tried: tried.map(({ send, answer }) => `${send}: ${answer}`),
        ...(serverSoftware === undefined ? {} : { serverSoftware }),
      },
    },
  );
}
