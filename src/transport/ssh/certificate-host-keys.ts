import { CERTIFICATE_SUFFIX, plainKeyOf } from './certificate.js';
import { type KexInit, type KeyExchange, protocolOf, type Ssh2Protocol } from './protocol.js';
import type { Ssh2Client } from './ssh2.js';

/**
 * Lets a client accept host certificates of these algorithms, before all plain keys; its host verifier then gets the
 * certificate, and must judge it. ssh2 negotiates no such algorithm, and verifies the exchange with what the server
 * shows; with a certificate the exchange is hashed over the certificate, and signed by the plain key in it (OpenSSH's
 * PROTOCOL.certkeys). Call it right after `connect`: nothing has been sent yet.
 * @throws NegotiationError when ssh2 is not the version that was read.
 */
export function acceptHostCertificates(client: Ssh2Client, algorithms: readonly string[]): void {
  if (algorithms.length === 0) return;
  const protocol = protocolOf(client);
  protocol._offer = withHostKeys(protocol._offer, algorithms);
  adaptExchanges(protocol);
}

/** The same offer with these host key algorithms in front; ssh2 would refuse their names. */
function withHostKeys(offer: KexInit, algorithms: readonly string[]): KexInit {
  const { kex, serverHostKey, cs, sc } = offer.lists;
  const direction = ({ cipher, mac, compress, lang }: typeof cs) => ({
    ...{ cipher: cipher.array, mac: mac.array, compress: compress.array },
    // An empty list was read as one with an empty name.
    lang: lang.array.filter((name) => name !== ''),
  });
  const KexInitClass = offer.constructor as new (lists: object) => KexInit;
  return new KexInitClass({
    kex: kex.array,
    serverHostKey: [...algorithms, ...serverHostKey.array],
    cs: direction(cs),
    sc: direction(sc),
  });
}

/** Each exchange of the connection, the first and those that renew its keys, is adapted when ssh2 begins it. */
function adaptExchanges(protocol: Ssh2Protocol): void {
  // Somebody else may be told of them too.
  const before = Object.getOwnPropertyDescriptor(protocol, '_kex');
  let current = protocol._kex;
  Object.defineProperty(protocol, '_kex', {
    configurable: true,
    enumerable: true,
    get: () => current,
    set(exchange: KeyExchange) {
      current = exchange;
      before?.set?.call(protocol, exchange);
      if (exchange.negotiated.serverHostKey.endsWith(CERTIFICATE_SUFFIX)) adapt(exchange);
    },
  });
}

function adapt(exchange: KeyExchange): void {
  const { negotiated } = exchange;
  const signatureName = negotiated.serverHostKey.slice(0, -CERTIFICATE_SUFFIX.length);
  // RSA has one type of key, and several algorithms: the key that the server shows has the type's name.
  negotiated.serverHostKey = signatureName.startsWith('rsa-sha2-')
    ? `ssh-rsa${CERTIFICATE_SUFFIX}`
    : negotiated.serverHostKey;
  const finish = exchange.finish.bind(exchange);
  exchange.finish = (scOnly) => {
    const certificate = exchange._hostKey;
    if (certificate === undefined) return finish(scOnly);
    negotiated.serverHostKey = signatureName;
    const publicKey = plainKeyOf(certificate);
    // `finish` reads it first for the hash, and after that as the key that has signed. In another order the
    // signature would not fit, and the connection would end.
    const become = (property: PropertyDescriptor): void => {
      Object.defineProperty(exchange, '_hostKey', { ...property, configurable: true });
    };
    become({
      get() {
        become({ value: publicKey, writable: true });
        return certificate;
      },
    });
    return finish(scOnly);
  };
}
