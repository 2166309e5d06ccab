/** A text of a file and where it stands, for the error that refuses it when its tokens are filled in. */
export interface Located {
  readonly text: string;
  /** `file:line`. */
  readonly where: string;
}

/** A hop of ProxyJump as it is written. */
export interface JumpText {
  readonly host: string;
  readonly username?: string | undefined;
  readonly port?: number | undefined;
}

/** What is known so far of a host while the configuration is gone through: the first value stays. */
export interface Settings {
  hostname?: Located;
  user?: string;
  port?: number;
  addressFamily?: 'any' | 4 | 6;
  bindAddress?: string;
  bindInterface?: Located;
  connectTimeoutMs?: number;
  aliveIntervalMs?: number;
  hostKeyAlias?: string;
  strict?: boolean;
  userKnownHosts?: readonly Located[];
  globalKnownHosts?: readonly Located[];
  identityFiles: Located[];
  certificateFiles: Located[];
  identityAgent?: Located;
  identitiesOnly?: boolean;
  publicKeys?: boolean;
  /** No hops where it says `none`. */
  jump?: { readonly hops: readonly JumpText[]; readonly where: string };
  /** Empty where it says `none`. */
  command?: Located;
  canonicalize?: boolean;
  kex?: readonly string[];
  ciphers?: readonly string[];
  macs?: readonly string[];
  hostKeyAlgorithms?: readonly string[];
  publicKeyAlgorithms?: readonly string[];
}
