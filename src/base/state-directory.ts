import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Returns the folder where rollcall keeps what outlives a run (learned host keys, the lab's keys): `rollcall` under
 * `$XDG_STATE_HOME`, else under `~/.local/state`, and under `%LOCALAPPDATA%` on Windows.
 * (XDG Base Directory Specification 0.8: a relative path there is invalid and is passed over.)
 */
export function stateDirectory(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const xdg = env.XDG_STATE_HOME;
  if (xdg?.startsWith('/') || (platform === 'win32' && xdg)) return join(xdg, 'rollcall');
  if (platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'rollcall');
  return join(homedir(), '.local', 'state', 'rollcall');
}
