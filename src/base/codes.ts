/** Every `code` that an error of rollcall can carry; the list is closed, and the documentation prints it. */
export const ERROR_CODES = [
  // the way to the device
  'dns',
  'connect_refused',
  'connect_timeout',
  'unreachable',
  'too_many_files',
  'negotiation',
  'host_key_changed',
  'host_key_unknown',
  'host_key_revoked',
  'host_key_store',
  'authentication',
  'credential',
  'closed',
  // the conversation
  'enable_secret',
  'enable_refused',
  'unexpected_question',
  'unexpected_prompt',
  'echo_missing',
  'no_such_mode',
  'not_supported',
  'command_refused',
  'bad_command',
  'read_only',
  'idle_timeout',
  'device_timeout',
  'output_too_large',
  'session_closed',
  // files
  'no_such_file',
  'file_exists',
  'file_refused',
  'no_space',
  'checksum_mismatch',
  // the run
  'cancelled',
  'not_started',
  'worker_lost',
  'agent_lost',
  'task_error',
  // futures
  'timeout',
  'invalid_state',
  'broken_executor',
  'remote_error',
  'not_transferable',
  'queue_empty',
  'queue_full',
  // what the caller gave
  'bad_option',
  'bad_inventory',
  'unknown_platform',
  'bad_platform',
  'bad_journal',
  'journal_lost',
  'usage',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Where in a device's turn something happened, in the order in which a turn passes through them; closed as well. */
export const PHASES = [
  'resolve',
  'connect',
  'negotiate',
  'host_key',
  'authenticate',
  'open',
  'login',
  'prepare',
  'enable',
  'command',
  'configure',
  'transfer',
  'close',
  'task',
] as const;

export type Phase = (typeof PHASES)[number];
