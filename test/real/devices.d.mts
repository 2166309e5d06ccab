/** A real device on this machine, as plain data. */
export interface RealDevice {
  /** Which one: zebra's telnet vty, sshd with vtysh as forced command, sshd with bash, dropbear with bash. */
  readonly kind: 'zebra' | 'vtysh' | 'shell' | 'dropbear';
  /** The platform's name in rollcall. */
  readonly platform: 'frr_telnet' | 'frr' | 'linux';
  readonly transport: 'ssh' | 'telnet';
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Undefined where the device asks for a password only (zebra). */
  readonly username: string | undefined;
  readonly password: string;
  /** What `enable` asks for; undefined where there is no such mode. */
  readonly secret: string | undefined;
  /** The public host keys, a file each, as in `ssh_host_ed25519_key.pub`; none with telnet. */
  readonly hostKeyFiles: readonly string[];
}

export interface RealDevices extends AsyncDisposable {
  /** zebra, vtysh, shell, dropbear: zebra and vtysh are the same router, vtysh and shell the same sshd. */
  readonly devices: readonly RealDevice[];
  device(kind: RealDevice['kind']): RealDevice;
  /** One more sshd for the user of `shell`, which logs in by keyboard-interactive only (one question, not echoed). */
  readonly keyboardInteractive: RealDevice;
  /** Private keys (the public half beside it, `.pub`) that log in everywhere but on zebra and `keyboardInteractive`. */
  readonly clientKeys: {
    readonly plain: { readonly file: string };
    readonly protected: { readonly file: string; readonly passphrase: string };
  };
  /** Ends the sshd of vtysh and shell with its sessions and starts it on the same port; `newHostKeys` (false) changes its keys. */
  restartSshd(options?: { readonly newHostKeys?: boolean }): Promise<void>;
  /** Starts one more sshd for the user of `shell`, with these lines of sshd_config(5) before its own; it goes with the set. */
  sshdWith(name: string, lines: readonly string[]): Promise<RealDevice>;
  /** Ends that sshd with its sessions. */
  stopSshd(name: string): Promise<void>;
  /** Everything that belongs to the set is in here: configurations, keys, homes, and each server's log. */
  readonly folder: string;
  /** Ends every server and session, removes the accounts and the folder. Once is enough; the same as its disposal. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Stops the set, also while it starts. */
  readonly signal?: AbortSignal;
  /** Leaves the set running when this process ends, until `node test/real/devices.mjs stop`. Default false. */
  readonly keep?: boolean;
}

/** Starts one set of real devices, in about a second. Throws with the server's own words when one does not start. */
export function startRealDevices(options?: StartOptions): Promise<RealDevices>;
