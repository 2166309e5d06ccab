import type { Task } from 'rollcall/futures';

export const failInWorker: Task<[number: number], void>;
export const exitWith: Task<[code: number, data?: string], never>;
export const exitWhenTold: Task<[code: number], Promise<never>>;
export const pidWhenTold: Task<[], Promise<number>>;
export const callIdOf: Task<[n: number], string>;
export const throwInTimer: Task<[], Promise<void>>;
export const makeBigThenSay: Task<[length: number], string>;
export const exitIf: Task<[now: boolean], boolean>;
export const throwSoon: Task<[message: string], string>;
export const makeBig: Task<[length: number], string>;
export const exitWhilePacked: Task<[code: number], object>;
export const remember: Task<[value: object], string>;
export const isForgotten: Task<[], Promise<boolean>>;
export const isPreloaded: Task<[], boolean>;
