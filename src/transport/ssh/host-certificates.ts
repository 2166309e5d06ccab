import { CERTIFICATE_SUFFIX, type Certificate, invalidity, parseCertificate } from './certificate.js';
import { namesMatcher } from './known-hosts.js';

/** The algorithms of host certificates, in our order; none signs with SHA-1. */
export const CERTIFICATE_ALGORITHMS: readonly string[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
].map((name) => name + CERTIFICATE_SUFFIX);

export interface Expected {
  /** The host's name, which the certificate must be for. */
  readonly name: string;
  /** The public keys of the authorities that are trusted for it, in base64. */
  readonly authorities: readonly string[];
}

/**
 * Says what is wrong with a host's certificate; nothing where it may be trusted. Checked is what ssh checks: that it is
 * a host's, for this name, at this time, without conditions that nobody here knows, and signed by a trusted authority.
 */
export function faultOf(
  blob: Buffer,
  { name, authorities }: Expected,
): { readonly certificate?: Certificate; readonly fault?: string } {
  let certificate: Certificate;
  try {
    certificate = parseCertificate(blob);
  } catch (error) {
    return { fault: `cannot be read: ${(error as Error).message}` };
  }
  const { kind, principals, criticalOptions, authority } = certificate;
  const says = (fault: string) => ({ certificate, fault });
  if (!authorities.includes(authority.toString('base64'))) return says('is signed by an authority that is not known');
  if (!certificate.isSigned()) return says('has a wrong signature');
  if (kind !== 'host') return says(`is a ${kind}'s, not a host's`);
  // Without names it is for every host (PROTOCOL.certkeys).
  if (principals.length > 0 && !namesMatcher(principals)(name.toLowerCase())) {
    return says(`is for ${principals.map(printable).join(', ')}, not for ${name}`);
  }
  const invalid = invalidity(certificate);
  if (invalid !== undefined) return says(invalid);
  const [option] = criticalOptions;
  if (option !== undefined) return says(`has a condition that is not understood: ${printable(option)}`);
  return { certificate };
}

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, 100);
