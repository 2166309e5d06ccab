import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Returns the path of the user's age identities: what `ROLLCALL_AGE_IDENTITY` names, else `rollcall/identity.txt` under
 * `$XDG_CONFIG_HOME`, else under `~/.config`, and under `%APPDATA%` on Windows.
 * (XDG Base Directory Specification 0.8: a relative path there is invalid and is passed over.)
 */
export function identityFile(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const named = env.ROLLCALL_AGE_IDENTITY;
  if (named) return resolve(named.replace(/^~(?=$|[\\/])/, homedir()));
  return join(configDirectory(env, platform), 'identity.txt');
}

function configDirectory(env: NodeJS.ProcessEnv, platform: string): string {
  const xdg = env.XDG_CONFIG_HOME;
  if (xdg?.startsWith('/') || (platform === 'win32' && xdg)) return join(xdg, 'rollcall');
  if (platform === 'win32' && env.APPDATA) return join(env.APPDATA, 'rollcall');
  return join(homedir(), '.config', 'rollcall');
}
