/** What holds secrets for this process, and for no program that it starts. */
const WITHHELD: readonly string[] = ['ROLLCALL_PASSWORD', 'ROLLCALL_SECRET'];

const isWithheld = ([name]: readonly [string, unknown]): boolean => WITHHELD.includes(name.toUpperCase());

/** Returns the environment for a program that is started: anybody on this machine who is the same user can read it. */
export function childEnvironment(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter((entry) => !isWithheld(entry)));
}

/** Returns what `childEnvironment` leaves out, for a worker of ours, which is told it in another way. */
export function withheldEnvironment(env: NodeJS.ProcessEnv = process.env): Readonly<Record<string, string>> {
  const entries = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(entries.filter(isWithheld));
}
