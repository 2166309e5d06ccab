import { inspect } from 'node:util';
import { CommandRefusedError, RollcallError } from 'rollcall';
import { BrokenProcessPoolError, CancelledError, RemoteError, TimeoutError } from 'rollcall/futures';
import { expect, test } from 'vitest';
import { ERROR_CODES, type ErrorCode, PHASES } from '#dist/base/index.js';
import { type RecordDevice, recordOf, STATUSES, type Status } from '#dist/runner/index.js';
import { describeError, statusOf } from '#dist/runner/status.js';

/** What each code means for a device. A new code must be decided on here. */
const MEANS: Record<ErrorCode, Status> = {
  dns: 'unreachable',
  connect_refused: 'unreachable',
  connect_timeout: 'timeout',
  unreachable: 'unreachable',
  too_many_files: 'failed',
  negotiation: 'failed',
  host_key_changed: 'host_key',
  host_key_unknown: 'host_key',
  host_key_revoked: 'host_key',
  host_key_store: 'host_key',
  authentication: 'authentication',
  credential: 'failed',
  closed: 'failed',
  enable_secret: 'authentication',
  enable_refused: 'failed',
  unexpected_question: 'failed',
  unexpected_prompt: 'failed',
  echo_missing: 'failed',
  no_such_mode: 'failed',
  not_supported: 'failed',
  command_refused: 'rejected',
  read_only: 'failed',
  bad_command: 'failed',
  idle_timeout: 'timeout',
  device_timeout: 'timeout',
  output_too_large: 'failed',
  session_closed: 'failed',
  no_such_file: 'failed',
  file_exists: 'failed',
  file_refused: 'failed',
  no_space: 'failed',
  checksum_mismatch: 'failed',
  cancelled: 'cancelled',
  not_started: 'skipped',
  worker_lost: 'failed',
  agent_lost: 'failed',
  task_error: 'failed',
  timeout: 'timeout',
  invalid_state: 'failed',
  broken_executor: 'failed',
  remote_error: 'failed',
  not_transferable: 'failed',
  queue_empty: 'failed',
  queue_full: 'failed',
  bad_option: 'failed',
  bad_inventory: 'failed',
  unknown_platform: 'failed',
  bad_platform: 'failed',
  bad_journal: 'failed',
  journal_lost: 'failed',
  usage: 'failed',
};

/** Failures in the middle of a configuration after which nobody knows how much of it the device has taken. */
const UNKNOWN: readonly ErrorCode[] = [
  'closed',
  'unexpected_question',
  'unexpected_prompt',
  'echo_missing',
  'idle_timeout',
  'device_timeout',
  'output_too_large',
  'agent_lost',
  'cancelled',
];

const info = (code: ErrorCode, phase: (typeof PHASES)[number] = 'command') => ({ code, phase, message: '' });

test('every code has its status', () => {
  expect(Object.keys(MEANS).toSorted()).toEqual([...ERROR_CODES].toSorted());
  for (const code of ERROR_CODES) expect([code, statusOf(info(code))]).toEqual([code, MEANS[code]]);
});

test('every status but ok is the status of some code', () => {
  const reached = new Set<Status>(ERROR_CODES.flatMap((code) => PHASES.map((phase) => statusOf(info(code, phase)))));
  expect(STATUSES.filter((status) => !reached.has(status))).toEqual(['ok']);
});

test('a connection attempt that nobody answers is unreachable, a login that takes too long is a timeout', () => {
  expect(PHASES.filter((phase) => statusOf(info('connect_timeout', phase)) === 'unreachable')).toEqual([
    'resolve',
    'connect',
  ]);
});

test('a configuration that broke off has an unknown outcome', () => {
  for (const code of ERROR_CODES) {
    expect([code, statusOf(info(code, 'configure'))]).toEqual([code, UNKNOWN.includes(code) ? 'unknown' : MEANS[code]]);
  }
});

test('an error of ours is described by its code, phase and details', () => {
  const error = new RollcallError('idle_timeout', 'nothing came', { phase: 'prepare', details: { stall: 'silence' } });
  expect(describeError(error)).toEqual({
    code: 'idle_timeout',
    phase: 'prepare',
    message: 'nothing came',
    details: { stall: 'silence' },
  });
  expect(describeError(new CommandRefusedError('command_refused', 'no', { phase: 'command' }))).toEqual({
    code: 'command_refused',
    phase: 'command',
    message: 'no',
  });
});

test('codes and phases that are none of ours become those of a task', () => {
  const odd = new RollcallError('odd' as ErrorCode, 'odd', { phase: 'nowhere' as never });
  expect(describeError(odd)).toEqual({ code: 'task_error', phase: 'task', message: 'odd' });
  expect(describeError(new TimeoutError('late'))).toEqual({ code: 'timeout', phase: 'task', message: 'late' });
});

test('an error of a class that only the worker knows is the task’s', () => {
  const remote = new RemoteError('of the task');
  Object.defineProperty(remote, 'name', { value: 'OddError' });
  expect(describeError(remote)).toEqual({ code: 'task_error', phase: 'task', message: 'OddError: of the task' });
});

test('a lost worker and a cancelled call are told as such', () => {
  const lost = new BrokenProcessPoolError('broken', {
    cause: new Error('P_1 terminated abruptly by the signal SIGKILL'),
  });
  expect(describeError(lost)).toEqual({
    code: 'worker_lost',
    phase: 'task',
    message:
      'the worker that had this device was lost: P_1 terminated abruptly by the signal SIGKILL; run it again for this device',
  });
  expect(describeError(new CancelledError())).toMatchObject({ code: 'cancelled', phase: 'task' });
});

const UNSHOWABLE = {
  [inspect.custom]() {
    throw new Error('not even this');
  },
};
const BROKEN_ERROR = Object.defineProperty(new Error(), 'message', {
  get() {
    throw new Error('no message');
  },
});

test.each([
  ['undefined', undefined, 'the task threw undefined'],
  ['null', null, 'the task threw null'],
  ['0', 0, 'the task threw 0'],
  ['an empty text', '', "the task threw ''"],
  ['a text', 'boom', "the task threw 'boom'"],
  ['a symbol', Symbol('s'), 'the task threw Symbol(s)'],
  ['a big number', 7n, 'the task threw 7n'],
  ['an object', { a: { b: { c: 1 } } }, 'the task threw { a: { b: [Object] } }'],
  ['an object without a prototype', Object.create(null), 'the task threw [Object: null prototype] {}'],
  ['an error', new RangeError('r'), 'RangeError: r'],
  ['an object that cannot be shown', UNSHOWABLE, 'the task threw something that cannot even be shown'],
  ['an error without a message to be had', BROKEN_ERROR, 'the task threw something that cannot even be shown'],
])('%s, thrown, is described', (_what, thrown, message) => {
  expect(describeError(thrown)).toEqual({ code: 'task_error', phase: 'task', message });
});

const device: RecordDevice = { name: 'R1', host: '192.0.2.1', platform: 'cisco_ios' };
const turn = {
  device,
  index: 0,
  worker: 'W_0',
  attempts: 1,
  startedAt: '2026-01-02T03:04:05.678Z',
  elapsedMs: 1.5,
};

test('a record has these keys in this order, whatever there is', () => {
  const response = {
    command: 'sh clock',
    prompt: 'R1#',
    ok: true,
    output: 'now',
    startedAt: '2026-01-02T03:04:05.678Z',
    elapsedMs: 1,
    endedBy: 'prompt',
    truncated: false,
  } as const;
  const value = { hostname: 'edge', responses: [response] };
  expect(JSON.stringify(recordOf('run', { ...turn, status: 'ok', value, error: null }))).toBe(
    '{"schema":1,"runId":"run","device":"R1","host":"192.0.2.1","port":22,"platform":"cisco_ios","hostname":"edge",' +
      '"status":"ok","attempts":1,"responses":[{"command":"sh clock","prompt":"R1#","ok":true,"output":"now",' +
      '"startedAt":"2026-01-02T03:04:05.678Z","elapsedMs":1,"endedBy":"prompt","truncated":false}],"error":null,' +
      '"worker":"W_0","startedAt":"2026-01-02T03:04:05.678Z","elapsedMs":1.5}',
  );
  const error = { code: 'dns', phase: 'resolve', message: 'no such name' } as const;
  expect(
    JSON.stringify(recordOf('run', { ...turn, status: 'unreachable', error, thrown: new Error('not shown') })),
  ).toBe(
    '{"schema":1,"runId":"run","device":"R1","host":"192.0.2.1","port":22,"platform":"cisco_ios","hostname":null,' +
      '"status":"unreachable","attempts":1,"responses":[],' +
      '"error":{"code":"dns","phase":"resolve","message":"no such name"},' +
      '"worker":"W_0","startedAt":"2026-01-02T03:04:05.678Z","elapsedMs":1.5}',
  );
});

test.each([
  [{}, 22],
  [{ transport: 'ssh' }, 22],
  [{ transport: 'telnet' }, 23],
  [{ transport: 'serial' }, null],
  [{ transport: 'telnet', port: 2023 }, 2023],
] as const)('the port of a record: %j is %j', (way, port) => {
  expect(
    recordOf('run', {
      ...turn,
      status: 'ok',
      value: { hostname: null, responses: [] },
      error: null,
      device: { ...device, ...way },
    }).port,
  ).toBe(port);
});
