import { task } from 'rollcall/futures';

export const typed = task(import.meta.url, 'typed', (): string => 'typed');
