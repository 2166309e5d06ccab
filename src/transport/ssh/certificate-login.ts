import { CERTIFICATE_SUFFIX, isCertificate } from './certificate.js';
import { type PacketWriter, protocolOf } from './protocol.js';
import type { Ssh2Client } from './ssh2.js';
import { wireString, wireUint32 } from './wire.js';

/**
 * Lets a client log in with certificates. ssh2 takes one name for the algorithm of the request and for the signature
 * in it; with a certificate they differ (OpenSSH's PROTOCOL.certkeys): the request says
 * `ssh-ed25519-cert-v01@openssh.com`, and the signature, made by the plain key, `ssh-ed25519`.
 * @throws NegotiationError when ssh2 is not the version that was read.
 */
export function sendCertificates(client: Ssh2Client): void {
  const protocol = protocolOf(client);
  const authPK = protocol.authPK.bind(protocol);
  protocol.authPK = (username, key, algorithm, sign) => {
    if (!isCertificate(key.getPublicSSH())) return authPK(username, key, algorithm, sign);
    const plain = algorithm ?? key.type;
    const certified = plain + CERTIFICATE_SUFFIX;
    if (sign === undefined) return authPK(username, key, certified);
    authPK(username, key, certified, (data, send) =>
      sign(data, (signature) => {
        const packets = protocol._packetRW;
        const { write } = packets;
        // `send` writes its packet and sends it before it returns.
        packets.write = renaming(write, { from: certified, to: plain });
        try {
          send(signature);
        } finally {
          packets.write = write;
        }
      }),
    );
  };
}

/** Writes packets as `write` does, with another name in the signature at their end. */
function renaming(write: PacketWriter, { from, to }: { readonly from: string; readonly to: string }): PacketWriter {
  return {
    allocStart: 0,
    alloc: (length) => Buffer.alloc(length),
    finalize(packet) {
      const name = wireString(from);
      const at = packet.lastIndexOf(name);
      const signature = packet.subarray(at + name.length);
      const renamed = Buffer.concat([wireString(to), signature]);
      // In front of the name stands how long the signature is with its name.
      const payload = Buffer.concat([packet.subarray(0, at - 4), wireUint32(renamed.length), renamed]);
      const real = write.alloc(payload.length);
      real.set(payload, write.allocStart);
      return write.finalize(real);
    },
  };
}
