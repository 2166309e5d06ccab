import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetSecrets } from 'rollcall/session';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';

/** A folder of the test file's own, which is also its home; what was resolved is forgotten after each test. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-secrets-'));
  beforeAll(() => {
    vi.stubEnv('HOME', folder);
    vi.stubEnv('XDG_STATE_HOME', folder);
    vi.stubEnv('XDG_CONFIG_HOME', join(folder, 'config'));
    vi.stubEnv('SSH_AUTH_SOCK', '');
  });
  afterEach(() => forgetSecrets());
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Whether a process is there and no zombie. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
