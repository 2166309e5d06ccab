import { redact, reword, type Secret } from '../../base/index.js';

/** Takes secrets out of an error that was made by somebody who did not know of them, and of its causes, and returns it. */
export function redactError<E>(error: E, secrets: readonly Secret[]): E {
  if (secrets.length > 0) clean(error, { secrets, seen: new Set() });
  return error;
}

interface Cleaning {
  readonly secrets: readonly Secret[];
  /** An error may be its own cause. */
  readonly seen: Set<unknown>;
}

function clean(error: unknown, how: Cleaning): void {
  if (!(error instanceof Error) || how.seen.has(error)) return;
  how.seen.add(error);
  const { message, stack } = error;
  const without = redact(message, how.secrets);
  if (without !== message) reword(error, without);
  // The line that begins it may be of another time than the message.
  else if (stack !== undefined && redact(stack, how.secrets) !== stack) error.stack = redact(stack, how.secrets);
  for (const [name, value] of Object.entries(Object.getOwnPropertyDescriptors(error))) {
    if (name === 'message' || name === 'stack' || value.configurable !== true || !('value' in value)) continue;
    const cleaned = cleanPart(value.value, how);
    if (cleaned !== value.value) Object.defineProperty(error, name, { ...value, value: cleaned });
  }
}

/** Returns the text, list or record without the secrets; the same one where it held none. */
function cleanPart(part: unknown, how: Cleaning): unknown {
  if (typeof part === 'string') return redact(part, how.secrets);
  if (part instanceof Error) {
    clean(part, how);
    return part;
  }
  if (typeof part !== 'object' || part === null || how.seen.has(part)) return part;
  if (Array.isArray(part)) {
    how.seen.add(part);
    const all = part.map((one) => cleanPart(one, how));
    return all.some((one, index) => one !== part[index]) ? all : part;
  }
  if (Object.getPrototypeOf(part) !== Object.prototype) return part;
  how.seen.add(part);
  const entries = Object.entries(part).map(([name, one]) => [name, cleanPart(one, how), one] as const);
  if (entries.every(([, cleaned, one]) => cleaned === one)) return part;
  return Object.fromEntries(entries.map(([name, cleaned]) => [name, cleaned]));
}
