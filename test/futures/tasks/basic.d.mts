import type { Queue, Task } from 'rollcall/futures';
import type { Secret } from '#dist/base/index.js';

export class OddError extends Error {
  odd: number;
}
export interface Who {
  executor: string;
  name: string;
  threadName: string;
  callId: string;
  kind: string;
  pid: number;
  same: boolean;
}
export const add: Task<[a: number, b: number], number>;
export const echo: Task<[value: unknown], unknown>;
export const echoAll: Task<unknown[], unknown[]>;
export const held: Task<[value: number], Promise<number>>;
export const heldAndNamed: Task<[], Promise<string>>;
export const fail: Task<[message: string], never>;
export const failOdd: Task<[message: string], never>;
export const failDom: Task<[message: string, name: string], never>;
export const failItself: Task<[], never>;
export const returnTrap: Task<[message: string], object>;
export const failHidden: Task<[message: string], never>;
export const failWhenEven: Task<[number: number], number>;
export const throwValue: Task<[value: unknown], never>;
export const throwTimeout: Task<[message: string], never>;
export const who: Task<[], Promise<Who>>;
export const exit: Task<[code: number], never>;
export const killSelf: Task<[], boolean>;
export const exhaust: Task<[], never>;
export const spin: Task<[], Promise<never>>;
export const untilAborted: Task<[], Promise<never>>;
export const chat: Task<[count: number], Promise<string>>;
export const emitFunction: Task<[], void>;
export const emitProxy: Task<[], void>;
export const badResult: Task<[], object>;
export const proxyResult: Task<[], object>;
export const proxyWhenEven: Task<[n: number], { n: unknown }>;
export const readOnceWhenEven: Task<[n: number], { n: unknown }>;
export const reveal: Task<[secret: Secret], { length: number; shown: string; secret: Secret }>;
export const note: Task<[path: string, line: string], void>;
export const initialize: Task<[value: string], void>;
export const initializedWith: Task<[], string | undefined>;
export const sum: Task<[memory: SharedArrayBuffer], number>;
export const produce: Task<[queue: Queue<number>, from: number, count: number], Promise<void>>;
export const consume: Task<[queue: Queue<number>, count: number], Promise<number[]>>;
export const putNow: Task<[queue: Queue<number>, items: number[]], Promise<(number | string)[]>>;
export const getNow: Task<[queue: Queue<number>], Promise<number | string>>;
export const getWithin: Task<[queue: Queue<number>, timeoutMs: number], Promise<number>>;
export const spinFor: Task<[ms: number], number>;
export const spinsSoFar: Task<[], number>;
export const addOneTo: Task<[counter: { count: number }], number>;
