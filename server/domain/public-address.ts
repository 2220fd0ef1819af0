import ipaddr from 'ipaddr.js';

const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * Whether an address is one of the public internet: not this machine's, a private network's, a link's, a cloud's metadata, a multicast or a reserved
 * one, in whatever form it is written. IPv6 addresses that carry one of IPv4 are not: what they lead to depends on the network (RFC 4291, 6052).
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text) || text.includes('%')) return false;
  const address = ipaddr.parse(text);
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || address.match(globalUnicast));
}
