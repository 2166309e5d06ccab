import { loadPlatform } from 'rollcall/platforms';

/** The platform's data, as plain data that a test may change a copy of. */
export const platformOf = (name: string): ReturnType<typeof loadPlatform> => loadPlatform(name);
