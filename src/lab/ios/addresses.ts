/** Returns an IPv4 address as a number. */
export function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

/** Returns the length of the prefix that a mask means, or undefined where its ones have gaps. */
export function prefixLength(mask: string): number | undefined {
  const bits = toNumber(mask).toString(2).padStart(32, '0');
  return /^1*0*$/.test(bits) ? bits.replaceAll('0', '').length : undefined;
}

/** Returns the network that an address is in. */
export function networkOf(address: string, mask: string): string {
  return toAddress(Number(BigInt(toNumber(address)) & BigInt(toNumber(mask))));
}

/** As IOS shows a mask that it does not like. */
export function hexadecimal(mask: string): string {
  return `0x${toNumber(mask).toString(16).toUpperCase().padStart(8, '0')}`;
}
