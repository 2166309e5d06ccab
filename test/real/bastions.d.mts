import type { RealDevices } from './devices.mjs';

/** A jump host on loopback. */
export interface RealBastion {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly hostKeyFiles: readonly string[];
  /** What it has said so far. */
  log(): string;
  /** How many logins it has let in. */
  logins(): number;
  /** How many connections it has now. */
  connections(): number;
  /** Ends it with every connection. */
  end(): Promise<void>;
}

export function startBastion(
  set: RealDevices,
  name: string,
  options?: {
    /** Lines of sshd_config. */
    readonly lines?: readonly string[];
  },
): Promise<RealBastion>;

export function startDropbearBastion(
  set: RealDevices,
  name: string,
  options?: {
    /** Further arguments of dropbear. */
    readonly args?: readonly string[];
  },
): Promise<RealBastion>;
