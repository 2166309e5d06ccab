// The inner door: what an executor on an engine of its own (a job queue, a cluster) is built from. Not for programs.
export { Call, type CallHolder, type CallRequest } from './call.js';
export type { CallOptions } from './call-options.js';
export { CallContext, runInCall, type WorkerIdentity } from './current-worker.js';
export { addRemoteStack } from './error-codec.js';
export { workerFlags } from './exec-flags.js';
export { internals } from './future.js';
export { holdOn, letGo } from './keep-alive.js';
export { checkPositive, executorName } from './pool-options.js';
export { type ExecutorCore, Submitter } from './submitter.js';
export { Codec, type Encoded } from './transfer.js';
export { COMMON_KINDS } from './transfer-kinds.js';
export { checkTask } from './worker-pool.js';
