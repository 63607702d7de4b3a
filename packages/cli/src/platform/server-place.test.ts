import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nameOf, placeOf, wouldLeakToken } from './server-place.ts';

const standard = process.getuid?.() === 0 ? '/var/lib/patchsteward' : join(homedir(), '.local/share/patchsteward');
const TOKEN = { PATCHSTEWARD_TOKEN: 'pst_1' };

describe('the server is', () => {
  it.each([
    ['the one of this machine', {}, {}, `${standard}/api.sock`],
    ['the one of this machine, whatever empty variables say', {}, { PATCHSTEWARD_URL: '' }, `${standard}/api.sock`],
    ['where a folder is named', { data: 'here' }, { PATCHSTEWARD_DATA: '/x' }, `${resolve('here')}/api.sock`],
    ['where the variable names a folder', {}, { PATCHSTEWARD_DATA: '/x' }, '/x/api.sock'],
    [
      'where a folder is named, rather than at an address',
      { data: '/y' },
      { PATCHSTEWARD_URL: 'https://x' },
      '/y/api.sock',
    ],
    [
      'where the variable has an address, rather than a folder',
      {},
      { PATCHSTEWARD_URL: 'https://x', PATCHSTEWARD_DATA: '/x' },
      'https://x/',
    ],
    ['where an address is named', { server: 'https://y/sub?a#b' }, { PATCHSTEWARD_URL: 'https://x' }, 'https://y/sub'],
  ])('%s', (_, options, environment, expected) => {
    expect(nameOf(placeOf(options, environment))).toBe(expected);
  });

  it.each(['patch.example.org', 'ftp://x', 'https://ada:secret@x', 'https://'])('not at %s', (server) => {
    expect(() => placeOf({ server }, {})).toThrow('is no address of a server');
  });

  it('not behind a path that no socket can have', () => {
    expect(() => placeOf({ data: `/${'x'.repeat(98)}` }, {})).toThrow('is too long for a socket');
    expect(placeOf({ data: `/${'x'.repeat(97)}` }, {})).toMatchObject({ kind: 'socket' });
  });
});

describe('the token', () => {
  it.each([
    ['http://patch.example.org', TOKEN, true],
    ['http://192.0.2.1:8420', TOKEN, true],
    ['http://localhost.example.org', TOKEN, true],
    ['https://patch.example.org', TOKEN, false],
    ['http://localhost:8420', TOKEN, false],
    ['http://127.0.0.1:8420', TOKEN, false],
    ['http://[::1]:8420', TOKEN, false],
    ['http://patch.example.org', {}, false],
  ])('sent to %s with %j would be read on its way: %s', (server, environment, expected) => {
    expect(wouldLeakToken(placeOf({ server }, environment))).toBe(expected);
  });
});
