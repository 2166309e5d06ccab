// Runs vitest once and counts what it did from its JSON report, which knows better than its exit code.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const flaky = join(root, 'scripts', 'flaky-reporter.mjs');
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

/** The lines of a failure's message that are shown: the assertion and the frame where it stands. */
const MESSAGE_LINES = 12;

function failure(file, name, messages) {
  const lines = messages.join('\n').split('\n').slice(0, MESSAGE_LINES);
  return [`  ${file} > ${name}`, ...lines.map((line) => `      ${line}`)].join('\n');
}

/** Runs the tests and answers how many passed, failed and were skipped, the names of the skipped, and what went wrong. */
export async function runVitest(args, options) {
  const { exit, report } = await withReport((file) =>
    vitestWith(
      ['run', '--reporter=default', '--reporter=json', `--reporter=${flaky}`, `--outputFile.json=${file}`, ...args],
      options,
    ),
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
  );
  const problems = [];
  let failed = count('failed') + broken.length;
  if (report === undefined) problems.push(`vitest ended without a report (${exit})`);
  else if (tests.length === 0 && broken.length === 0) problems.push('no test was run');
  else if (exit !== 0 && failed === 0) problems.push(`vitest found errors outside of any test (${exit})`);
  if (failed === 0) failed = problems.length;
  const failures = [
    ...tests
      .filter((one) => one.status === 'failed')
      .map((one) => failure(one.file, one.fullName, one.failureMessages)),
    ...broken.map((file) => failure(relative(root, file.name), 'the file itself', [file.message])),
  ];
  const skipped = tests.filter((one) => !['passed', 'failed'].includes(one.status));
  return {
    passed,
    failed,
    skipped: skipped.length,
    skippedTests: skipped.map((one) => `${one.file} > ${one.fullName}`),
    failures,
    problems,
  };
}

/** What failed and why, to stand together at the end: thousands of lines lie between here and where it happened. */
export const failureLines = ({ failures }) => (failures.length === 0 ? [] : ['', 'FAILED:', ...failures]);

export const sumLine = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`;
