import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enums, revokeKey } from 'openpgp';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Certificate, readCertificates } from './certificates.ts';
import { type DetachedFault, verifyDetached } from './detached.ts';
import { detachedSignature, newSigner, type Signer } from './testing/index.ts';

const BORN = new Date('2026-01-01T00:00:00Z');
const SIGNED = new Date('2026-11-01T00:00:00Z');
const NOW = Date.parse('2026-11-22T12:00:00Z');
const BYTES = Buffer.from('{"document":{}}\n');

let acme: Signer;
let other: Signer;
let pinned: readonly Certificate[];

beforeAll(async () => {
  [acme, other] = await Promise.all([newSigner('Acme', BORN), newSigner('Other', BORN)]);
  pinned = await certificatesOf(acme.publicKey.armor());
});

async function certificatesOf(armored: string): Promise<readonly Certificate[]> {
  const certificates = await readCertificates(Buffer.from(armored));
  if (typeof certificates === 'string') throw new Error(certificates);
  return certificates;
}

function signatureBy(signers: readonly Signer[], bytes: Uint8Array = BYTES, date = SIGNED): Promise<string> {
  return detachedSignature(bytes, signers, date);
}

describe('a signature beside a file', () => {
  it('holds by a pinned key, with or without strangers', async () => {
    const expected = { ok: true, signedBy: [acme.publicKey.getFingerprint().toUpperCase()] };

    expect(await verifyDetached(BYTES, await signatureBy([acme]), pinned, NOW)).toEqual(expected);
    expect(await verifyDetached(BYTES, await signatureBy([other, acme]), pinned, NOW)).toEqual(expected);
  });

  const faults: readonly [string, DetachedFault, () => Promise<string>][] = [
    ['of other bytes', 'bad-signature', () => signatureBy([acme], Buffer.from('{}'))],
    ['of bytes with another end', 'bad-signature', () => signatureBy([acme], Buffer.from('{"document":{}}'))],
    ['by a stranger', 'no-pinned-key', () => signatureBy([other])],
    ['dated ahead', 'bad-signature', () => signatureBy([acme], BYTES, new Date(NOW + 86_400_000))],
    ['that is none', 'not-a-signature', () => Promise.resolve('<html>not found</html>')],
    ['that is empty', 'not-a-signature', () => Promise.resolve('')],
    ['that is a key', 'not-a-signature', () => Promise.resolve(acme.publicKey.armor())],
    ['that is a flood', 'not-a-signature', async () => (await signatureBy([acme])) + 'x'.repeat(64 * 1024)],
    ['by too many', 'not-a-signature', async () => signatureBy(Array.from({ length: 17 }, () => acme))],
  ];

  it.each(faults)('%s is refused: %s', async (_, fault, signature) => {
    expect(await verifyDetached(BYTES, await signature(), pinned, NOW)).toEqual({ ok: false, fault });
  });

  it('of bytes with one bit turned is refused, wherever it is', async () => {
    const signature = await signatureBy([acme]);
    for (let at = 0; at < BYTES.length; at += 1) {
      const turned = Buffer.from(BYTES);
      turned[at] = (turned[at] ?? 0) ^ 1;
      expect(await verifyDetached(turned, signature, pinned, NOW)).toEqual({ ok: false, fault: 'bad-signature' });
    }
  });

  it('by a key that was revoked or is expired is refused', async () => {
    const brief = await newSigner('Brief', BORN, { keyExpirationTime: 310 * 86_400 });
    const { publicKey } = await revokeKey({
      key: acme.privateKey,
      reasonForRevocation: { flag: enums.reasonForRevocation.keyCompromised },
      date: new Date(NOW - 1_000),
      format: 'object',
    });

    const expired = await verifyDetached(
      BYTES,
      await signatureBy([brief]),
      await certificatesOf(brief.publicKey.armor()),
      NOW,
    );
    const revoked = await verifyDetached(
      BYTES,
      await signatureBy([acme]),
      await certificatesOf(publicKey.armor()),
      NOW,
    );

    expect([expired, revoked]).toEqual([
      { ok: false, fault: 'key-expired' },
      { ok: false, fault: 'key-revoked' },
    ]);
  });

  it.skipIf(!existsSync('/usr/bin/gpg'))('made by gpg holds', async () => {
    const home = mkdtempSync(join(tmpdir(), 'patchsteward-gpg-'));
    try {
      const gpg = (...more: string[]) =>
        execFileSync('gpg', ['--homedir', home, '--batch', '--faked-system-time', '20261101T000000', ...more], {
          stdio: 'pipe',
        });
      gpg('--passphrase', '', '--quick-generate-key', 'Acme <psirt@acme.example>', 'rsa3072', 'sign', 'never');
      writeFileSync(join(home, 'document.json'), BYTES);
      gpg('--armor', '--detach-sign', join(home, 'document.json'));
      const certificates = await certificatesOf(gpg('--armor', '--export').toString());

      const verified = await verifyDetached(
        BYTES,
        readFileSync(join(home, 'document.json.asc'), 'utf8'),
        certificates,
        NOW,
      );

      expect(verified).toEqual({ ok: true, signedBy: certificates.map(({ fingerprint }) => fingerprint) });
    } finally {
      // Its agent ends with its folder.
      rmSync(home, { recursive: true, force: true });
    }
  });
});
