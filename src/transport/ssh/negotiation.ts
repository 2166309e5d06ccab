import type { ErrorDetails } from '../../base/index.js';
import { type AlgorithmKind, type Algorithms, legacyOf } from './algorithms.js';
import type { ServerOffer } from './kexinit.js';

const NAMES: Readonly<Record<AlgorithmKind, string>> = {
  kex: 'key exchange',
  serverHostKey: 'host key',
  cipher: 'cipher',
  hmac: 'MAC',
  compress: 'compression',
};

/** These say in their extension of a key exchange's list that they can do more; they are no methods. */
const NO_METHODS = /^(?:ext-info-[cs]|kex-strict-[cs]-v00@openssh\.com)$/;

/** A cipher that needs no MAC beside it (RFC 5647 as OpenSSH does it, and its chacha20-poly1305). */
const HAS_ITS_OWN_MAC = /(?:-gcm|-poly1305)@openssh\.com$/;

/** What two sides have nothing in common of, or would not have. */
interface Gap {
  readonly kind: AlgorithmKind;
  /** What the server offers, one list for each direction in which it fails. */
  readonly theirs: readonly (readonly string[])[];
}

/** What a failed negotiation comes down to. */
export interface NegotiationFailure {
  readonly message: string;
  readonly details: ErrorDetails;
}

/** Explains why nothing was agreed on; undefined where the lists are no reason. `legacy` is what the target allows. */
export function explainNegotiation(
  ours: Algorithms,
  theirs: ServerOffer,
  legacy: readonly string[],
): NegotiationFailure | undefined {
  const gaps = gapsOf(ours, theirs);
  if (gaps.length === 0) return undefined;
  const sides = gaps.map(({ kind, theirs: lists }) => {
    const offered = [...new Set(lists.flat())].filter((name) => !NO_METHODS.test(name));
    return `${NAMES[kind]}: the device offers ${offered.join(', ') || 'nothing'}; we offer ${ours[kind].join(', ')}`;
  });
  const fix = legacyThatWouldDo(ours, theirs);
  const all = fix === undefined ? [] : [...legacy, ...fix];
  const what = gaps.map(({ kind }) => NAMES[kind]).join(', ');
  const advice =
    fix === undefined
      ? 'There is nothing of it that rollcall speaks: the device needs other settings or newer software.'
      : `These are old and weak; to use them with this device, put into its inventory entry:\n  legacy_algorithms: [${all.join(', ')}]`;
  return {
    message: `the device and we have no algorithm in common (${what}):\n  ${sides.join('\n  ')}\n${advice}`,
    details: { kinds: gaps.map(({ kind }) => NAMES[kind]), ...(fix === undefined ? {} : { legacyAlgorithms: all }) },
  };
}

function gapsOf(ours: Algorithms, theirs: ServerOffer): readonly Gap[] {
  const common = (kind: AlgorithmKind, list: readonly string[]) => ours[kind].find((name) => list.includes(name));
  const gaps: Gap[] = [];
  for (const kind of ['kex', 'serverHostKey'] as const) {
    if (common(kind, theirs[kind]) === undefined) gaps.push({ kind, theirs: [theirs[kind]] });
  }
  const directions = ['toServer', 'toUs'] as const;
  for (const kind of ['cipher', 'hmac', 'compress'] as const) {
    const failing = directions.filter((way) => {
      const cipher = common('cipher', theirs.cipher[way]);
      if (kind === 'hmac' && cipher !== undefined && HAS_ITS_OWN_MAC.test(cipher)) return false;
      return common(kind, theirs[kind][way]) === undefined;
    });
    if (failing.length > 0) gaps.push({ kind, theirs: failing.map((way) => theirs[kind][way]) });
  }
  return gaps;
}

/** Returns the best legacy algorithm for each gap and direction, all together; undefined where a gap would stay. */
function legacyThatWouldDo(ours: Algorithms, theirs: ServerOffer): readonly string[] | undefined {
  const fix: string[] = [];
  for (const { kind, theirs: lists } of gapsOf(ours, theirs)) {
    for (const list of lists) {
      const name = legacyOf(kind).find((one) => list.includes(one));
      if (name === undefined) return undefined;
      if (!fix.includes(name)) fix.push(name);
    }
  }
  return fix;
}
