export interface LoginServers {
  /** Everything is in here: keys, configurations, logs. */
  readonly folder: string;
  readonly username: string;
  readonly password: string;
  /** The account's file of public keys. */
  readonly authorizedKeys: string;
  /** Starts an sshd with these lines in its configuration; the same name again restarts it on the same port. */
  start(
    name: string,
    lines: readonly string[],
    options?: { readonly sameHostKeys?: boolean },
  ): Promise<{ readonly port: number; readonly hostKeyFiles: readonly string[] }>;
  /** Starts dropbear, which knows no certificates. */
  startDropbear(): Promise<{ readonly port: number }>;
  /** Has PAM demand a new password at the next login. */
  expirePassword(): void;
  /** What that sshd has logged. */
  logOf(name: string): string;
  stop(): Promise<void>;
}

export function startLoginServers(): Promise<LoginServers>;

export interface KeyOptions {
  readonly bits?: number;
  readonly passphrase?: string;
  /** Rounds of bcrypt for the passphrase. */
  readonly rounds?: number;
}

/** Makes a key pair and returns the private half's path; the public one has `.pub` behind it. */
export function makeKey(file: string, type: 'ed25519' | 'ecdsa' | 'rsa', options?: KeyOptions): string;

export interface CertificateOptions {
  /** The principals, with commas. */
  readonly names?: string;
  readonly host?: boolean;
  /** As `ssh-keygen -V` has it; default: one hour around now. */
  readonly valid?: string;
  readonly more?: readonly string[];
}

/** Has an authority sign FILE.pub and returns the certificate's path, FILE-cert.pub. */
export function certify(authority: string, file: string, options: CertificateOptions): string;
