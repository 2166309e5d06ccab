/** What some test suites need beside Node. */
export type Need =
  | 'real-devices'
  | 'terminal'
  | 'openssh-client'
  | 'ping'
  | 'netns'
  | 'socat'
  | 'socks'
  | 'telnet'
  | 'age'
  | 'keyring'
  | 'netmiko';
export const needNames: readonly Need[];
/** The Python that has the packages of test/peers/requirements.txt. */
export const testPython: string;
/** Why a suite with this need cannot run here, or undefined when it can. */
export function whyMissing(name: Need): string | undefined;
/** One line for the person at the keyboard. */
export function howToGet(name: Need): string;
/** Gets what is missing, where we may. */
export function provide(name: Need): void;
