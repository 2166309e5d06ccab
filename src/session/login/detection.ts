import type { DetectionData, Platform } from '../../platforms/index.js';
import { findRefusal } from '../commands/refusals.js';
import { anyOf, fits } from '../line/patterns.js';

/** What a device has said before anybody asked it. */
export interface Clues {
  readonly serverSoftware?: string | undefined;
  /** The banner, and what was printed above the first prompt. */
  readonly lines?: readonly string[];
  readonly prompt?: string;
}

type Evidence = keyof Omit<DetectionData, 'probe' | 'over'>;

/** A platform that a device may be. */
export interface Candidate {
  readonly platform: Platform;
  /** Whether the caller has brought it. */
  readonly own: boolean;
  /** What of the clues speaks for it. */
  readonly evidence: ReadonlySet<Evidence>;
  /** How much that is; a platform of the caller's own goes before one of the catalogue for which as much speaks. */
  readonly rank: number;
}

/** A harmless command, and those that it tells apart, the likeliest first. */
export interface Probe {
  readonly send: string;
  readonly asks: readonly [Candidate, ...Candidate[]];
}

/** A prompt is the platform's own work; a banner is often written by people; an ident is shared by families. */
const WEIGHT: Readonly<Record<Evidence, number>> = { prompt: 8, banner: 4, ident: 2 };
const OWN = 1;
const REFUSAL = 2;
const ANSWER = 4;
/** A shell says of every word that it does not know that there is no such command: what did not is none. */
const NO_SHELL = -4;

/** Returns the platforms that say how they are known, each with what of the clues speaks for it. */
export function candidatesOf(
  platforms: readonly Platform[],
  clues: Clues,
  own: readonly Platform[] = [],
): readonly Candidate[] {
  return platforms.flatMap((platform) => {
    if (platform.detect === undefined) return [];
    const evidence = evidenceFor(platform.detect, clues);
    const weight = [...evidence].reduce((sum, one) => sum + WEIGHT[one], 0);
    const isOwn = own.includes(platform);
    return [{ platform, own: isOwn, evidence, rank: weight + (isOwn ? OWN : 0) }];
  });
}

function evidenceFor(detect: DetectionData, { serverSoftware, lines = [], prompt = '' }: Clues): ReadonlySet<Evidence> {
  const fits = (source: string | undefined, texts: readonly string[]): boolean =>
    source !== undefined && texts.some((text) => anyOf([source]).test(text));
  const evidence = new Set<Evidence>();
  if (serverSoftware !== undefined && fits(detect.ident, [serverSoftware, `SSH-2.0-${serverSoftware}`])) {
    evidence.add('ident');
  }
  if (fits(detect.banner, lines)) evidence.add('banner');
  if (prompt !== '' && fits(detect.prompt, [prompt.trimEnd()])) evidence.add('prompt');
  return evidence;
}

/** Returns the one for which most speaks; undefined where there is none, or another for which as much speaks. */
export function likeliest(list: readonly Candidate[]): Candidate | undefined {
  const [first, ...others] = bestOf(list);
  return others.length === 0 ? first : undefined;
}

/** Those for which most speaks. */
export function bestOf(list: readonly Candidate[]): readonly Candidate[] {
  const most = Math.max(...list.map(({ rank }) => rank));
  return list.filter(({ rank }) => rank === most);
}

/** Whether its data was proved on a device: among equals that is the commoner one. */
const proved = ({ platform }: Candidate): boolean => platform.verified.some(({ by }) => by === 'device');

const byRank = (a: Candidate, b: Candidate): number => b.rank - a.rank || Number(proved(b)) - Number(proved(a));

/**
 * Returns the command to try next: that of the likeliest candidates, then the one that tells most of them apart;
 * undefined where none has any.
 */
export function nextProbe(list: readonly Candidate[]): Probe | undefined {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of list) {
    const send = candidate.platform.detect?.probe?.send;
    if (send !== undefined) groups.set(send, [...(groups.get(send) ?? []), candidate]);
  }
  const probes = [...groups].map(([send, members]) => ({ send, asks: members.sort(byRank) }));
  probes.sort((a, b) => {
    const [first, second] = [a.asks[0], b.asks[0]];
    if (first === undefined || second === undefined) return 0;
    return second.rank - first.rank || b.asks.length - a.asks.length || byRank(first, second);
  });
  const [best] = probes;
  const [likely, ...others] = best?.asks ?? [];
  return best === undefined || likely === undefined ? undefined : { send: best.send, asks: [likely, ...others] };
}

/**
 * Returns those of the list that the probe was not for. Who refuses it in the words of a platform, or answers as that one
 * answers its own command, is likely to be that one.
 */
export function leftAfter(probe: Probe, list: readonly Candidate[], lines: readonly string[]): readonly Candidate[] {
  return list
    .filter((candidate) => !probe.asks.includes(candidate))
    .map((candidate) => {
      const { platform, rank } = candidate;
      const answered = answers(candidate, lines) ? ANSWER : 0;
      const noShell = platform.unendedAnswers === true ? NO_SHELL : 0;
      return { ...candidate, rank: rank + answered + (findRefusal(platform, lines) === undefined ? noShell : REFUSAL) };
    });
}

/** Returns those whose answer this is: the caller's own, where it is one of theirs, whatever spoke for another before. */
export function answeredBy({ asks }: Probe, lines: readonly string[]): readonly Candidate[] {
  const fits = asks.filter((candidate) => answers(candidate, lines));
  const mine = fits.filter(({ own }) => own);
  if (mine.length > 0) return mine;
  return fits.filter(({ platform }) =>
    fits.every((one) => one.platform.detect?.over?.includes(platform.name) !== true),
  );
}

function answers({ platform }: Candidate, lines: readonly string[]): boolean {
  const answer = platform.detect?.probe?.answer;
  return answer !== undefined && lines.some((line) => fits(anyOf([answer]), line));
}
