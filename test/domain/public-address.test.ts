import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../server/domain/public-address.ts';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111', '2a00:1450:4001:80e::200e'])('takes %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    ['this machine', '127.0.0.1', '127.8.8.8', '::1', '0.0.0.0', '::'],
    ['this machine in other forms', '2130706433', '0x7f000001', '0x7f.1', '0177.0.0.1', '127.1'],
    ['a private network', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd12::1', 'fec0::1'],
    ['a link, and the metadata of a cloud', '169.254.169.254', 'fe80::1', 'fe80::1%eth0', 'fd00:ec2::254'],
    ['a provider’s network', '100.64.0.1', '198.18.0.1'],
    ['many', '224.0.0.1', '255.255.255.255', 'ff02::1'],
    ['reserved', '240.0.0.1', '192.0.2.1', '203.0.113.7', '2001:db8::1', '100::1', '3fff::1', '5f00::1'],
    ['an address of IPv4 within one of IPv6', '::ffff:127.0.0.1', '::ffff:8.8.8.8', '::7f00:1', '64:ff9b::7f00:1'],
    ['a tunnel', '2002:7f00:1::', '2001::1'],
    ['no address', 'localhost', '', 'example.com'],
  ])('refuses %s', (_what, ...addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });
});
