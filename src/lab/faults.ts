/** Everything that a simulated device can be told to do wrong; the list is closed, and docs/lab.md prints it. */
export const FAULTS = {
  refuse: 'nothing listens on its port',
  silent: 'accepts the connection and never says a word',
  close_at_once: 'accepts the connection and closes it',
  banner_100k: 'prints a banner of 100,000 characters before the first prompt',
  close_mid_answer: 'closes the connection in the middle of an answer (the one that faultAt counts)',
  hang_mid_answer: 'stops for ever in the middle of an answer (the one that faultAt counts)',
  ask_confirm: 'asks [confirm] before an answer (the one that faultAt counts), whatever the command was',
  no_echo: 'does not echo what is typed',
  duplicate_prompt: 'prints every prompt twice, each on its own line',
  noise: 'prints log messages before and after every answer, and after every third prompt, which it then repeats',
  dribble: 'sends what it prints in pieces of three characters',
  slow: 'takes slowMs longer for every command',
} as const;

/** The name of one fault of a simulated device. */
export type FaultName = keyof typeof FAULTS;

/** What a device does when somebody connects. */
export type Reception = 'serve' | 'refuse' | 'silent' | 'close';

/** What becomes of an answer: it is cut in the middle and the line closed or left hanging, or a question comes first. */
type AnswerFault = 'close' | 'hang' | 'confirm' | undefined;

/** The faults of one device, as its servers and its shell ask for them. */
export interface FaultPlan {
  readonly reception: Reception;
  readonly banner: string;
  readonly echo: boolean;
  readonly duplicatePrompt: boolean;
  readonly noise: boolean;
  readonly pieceLength: number;
  readonly extraMs: number;
  /** For the n-th answer (counted from 1) of a conversation that has any text. */
  answer(n: number): AnswerFault;
}

const BANNER_LINE = `${'*'.repeat(48)}\r\n`;

/** Returns what the names amount to. */
export function faultPlan(
  names: readonly FaultName[],
  { faultAt, slowMs }: { faultAt: number; slowMs: number },
): FaultPlan {
  const has = (name: FaultName): boolean => names.includes(name);
  const onAnswer: AnswerFault = has('close_mid_answer')
    ? 'close'
    : has('hang_mid_answer')
      ? 'hang'
      : has('ask_confirm')
        ? 'confirm'
        : undefined;
  return {
    reception: has('refuse') ? 'refuse' : has('silent') ? 'silent' : has('close_at_once') ? 'close' : 'serve',
    banner: has('banner_100k') ? BANNER_LINE.repeat(100_000 / BANNER_LINE.length) : '',
    echo: !has('no_echo'),
    duplicatePrompt: has('duplicate_prompt'),
    noise: has('noise'),
    pieceLength: has('dribble') ? 3 : Infinity,
    extraMs: has('slow') ? slowMs : 0,
    answer: (n) => (n === faultAt ? onAnswer : undefined),
  };
}
