import { expect, test } from 'vitest';
import { formatAddress, parseAddress } from './server-address.ts';

test.each([
  ['patches.example.org:9000', 'patches.example.org', 9000],
  ['patches.example.org', 'patches.example.org', 8421],
  ['10.0.0.1:8421', '10.0.0.1', 8421],
  ['[2001:db8::1]:8421', '2001:db8::1', 8421],
  ['[::1]', '::1', 8421],
  [' localhost:1 ', 'localhost', 1],
])('%j', (text, host, port) => {
  const address = parseAddress(text);

  expect(address).toEqual({ host, port });
  expect(address === null ? null : parseAddress(formatAddress(address))).toEqual(address);
});

test.each(['', ':8421', 'a:0', 'a:65536', 'a:x', 'https://a:8421', '2001:db8::1', 'a b:1', 'a:1:2', 'user@a:1'])(
  '%j is no address',
  (text) => {
    expect(parseAddress(text)).toBeNull();
  },
);
