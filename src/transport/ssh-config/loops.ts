import { OptionError } from '../../base/index.js';
import { expandTokens } from './expand.js';
import type { LoadedConfig } from './load.js';
import { type Asked, jumpText, type Resolved, type RunCommand, resolveConfig } from './resolve.js';

/** Each hop may be reached through another one; more than these are taken for no end. */
const LONGEST_WAY = 32;

interface Way {
  readonly asked: Asked;
  readonly resolved: Resolved;
  readonly config: LoadedConfig;
  readonly run: RunCommand;
}

/**
 * Follows ProxyJump from hop to hop: the first hop of a list is reached as the configuration says for it, the others
 * through it. @throws OptionError where that leads in a circle.
 */
export async function refuseLoops({ asked, resolved, config, run }: Way): Promise<void> {
  const way = [jumpText([asked])];
  let { settings, tokens } = resolved;
  for (;;) {
    const [first] = settings.jump?.hops ?? [];
    const { where = '' } = settings.jump ?? {};
    if (first === undefined) break;
    const hop = {
      ...first,
      host: expandTokens({ text: first.host, where }, tokens),
      ...(first.username === undefined ? {} : { username: expandTokens({ text: first.username, where }, tokens) }),
    };
    const name = jumpText([hop]);
    if (config.soundHops.has(name)) break;
    const circle = way.includes(name);
    way.push(name);
    if (circle || way.length > LONGEST_WAY) {
      const cure = `say 'ProxyJump none' for ${hop.host}, or leave it out (Host * !${hop.host})`;
      const what = circle ? 'ProxyJump leads in a circle' : `ProxyJump leads on and on`;
      throw new OptionError(`ssh_config ${where}: ${what}: ${way.join(' -> ')}; ${cure}`, { phase: 'connect' });
    }
    ({ settings, tokens } = await resolveConfig(config, { ...hop, wayIsGiven: false }, run));
  }
  for (const hop of way.slice(1)) config.soundHops.add(hop);
}
