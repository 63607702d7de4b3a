import { expect, it } from 'vitest';
import { passkeySite } from './passkey-site.ts';

it.each([
  ['127.0.0.1', undefined, 'localhost'],
  ['::1', undefined, 'localhost'],
  ['localhost', undefined, 'localhost'],
  ['0.0.0.0', undefined, 'localhost'],
  ['192.0.2.7', undefined, null],
  ['patch.example.org', undefined, null],
  ['127.0.0.1', 'https://patch.example.org', 'patch.example.org'],
  ['127.0.0.1', 'https://PATCH.example.org:8443/', 'patch.example.org'],
  ['127.0.0.1', 'https://patch', 'patch'],
  ['127.0.0.1', 'http://patch.example.org', null],
  ['127.0.0.1', 'https://192.0.2.7', null],
  ['127.0.0.1', 'https://[2001:db8::1]', null],
  ['127.0.0.1', 'http://127.0.0.1:8420', 'localhost'],
  ['127.0.0.1', 'http://localhost:8420', 'localhost'],
])('a console at %s, told as %s: %s', (host, consoleUrl, site) => {
  expect(passkeySite({ console: { host, port: 8420 }, consoleUrl })).toBe(site);
});
