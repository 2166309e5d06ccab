import { type Ssh2Client, ssh2Changed, ssh2Constants } from './ssh2.js';

/** What of ssh2 1.17's protocol object is used here; it declares nothing of it. */
interface Protocol {
  _compatFlags: number;
  _handlers: { EXT_INFO: (protocol: unknown, extensions: readonly Extension[]) => void };
}

/** RFC 8308. */
interface Extension {
  readonly name: string;
  readonly algs?: readonly string[];
}

/**
 * Has the RSA keys of users sign with SHA-2, as OpenSSH does, also where the server does not say that it takes that:
 * ssh2 would sign with SHA-1 then. Call it when the algorithms are agreed on.
 * @throws NegotiationError when ssh2 is not built as it was.
 */
export function signWithSha2(client: Ssh2Client): void {
  const flag = ssh2Constants().COMPAT.IMPLY_RSA_SHA2_SIGALGS;
  const protocol = (client as { _protocol?: Protocol })._protocol;
  if (typeof protocol?._compatFlags !== 'number' || typeof flag !== 'number') throw ssh2Changed('_compatFlags');
  const { EXT_INFO: tell } = protocol._handlers ?? {};
  if (typeof tell !== 'function') throw ssh2Changed('EXT_INFO');
  // ssh2 has it for a server that takes SHA-2 and does not say so: then the first of them is tried.
  protocol._compatFlags |= flag;
  protocol._handlers.EXT_INFO = (self, extensions) => {
    const takes = extensions.find(({ name }) => name === 'server-sig-algs')?.algs ?? [];
    // A server that says which of them it takes is believed: it may be the second one only.
    if (takes.some((name) => name.startsWith('rsa-sha2-'))) protocol._compatFlags &= ~flag;
    tell(self, extensions);
  };
}
