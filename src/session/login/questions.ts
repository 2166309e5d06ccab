import { AuthenticationError } from '../../base/index.js';
import { anyOf } from '../line/patterns.js';
import type { SessionOptions } from '../options.js';
import type { Way } from './opening.js';

/** What a server asks beside the password is answered as the platform declares it, and by a person only if it does not. */
export function askOf({ options: { ask }, platform }: Way): SessionOptions['ask'] {
  const { acknowledge = [] } = platform.login;
  if (acknowledge.length === 0) return ask;
  return async (question) => {
    const declared = acknowledge.find(({ prompt }) => anyOf([prompt]).test(question.prompt));
    if (declared !== undefined) return declared.answer.replace(/[\r\n]+$/, '');
    if (ask !== undefined) return ask(question);
    const says = `the device asks '${question.prompt}', and nobody is there to answer`;
    throw new AuthenticationError('authentication', says, { phase: 'authenticate' });
  };
}
