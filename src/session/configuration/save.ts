import { RollcallError } from '../../base/index.js';
import type { Response } from '../commands/response.js';
import type { Conversation } from '../line/exchange.js';
import { isRest } from '../modes/mode-graph.js';
import { inMode, leaveMode, type ModeOptions } from '../modes/privilege.js';
import { act } from './action.js';
import { notSupported } from './commit.js';

/**
 * Makes the running configuration the one that the device starts with.
 * @throws RollcallError (`not_supported`) where that happens by itself; what `act` throws.
 */
export async function save(conversation: Conversation, how: ModeOptions): Promise<Response> {
  const { platform, prompt } = conversation;
  const action = platform.save;
  if (action === undefined) throw notSupported(platform, 'command that saves the configuration: it is saved by itself');
  const work = () => act(conversation, action, { phase: 'configure', idleMs: how.idleMs });
  if (action.in !== undefined) return inMode(conversation, { ...how, mode: action.in }, work);
  if (!isRest(platform, prompt.mode)) {
    if (platform.commit !== undefined) {
      const says = 'a candidate configuration may be open: commit() or discard() it before save()';
      throw new RollcallError('not_supported', says, { phase: 'configure' });
    }
    await leaveMode(conversation, how);
  }
  return work();
}
