import { ADDRCONFIG, type LookupAddress, type LookupAllOptions, lookup as systemLookup } from 'node:dns';
import { isIP } from 'node:net';
import { OptionError, UnreachableError } from '../../base/index.js';
import { explainLookup } from './tcp-errors.js';

/** What Node's `dns.lookup` does; a test gives another one. */
export type Lookup = (
  host: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Which addresses of a host will do. */
export interface Wanted {
  readonly addressFamily?: 4 | 6 | undefined;
  /** Where there are any, only addresses of their families can be reached from them. */
  readonly sources?: readonly string[] | undefined;
  readonly lookup?: Lookup | undefined;
}

/**
 * Returns the addresses of a host in the order in which they are to be tried: as the resolver sorts them (RFC 6724),
 * but the families in turn, so that a family that leads nowhere costs one attempt and not all (RFC 8305, section 4).
 * @throws UnreachableError (`dns`), OptionError for an address of another family than the one that is wanted.
 */
export async function addressesOf(host: string, wanted: Wanted): Promise<string[]> {
  const { addressFamily, sources = [] } = wanted;
  const families = [...new Set(sources.map(isIP))];
  const family =
    addressFamily ?? (families.length === 1 && (families[0] === 4 || families[0] === 6) ? families[0] : undefined);
  if (isIP(host) !== 0) {
    if (family === undefined || family === isIP(host)) return [host];
    const why =
      addressFamily === undefined ? `the source address is ${sources[0]}` : `route.addressFamily is ${family}`;
    throw new OptionError(`${host} must be an IPv${family} address, since ${why}`, { phase: 'connect' });
  }
  const found = await resolve(host, family, wanted.lookup ?? systemLookup);
  const first = found.filter((one) => one.family === found[0]?.family);
  const second = found.filter((one) => one.family !== found[0]?.family);
  const inTurn = first.flatMap((one, index) => [one, ...second.slice(index, index + 1)]);
  return [...new Set([...inTurn, ...second.slice(first.length)].map(({ address }) => address))];
}

function resolve(host: string, family: 4 | 6 | undefined, lookup: Lookup): Promise<LookupAddress[]> {
  // As Node's own sockets ask: no address of a family that this machine has none of. Windows knows no such flag.
  const hints = process.platform === 'win32' || family !== undefined ? 0 : ADDRCONFIG;
  return new Promise((settle, reject) => {
    lookup(host, { all: true, order: 'verbatim', family: family ?? 0, hints }, (error, addresses) => {
      if (error !== null) return reject(explainLookup(error, host, family));
      if (addresses.length > 0) return settle(addresses);
      reject(new UnreachableError('dns', `cannot resolve '${host}': the name has no address`, { phase: 'resolve' }));
    });
  });
}
