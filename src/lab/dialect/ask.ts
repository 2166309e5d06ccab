import type { Action, AnswerData, QuestionData } from './command-data.js';
import type { Screen } from './screen.js';
import type { State } from './state.js';

/** How a question went: it was answered (with what), or the command is over. */
export type Asked = { readonly kind: 'answered'; readonly text: string } | { readonly kind: 'over' };

interface Asking {
  readonly state: State;
  readonly screen: Screen;
  readonly values: Record<string, string>;
  readonly perform: (does: Action | readonly Action[]) => void | Promise<void>;
}

const OVER: Asked = { kind: 'over' };

/** Asks a question until it is answered in a way that the device takes. */
export async function ask(question: QuestionData, asking: Asking): Promise<Asked> {
  const { state, screen, values } = asking;
  const { takes, tries = takes === undefined ? Infinity : 3 } = question;
  if (takes === 'secret' && state.device.profile.secret === '') return { kind: 'answered', text: '' };
  for (let asked = 0; asked < tries; asked++) {
    const text = await typed(question, asking);
    if (text === undefined) return OVER;
    if (question.as !== undefined) values[question.as] = text;
    if (takes !== undefined) {
      if (text === state.device.profile[takes]) return { kind: 'answered', text };
      if (question.wrong !== undefined) screen.print(state.say(question.wrong, values));
      continue;
    }
    const answer = question.answers === undefined ? {} : answerTo(question.answers, text);
    if (answer === undefined) continue;
    if (answer.says !== undefined) screen.print(state.say(answer.says, values));
    if (answer.again) continue;
    if (answer.does !== undefined) await asking.perform(answer.does);
    return answer.stops ? OVER : { kind: 'answered', text };
  }
  return OVER;
}

function answerTo(answers: Readonly<Record<string, AnswerData>>, text: string): AnswerData | undefined {
  const key = text.trim().toLowerCase();
  return Object.hasOwn(answers, key) ? answers[key] : answers['*'];
}

/** What was typed; undefined where it was given up with ^C. */
async function typed(
  { asks, key, hidden }: QuestionData,
  { state, screen, values }: Asking,
): Promise<string | undefined> {
  const prompt = state.say(asks, values).join('\n');
  if (key) {
    screen.tty.print(prompt.replaceAll('\n', '\r\n'));
    const pressed = await screen.tty.readKey();
    if (pressed === '\x03') return undefined;
    const enter = pressed === '\r' || pressed === '\n';
    screen.tty.print(enter || hidden !== undefined ? '\r\n' : `${pressed < ' ' ? '' : pressed}\r\n`);
    return enter ? '' : pressed;
  }
  const show = hidden === undefined ? {} : { show: hidden === true ? ('hidden' as const) : { mask: hidden } };
  const { line, end } = await screen.readLine({ prompt, ...show });
  return end === 'abort' ? undefined : line;
}
