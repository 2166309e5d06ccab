import { Secret } from 'rollcall/inventory';

/** The text of a literal secret; undefined where there is none, or a reference to one. */
export const revealed = (value: unknown): string | undefined => (value instanceof Secret ? value.reveal() : undefined);
