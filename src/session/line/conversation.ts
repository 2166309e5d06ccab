import { ConversationError, got, type Phase } from '../../base/index.js';
import type { Platform } from '../../platforms/index.js';
import type { Unconfirmed } from '../configuration/confirmation.js';
import type { Channel } from './channel.js';
import type { Prompt } from './prompt.js';

/** What a conversation with one device is held with. */
export interface Conversation {
  readonly platform: Platform;
  readonly channel: Channel;
  readonly prompt: Prompt;
  /** What the prompt does not tell of the mode that the device is in. */
  readonly entered?: Entered;
}

/** How the mode of configuration was entered that the device is in, or was in last, and what was committed in it. */
export interface Entered {
  /** The variant of the way in, where several lead to one prompt. */
  variant?: string | undefined;
  /** The name that stood for `{session}` in a line. */
  session?: string | undefined;
  /** The commit that waits for its confirmation, or has waited in vain. */
  unconfirmed?: Unconfirmed | undefined;
}

/** Refuses what would not stay one line on the device. @throws ConversationError (`bad_command`). */
export function checkLine(line: string, platform: Platform, phase: Phase = 'command'): void {
  if (typeof line !== 'string') {
    throw new ConversationError('bad_command', `a command is a text; got ${got(line)}`, { phase });
  }
  const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u.exec(line);
  if (control !== null) {
    const code = control[0].codePointAt(0)?.toString(16).padStart(4, '0');
    throw new ConversationError(
      'bad_command',
      `a command is one line of printable characters; got the control character U+${code} at position ${control.index + 1}`,
      { phase },
    );
  }
  if (platform.helpKey !== undefined && line.includes(platform.helpKey)) {
    throw new ConversationError(
      'bad_command',
      `'${platform.helpKey}' makes ${platform.name} print help at once and leaves half a line behind; send the command without it`,
      { phase },
    );
  }
}
