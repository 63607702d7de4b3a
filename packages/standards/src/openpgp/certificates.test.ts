import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { armoredCertificates, type Certificate, canSign, readCertificates } from './certificates.ts';
import { newSigner } from './testing/index.ts';

const BORN = new Date('2026-01-01T00:00:00Z');
const NOW = Date.parse('2026-11-22T12:00:00Z');
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

async function read(bytes: Uint8Array | string): Promise<readonly Certificate[]> {
  const certificates = await readCertificates(Buffer.from(bytes));
  if (typeof certificates === 'string') throw new Error(certificates);
  return certificates;
}

describe('certificates', () => {
  it('are read armored and binary, one and several, and written again', async () => {
    const [one, two] = await Promise.all([
      newSigner('One', BORN),
      newSigner('Two', BORN, { keyExpirationTime: 86_400 }),
    ]);
    const expected = [
      { fingerprint: one.publicKey.getFingerprint().toUpperCase(), userIds: ['One'], expiresAt: null },
      {
        fingerprint: two.publicKey.getFingerprint().toUpperCase(),
        userIds: ['Two'],
        expiresAt: BORN.getTime() + 86_400_000,
      },
    ];

    const armored = await read(one.publicKey.armor() + two.publicKey.armor());
    const binary = await read(Buffer.concat([one.publicKey.write(), two.publicKey.write()]));

    expect(armored).toMatchObject(expected);
    expect(binary).toMatchObject(expected);
    expect(await read(armoredCertificates(binary))).toMatchObject(expected);
    expect(await Promise.all(armored.map((certificate) => canSign(certificate, NOW)))).toEqual([true, false]);
  });

  it.each([
    ['words', 'not-openpgp', () => Promise.resolve('hello')],
    ['nothing', 'not-openpgp', () => Promise.resolve('')],
    [
      'a broken armor',
      'not-openpgp',
      async () => (await newSigner('One', BORN)).publicKey.armor().replace(/[A-Z]{4}/g, 'AAAA'),
    ],
    ['a private key', 'private', async () => (await newSigner('One', BORN)).privateKey.armor()],
    ['a flood', 'too-large', () => Promise.resolve('x'.repeat(600 * 1024))],
    ['too many', 'too-many', async () => (await newSigner('One', BORN)).publicKey.armor().repeat(51)],
  ])('are not %s: %s', async (_, fault, bytes) => {
    expect(await readCertificates(Buffer.from(await bytes()))).toBe(fault);
  });

  it.skipIf(!existsSync(KEYRING))("are read from Debian's own keyring", async () => {
    const certificates = await read(await readFile(KEYRING));

    expect(certificates.length).toBeGreaterThan(2);
    expect(certificates.map(({ userIds }) => userIds[0])).toEqual(
      expect.arrayContaining([expect.stringContaining('Debian Security Archive Automatic Signing Key')]),
    );
  });
});
