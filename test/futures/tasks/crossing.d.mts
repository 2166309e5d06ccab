import type { Task } from 'rollcall/futures';

export class PickyError extends DOMException {
  constructor(message: string);
}
export const cloneFunction: Task<[], object>;
export const fetchAborted: Task<[], Promise<unknown>>;
export const throwDomException: Task<[message: string, name: string], never>;
export const throwPicky: Task<[message: string], never>;
export const returnTrap: Task<[message: string], object>;
export const returnTrapLater: Task<[message: string], Promise<object>>;
export const returnTrapOfFunction: Task<[], object>;
export const throwTrap: Task<[], never>;
export const throwItself: Task<[where: 'self' | 'cause'], never>;
export const runElsewhere: Task<[code: string], unknown>;
export const returnNested: Task<[kind: string, depth: number], unknown>;
export const throwWithCauses: Task<[count: number], never>;
export const memoryOf: Task<[view: ArrayBufferView], [offset: number, length: number]>;
export const throwWithTrap: Task<[message: string], never>;
