import type { Queue, Task } from 'rollcall/futures';

export const getUntil: Task<[queue: Queue, ms: number], Promise<unknown>>;
export const getAborted: Task<[queue: Queue], Promise<unknown>>;
export const putUntil: Task<[queue: Queue, item: unknown, ms: number], Promise<unknown>>;
export const joinUntil: Task<[queue: Queue, ms: number], Promise<unknown>>;
export const getImpatiently: Task<[queue: Queue, times: number], Promise<unknown[]>>;
export const take: Task<[queue: Queue], Promise<unknown>>;
export const keep: Task<[queue: Queue], void>;
export const takeFromKept: Task<[], Promise<unknown>>;
export const takeFromAnswer: Task<[], Promise<unknown>>;
export const takeFromItem: Task<[outer: Queue], Promise<unknown>>;
export const collect: Task<[], Promise<void>>;
