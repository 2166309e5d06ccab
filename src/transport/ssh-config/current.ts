import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { OptionError, processWide } from '../../base/index.js';
import { type LoadedConfig, loadConfig, type Root } from './load.js';
import { stateOf } from './read-file.js';

/** How long what was read is taken for current without a look at the files. */
const LOOK_AGAIN_MS = 1_000;

interface Known {
  readonly config: Promise<LoadedConfig>;
  readonly lookedAt: number;
}

/**
 * Returns the configuration of `ssh.configFile`, or of the usual places without one; read once per process as long as
 * its files stay the same.
 * @throws OptionError with `file:line`.
 */
export async function currentConfig(configFile: string | undefined): Promise<LoadedConfig> {
  const roots = configFile === undefined ? usualRoots() : [namedRoot(configFile)];
  const cache = processWide('sshConfigs', () => new Map<string, Known>());
  const id = roots.map(({ path }) => path).join('\n');
  const known = cache.get(id);
  const now = performance.now();
  if (known === undefined || now - known.lookedAt > LOOK_AGAIN_MS) {
    const config = reload(roots, known?.config);
    config.catch(() => {});
    cache.set(id, { config, lookedAt: now });
  }
  try {
    return await (cache.get(id) as Known).config;
  } catch (error) {
    // Everybody gets an error of their own: who catches one may add to it.
    const { message } = error as Error;
    throw new OptionError(message, { phase: 'connect', cause: error });
  }
}

async function reload(roots: readonly Root[], before: Promise<LoadedConfig> | undefined): Promise<LoadedConfig> {
  const known = await before?.catch(() => undefined);
  return known !== undefined && (await isCurrent(known)) ? known : loadConfig(roots);
}

async function isCurrent({ read }: LoadedConfig): Promise<boolean> {
  for (const [path, state] of read) if ((await stateOf(path)) !== state) return false;
  return true;
}

/** ssh(1), FILES; on Windows as Microsoft's port of OpenSSH has it. */
function usualRoots(): readonly Root[] {
  const own = join(homedir(), '.ssh');
  const machine = process.platform === 'win32' ? join(process.env.ProgramData ?? 'C:\\ProgramData', 'ssh') : '/etc/ssh';
  return [
    { path: join(own, 'config'), folder: own, kind: 'user' },
    { path: join(machine, 'ssh_config'), folder: machine, kind: 'machine' },
  ];
}

function namedRoot(configFile: string): Root {
  const path = configFile.startsWith('~/') ? join(homedir(), configFile.slice(2)) : resolve(configFile);
  return { path, folder: join(homedir(), '.ssh'), kind: 'needed' };
}
