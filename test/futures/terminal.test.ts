import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { needOrSkip } from '../real/needs.ts';
import { until } from './gate.ts';
import { programFile } from './run-program.ts';

describe('in a real terminal', () => {
  const here = needOrSkip('terminal');
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-terminal-'));
  const socket = join(folder, 'tmux');
  const output = join(folder, 'output');
  const tmux = (...args: string[]): void => {
    execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], { stdio: 'ignore' });
  };
  const printed = (): string => {
    try {
      return readFileSync(output, 'utf8');
    } catch {
      return '';
    }
  };
  afterEach(() => {
    if (!here) return;
    try {
      tmux('kill-server');
    } catch {
      // It ends by itself when its program has.
    }
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(['threads', 'processes'])(
    'Ctrl-C reaches the parent, which decides: the calls of its %s finish',
    async (kind) => {
      const quoted = [process.execPath, programFile('terminal.mjs'), kind].map((word) => `'${word}'`).join(' ');
      mkdirSync(folder, { recursive: true });
      tmux('new-session', '-d', `${quoted} > '${output}' 2>&1; echo "code $?" >> '${output}'`);
      await until(() => printed().includes('ready'));
      tmux('send-keys', 'C-c');
      await until(() => printed().includes('code'));
      expect(printed()).toBe('ready\nheard\n1 2 3\nended\ncode 0\n');
    },
  );
});
