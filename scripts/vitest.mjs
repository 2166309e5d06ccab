// Runs vitest once and counts what it did from its JSON report, which knows better than its exit code.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');

function vitestWith(args, { node = process.execPath, env = {}, quiet = false } = {}) {
  const child = spawn(node, [vitest, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit'],
  });
  // Ctrl-C reaches vitest as well, which stops its workers; the sum is still ours to print.
  const wait = () => {};
  process.on('SIGINT', wait);
  return new Promise((settle) => {
    child.once('error', (error) => settle(error.message));
    child.once('exit', (code, signal) => settle(code ?? signal));
  }).finally(() => process.off('SIGINT', wait));
}

async function withReport(work) {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-vitest-'));
  const file = join(folder, 'report.json');
  try {
    const exit = await work(file);
    let report;
    try {
      report = JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      // vitest died before it could write one: the exit says how.
    }
    return { exit, report };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The test files that these arguments of vitest select. */
export async function selectedFiles(args) {
  const { exit, report } = await withReport((file) =>
    vitestWith(['list', '--filesOnly', `--json=${file}`, ...args], { quiet: true }),
  );
  if (exit !== 0 || report === undefined) throw new Error(`vitest does not understand: ${args.join(' ')}`);
  return report.map((one) => one.file);
}

/** Runs the tests and answers how many passed, failed and were skipped, the names of the skipped, and what went wrong. */
export async function runVitest(args, options) {
  const { exit, report } = await withReport((file) =>
    vitestWith(['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args], options),
  );
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) =>
    file.assertionResults.map((one) => ({ ...one, file: relative(root, file.name) })),
  );
  const count = (...states) => tests.filter((one) => states.includes(one.status)).length;
  const passed = count('passed');
  // A file that could not be loaded, or whose hook failed, has no failed test to show for it.
  const broken = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((one) => one.status === 'failed'),
  ).length;
  const problems = [];
  let failed = count('failed') + broken;
  if (report === undefined) problems.push(`vitest ended without a report (${exit})`);
  else if (tests.length === 0 && broken === 0) problems.push('no test was run');
  else if (exit !== 0 && failed === 0) problems.push(`vitest found errors outside of any test (${exit})`);
  if (failed === 0) failed = problems.length;
  const skipped = tests.filter((one) => !['passed', 'failed'].includes(one.status));
  return {
    passed,
    failed,
    skipped: skipped.length,
    skippedTests: skipped.map((one) => `${one.file} > ${one.fullName}`),
    problems,
  };
}

export const sumLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
