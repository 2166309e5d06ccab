// Runs all tests, or those that the arguments select (`npm test -- test/futures -t cancel`), against the built package.
// Gets what they need beside Node where it may, and tells at the end what could not be tested here and why.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { howToGet, needNames, provide, whyMissing } from './system-packages.mjs';
import { failureLines, runVitest, selectedFiles, sumLine } from './vitest.mjs';

const IMPORT = /(?:\bfrom|^import|\bimport\()\s*['"](\.{1,2}\/[^'"]+)['"]/gm;
const NEED = /\bneedOrSkip\(\s*['"]([\w-]+)['"]/g;

/** The needs that these test files, or what they import from beside them, name. */
function needsOf(files) {
  const seen = new Set(files);
  const needs = new Set();
  for (const file of seen) {
    let text;
    try {
      text = readFileSync(file, 'utf8');
    } catch {
      continue;
    }
    for (const [, need] of text.matchAll(NEED)) needs.add(need);
    for (const [, specifier] of text.matchAll(IMPORT)) seen.add(resolve(dirname(file), specifier));
  }
  return needNames.filter((name) => needs.has(name));
}

/** More names than this (`-t` skips all others) hide what matters. */
const LISTED = 40;

const isCi = process.env.CI === 'true';
const args = process.argv.slice(2);
const needs = needsOf(await selectedFiles(args));
for (const need of needs) provide(need);

const result = await runVitest(args);
const missing = needs.flatMap((need) => {
  const why = whyMissing(need);
  return why === undefined ? [] : [`${need}: ${why}\n      to get it: ${howToGet(need)}`];
});
// `-t` with a typing error skips everything; so does a machine without anything, which was told why.
if (result.passed + result.failed === 0 && missing.length === 0) {
  result.problems.push('no test was run');
  result.failed = 1;
}

if (result.skippedTests.length > 0) {
  console.log('\nSKIPPED:');
  for (const name of result.skippedTests.slice(0, LISTED)) console.log(`  ${name}`);
  if (result.skippedTests.length > LISTED) console.log(`  and ${result.skippedTests.length - LISTED} more`);
}
if (missing.length > 0) {
  console.log(`\nNOT TESTED HERE${isCi ? ' (a failure, for CI is true)' : ''}:`);
  for (const line of missing) console.log(`  ${line}`);
}
for (const line of failureLines(result)) console.log(line);
if (result.problems.length > 0) console.log(`\nFAILED: ${result.problems.join('; ')}`);
console.log(`\n${sumLine(result)}`);
process.exitCode = result.failed > 0 || (isCi && missing.length > 0) ? 1 : 0;
