// Breaks the rules of the futures one at a time, in a copy of the built package, and looks whether the tests notice.
//   node scripts/mutation.mjs [WORD…]    only the rules that contain one of the words
// Fails when a broken rule is not noticed, and when a patch no longer applies (then the list below wants an update).
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { succeeds } from './run.mjs';
import { root } from './vitest.mjs';

const LOOP = 'event-loop-executor.test.ts';
const MEMORY = 'memory-executor.test.ts';

/**
 * Each rule: the built file, a piece of its code that stands there once (white space does not count), what to make of
 * it, and the test that must fail then. Pieces hold no types, so they read the same in src.
 */
const RULES = [
  {
    rule: 'what runs is not cancelled',
    file: 'future.js',
    code: "return this.#state === 'cancelled' || this.#state === 'noticed';",
    broken: "return this.#state === 'cancelled' || this.#state === 'noticed' || this.#state === 'running';",
    test: ['future.test.ts', 'cancelled, running and done answer for each state'],
  },
  {
    rule: 'cancel() answers only for a call that is still here',
    file: 'future.js',
    code: 'if (!this.#isLocal()) return false;',
    broken: '',
    test: [MEMORY, 'cancel is true only while the call is still here, and requestCancel is exact'],
  },
  {
    rule: 'a done callback that comes late runs at once',
    file: 'future.js',
    code: 'if (this.done()) this.#callBack(callback);',
    broken: 'if (this.done()) return;',
    test: ['future.test.ts', 'they run synchronously inside the call that settles, in order'],
  },
  {
    rule: 'a done callback that throws is logged, and the others still run',
    file: 'future.js',
    code: 'catch (error) { log(error); }',
    broken: 'catch (error) { throw error; }',
    test: ['future.test.ts', 'one that throws, also asynchronously, is logged, and the others still run'],
  },
  {
    rule: 'a future is settled once',
    file: 'future.js',
    code: '#settleByHand(failed, outcome) { if (this.done())',
    broken: '#settleByHand(failed, outcome) { if (false)',
    test: ['future.test.ts', 'a second setResult or setException is an InvalidStateError that shows the future'],
  },
  {
    rule: 'what is thrown may be falsy',
    file: 'future.js',
    code: 'throw this.#outcome;',
    broken: 'if (this.#outcome) throw this.#outcome;',
    test: ['future.test.ts', 'what is thrown may be falsy'],
  },
  {
    rule: 'a future that was cancelled but not noticed is not done for wait',
    file: 'wait.js',
    code: 'if (!internals.settled(future)) continue;',
    broken: 'if (!future.done()) continue;',
    test: ['wait.test.ts', 'a future that was cancelled but not noticed is not done'],
  },
  {
    rule: 'FIRST_EXCEPTION waits for an error',
    file: 'wait.js',
    code: 'returnWhen === FIRST_EXCEPTION && internals.failed(future)',
    broken: 'returnWhen === FIRST_EXCEPTION',
    test: ['wait.test.ts', 'FIRST_EXCEPTION returns at the first error, else when all are done'],
  },
  {
    rule: 'asCompleted drops duplicates',
    file: 'as-completed.js',
    code: 'new Completions(new Set(futures), limits)',
    broken: 'new Completions(((all) => Object.assign(all, { size: all.length }))([...futures]), limits)',
    test: ['wait.test.ts', 'drops duplicates and takes any iterable'],
  },
  {
    rule: 'asCompleted says how many are unfinished',
    file: 'as-completed.js',
    code: '#pending.size} (of ',
    broken: '#total} (of ',
    test: ['wait.test.ts', 'at the deadline a TimeoutError says how many are unfinished'],
  },
  {
    rule: 'after an error of map the later results can still be had',
    file: 'map.js',
    code: 'if (!ok) throw outcome;',
    broken: 'if (!ok) { this.#stop(); throw outcome; }',
    test: ['thread-pool-executor.test.ts', 'raises an error at its position, and later results can still be had'],
  },
  {
    rule: 'map pulls exactly buffersize inputs ahead',
    file: 'map.js',
    code: 'this.#owed = buffersize;',
    broken: 'this.#owed = buffersize + 1;',
    test: [LOOP, 'pulls exactly buffersize inputs ahead'],
  },
  {
    rule: 'leaving a map cancels what remains',
    file: 'map.js',
    code: 'for (const future of this.#futures) void future.requestCancel();',
    broken: '',
    test: [LOOP, 'leaving a for await cancels what remains'],
  },
  {
    rule: 'the deadline of map counts from its call',
    file: 'map.js',
    code: 'this.#timeoutMs === undefined ? undefined : this.#deadline.remainingMs()',
    broken: 'this.#timeoutMs',
    test: [LOOP, 'its deadline counts from the call of map, not from the first next'],
  },
  {
    rule: 'a text is no input of map',
    file: 'map-inputs.js',
    code: "if (typeof input === 'string') {",
    broken: "if (input === '') {",
    test: [LOOP, 'bad arguments fail at the call'],
  },
  {
    rule: 'a map that is over lets go of its inputs and closes them',
    file: 'map-inputs.js',
    code: 'iterators.filter((iterator) => iterator !== ended).map((iterator) => iterator.return?.())',
    broken: 'iterators.filter((iterator) => iterator !== ended)',
    test: [LOOP, 'return closes the inputs of a map, and so does the end of the shortest'],
  },
  {
    rule: 'after shutdown nothing is taken',
    file: 'event-loop-core.js',
    code: "if (this.#shutDown) throw new InvalidStateError('cannot schedule new futures after shutdown');",
    broken: '',
    test: [LOOP, 'after shutdown it throws "cannot schedule new futures after shutdown"'],
  },
  {
    rule: 'shutdown waits for all queued work',
    file: 'event-loop-core.js',
    code: 'if (!wait || this.#unfinished === 0) return Promise.resolve();',
    broken: 'return Promise.resolve();',
    test: [LOOP, 'waits for all queued work'],
  },
  {
    rule: 'there are never more calls at once than workers',
    file: 'event-loop-core.js',
    code: '(this.#started < this.maxWorkers ? this.#started++ : undefined)',
    broken: '(this.#started <= this.maxWorkers ? this.#started++ : undefined)',
    test: [LOOP, 'there are never more calls at once than workers'],
  },
  {
    rule: 'maxWorkers is greater than 0',
    file: 'pool-options.js',
    code: "if (typeof value !== 'number' || !(value > 0)) throw",
    broken: "if (typeof value !== 'number') throw",
    test: [LOOP, '0 or fewer is a RangeError'],
  },
  {
    rule: 'calls that share a key run one at a time',
    file: 'call-queue.js',
    code: 'if (key !== undefined) this.#keys.set(key, new Deque());',
    broken: '',
    test: [LOOP, 'key: calls that share it run one at a time, in order'],
  },
  {
    rule: 'a worker that dies idle breaks the pool',
    file: 'worker-link.js',
    code: 'const expected = this.ending;',
    broken: 'const expected = true;',
    test: ['trouble.test.ts', 'a worker that dies idle breaks the pool, and is logged'],
  },
  {
    rule: 'what a process had not begun when it ended is run elsewhere',
    file: 'worker-link.js',
    code: '!begun.includes(slot)',
    broken: 'false',
    test: ['trouble.test.ts', 'calls that were sent ahead of a process.exit are not lost with it'],
  },
  {
    rule: 'calls of a higher priority start first',
    file: 'priority-lines.js',
    code: 'other === undefined || other.priority > line.priority',
    broken: 'other === undefined || other.priority < line.priority',
    test: [LOOP, 'priority: the higher starts first'],
  },
  {
    rule: 'what an executor cannot do it refuses',
    file: 'call-options.js',
    code: 'if (options.queue !== undefined) {',
    broken: "if (options.queue === '') {",
    test: [LOOP, 'what the executor cannot do, and what is no option, is refused'],
  },
  {
    rule: 'abort gives the running call its reason',
    file: 'current-worker.js',
    code: 'this.#controller.abort(reason);',
    broken: 'this.#controller.abort();',
    test: [LOOP, 'abort reaches a running call through its signal, with the reason'],
  },
  {
    rule: 'events that nobody hears are bounded',
    file: 'future-channel.js',
    code: 'const KEPT_EVENTS = 1000;',
    broken: 'const KEPT_EVENTS = 2000;',
    test: [LOOP, 'events that nobody hears are kept up to a bound'],
  },
  {
    rule: 'errors arrive with code and other own properties',
    file: 'error-codec.js',
    code: 'for (const [key, value, enumerable] of properties) define(error, key, inner(value), enumerable);',
    broken: '',
    test: [MEMORY, 'arrive with class, message, code, other own properties and cause'],
  },
  {
    rule: 'an error of an unknown class arrives with its name',
    file: 'error-codec.js',
    code: "if (errorName(error) !== name) define(error, 'name', name, false);",
    broken: '',
    test: [MEMORY, 'an error of a class that nobody here knows arrives as RemoteError with its name'],
  },
  {
    rule: 'the remote stack is the last cause of an error',
    file: 'error-codec.js',
    code: "define(last, 'cause', remote, false);",
    broken: '',
    test: [MEMORY, 'an error of a class that nobody here knows arrives as RemoteError with its name'],
  },
  {
    rule: 'what cannot cross is told with its place',
    file: 'transfer.js',
    code: 'this.#path.push(show(key));',
    broken: '',
    test: [MEMORY, 'an argument that cannot cross fails its own future only, and the message says where it is'],
  },
  {
    rule: 'an error that holds itself is made before its parts',
    file: 'error-codec.js',
    code: 'made(error);',
    broken: '',
    test: [MEMORY, 'one that holds itself arrives as it is'],
  },
  {
    rule: 'what is too deep to be read is not sent',
    file: 'transfer.js',
    code: 'if (this.#path.length + this.#depth > DEEPEST)',
    broken: 'if (this.#path.length < 0)',
    test: ['crossing.test.ts', 'fails its own call only when there are 3,500'],
  },
  {
    rule: 'a task has a name',
    file: 'task.js',
    code: "if (typeof name !== 'string' || name === '') throw",
    broken: "if (typeof name !== 'string') throw",
    test: ['task.test.ts', 'a task needs a module URL, a name and a function'],
  },
  {
    rule: 'a full queue takes no more',
    file: 'local-queue.js',
    code: 'return this.#items.length < this.#maxSize;',
    broken: 'return this.#items.length <= this.#maxSize;',
    test: ['queue.test.ts', 'a queue takes exactly maxSize items'],
  },
  {
    rule: 'a wait for a queue that is over before it begins takes nothing',
    file: 'queue.js',
    code: 'limits.signal?.throwIfAborted();',
    broken: '',
    test: ['queue.test.ts', 'a signal that is aborted already takes no item and puts none'],
  },
  {
    rule: 'a worker that gives up its wait for a queue takes nothing',
    file: 'local-queues.js',
    code: 'this.#waits.get(number)?.abort();',
    broken: '{}',
    test: ['queue.test.ts', 'a get whose signal aborted takes no item that comes later'],
  },
  {
    rule: 'an item that cannot cross stays in its queue',
    file: 'local-queues.js',
    code: 'if (taken) backend.putBack?.(given);',
    broken: '',
    test: ['queue.test.ts', 'an item that cannot cross is not lost'],
  },
  {
    rule: 'taskDone more often than put is an error',
    file: 'local-queue.js',
    code: '#taskDone() { if (this.#unfinished === 0)',
    broken: '#taskDone() { if (this.#unfinished < -1)',
    test: ['single.test.ts', 'join waits until taskDone was called for every item'],
  },
];

/** The text as a pattern that matches just it. */
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The code as a pattern for which white space does not count, so that the compiler may break its lines. */
const patternOf = (code) => new RegExp(code.trim().split(/\s+/).map(literal).join('\\s+'), 'g');

function patch(folder, { file, code, broken }) {
  const path = join(folder, 'dist', 'futures', file);
  let text;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return { problem: `patch no longer applies: there is no ${file}` };
  }
  const found = [...text.matchAll(patternOf(code))].length;
  if (found !== 1) return { problem: `patch no longer applies: ${file} has \`${code}\` ${found} times, not once` };
  writeFileSync(
    path,
    text.replace(patternOf(code), () => broken),
  );
  return { undo: () => writeFileSync(path, text) };
}

/** Runs tests by file and name against the package in that folder, and answers the names of those that passed and failed. */
function runTests(folder, files, name) {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  const args = ['run', ...files.map((file) => `test/futures/${file}`), '-t', name, '--reporter=json'];
  const limits = ['--testTimeout=5000', '--hookTimeout=3000', '--retry=0', '--no-file-parallelism'];
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules', 'vitest', 'vitest.mjs'), ...args, ...limits, `--outputFile.json=${report}`],
    { cwd: root, env: { ...process.env, ROLLCALL_PACKAGE: folder }, stdio: 'ignore' },
  );
  // A mutant may never end: then it was noticed as well.
  const hung = setTimeout(() => child.kill('SIGKILL'), 60_000);
  return new Promise((settle) => {
    child.once('exit', () => {
      clearTimeout(hung);
      let results = [];
      try {
        results = JSON.parse(readFileSync(report, 'utf8')).testResults;
      } catch {
        settle({ passed: [], failed: ['the run itself, which hung'] });
        return;
      }
      const tests = results.flatMap((file) => file.assertionResults);
      const named = (status) => tests.filter((one) => one.status === status).map((one) => one.title);
      settle({ passed: named('passed'), failed: named('failed') });
    });
  });
}

const words = process.argv.slice(2);
const rules = words.length === 0 ? RULES : RULES.filter(({ rule }) => words.some((word) => rule.includes(word)));
const folder = mkdtempSync(join(tmpdir(), 'rollcall-mutation-'));
const problems = [];
const lines = [];
try {
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  // As the compiler writes it, file by file: the build makes few files of these, in which a patch would find no place.
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const compiled = ['-p', join(root, 'tsconfig.json'), '--outDir', join(folder, 'dist')];
  if (!succeeds(process.execPath, [tsc, ...compiled])) throw new Error('src does not compile');

  const files = [...new Set(rules.map(({ test }) => test[0]))];
  const names = [...new Set(rules.map(({ test }) => test[1]))];
  const whole = await runTests(folder, files, names.map(literal).join('|'));
  for (const name of whole.failed) problems.push(`fails without any change: ${name}`);
  for (const name of names) {
    if (!whole.passed.some((title) => title.includes(name))) problems.push(`there is no such test: ${name}`);
  }

  if (problems.length === 0) {
    for (const rule of rules) {
      const { problem, undo } = patch(folder, rule);
      if (problem !== undefined) {
        problems.push(`${rule.rule}: ${problem}`);
        continue;
      }
      const { failed } = await runTests(folder, [rule.test[0]], literal(rule.test[1]));
      undo();
      if (failed.length === 0) problems.push(`not noticed: ${rule.rule} (${rule.test[1]})`);
      lines.push(
        `${failed.length === 0 ? 'SURVIVED' : 'noticed '}  ${rule.rule}  ->  ${rule.test[0]}: ${failed[0] ?? '-'}`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const line of lines) console.log(line);
for (const problem of problems) console.error(problem);
console.log(`mutation: ${lines.length} rules broken, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
