import { enums, revokeKey } from 'openpgp';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Certificate, readCertificates } from './certificates.ts';
import { type SignatureFault, verifyClearSigned } from './clear-signed.ts';
import { clearSigned, newSigner, type Signer } from './testing/index.ts';

const BORN = new Date('2026-01-01T00:00:00Z');
const SIGNED = new Date('2026-11-01T00:00:00Z');
const NOW = Date.parse('2026-11-22T12:00:00Z');
const DAY_S = 86_400;
const TEXT = 'Origin: Acme\nSuite: stable\n- dashed\nSHA256:\n abc 1 x';

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

const fingerprintOf = (signer: Signer): string => signer.publicKey.getFingerprint().toUpperCase();

describe('a clear-signed message', () => {
  it('gives what was signed, and by which pinned key', async () => {
    const message = await clearSigned(TEXT, [acme], SIGNED);

    expect(await verifyClearSigned(message, pinned, NOW)).toEqual({
      ok: true,
      text: TEXT,
      signedBy: [fingerprintOf(acme)],
    });
  });

  it('may bear the signatures of strangers beside that of a pinned key', async () => {
    const message = await clearSigned(TEXT, [other, acme], SIGNED);

    expect(await verifyClearSigned(message, pinned, NOW)).toMatchObject({ ok: true, signedBy: [fingerprintOf(acme)] });
  });

  it('names every pinned key that signed', async () => {
    const both = [...pinned, ...(await certificatesOf(other.publicKey.armor()))];
    const message = await clearSigned(TEXT, [other, acme], SIGNED);

    const result = await verifyClearSigned(message, both, NOW);

    expect(result.ok && [...result.signedBy].sort()).toEqual([fingerprintOf(acme), fingerprintOf(other)].sort());
  });

  const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';
  const attacks: readonly [string, SignatureFault, (message: string) => string | Promise<string>][] = [
    ['with text before it', 'extra-text', (message) => `Origin: Evil\n\n${message}`],
    ['with an empty line before it', 'extra-text', (message) => `\n${message}`],
    ['with text after it', 'extra-text', (message) => `${message}Origin: Evil\n`],
    ['followed by another message', 'extra-text', (message) => message + message],
    ['inside of another', 'extra-text', (message) => `${BEGIN}\nHash: SHA512\n\nOrigin: Evil\n${message}`],
    ['with another beginning in its text', 'extra-text', (message) => message.replace('Suite:', `${BEGIN}\nSuite:`)],
    ['with a changed word', 'bad-signature', (message) => message.replace('Acme', 'Acne')],
    ['with a line taken out', 'bad-signature', (message) => message.replace(/Suite: stable\r?\n/, '')],
    ['that is not signed', 'not-clear-signed', () => TEXT],
    ['that is empty', 'not-clear-signed', () => ''],
    ['whose signature is cut off', 'not-clear-signed', (message) => message.slice(0, -60)],
    ['with a header of its own', 'not-clear-signed', (message) => message.replace(BEGIN, `${BEGIN}\nOrigin: Evil`)],
    [
      'whose signature is no signature',
      'not-clear-signed',
      (m) => m.replace(/(SIGNATURE-----\n\n)[\s\S]*(\n-----END)/, '$1AAAA$2'),
    ],
    ['by a stranger', 'no-pinned-key', () => clearSigned(TEXT, [other], SIGNED)],
    ['dated ahead', 'bad-signature', () => clearSigned(TEXT, [acme], new Date(NOW + 86_400_000))],
    [
      'with the signature of another message',
      'bad-signature',
      async (message) => {
        const another = await clearSigned('Origin: Other', [acme], SIGNED);
        return (
          message.slice(0, message.indexOf('-----BEGIN PGP SIGNATURE')) +
          another.slice(another.indexOf('-----BEGIN PGP SIGNATURE'))
        );
      },
    ],
  ];

  it.each(attacks)('%s is refused: %s', async (_, fault, attack) => {
    const message = await attack(await clearSigned(TEXT, [acme], SIGNED));

    expect(await verifyClearSigned(message, pinned, NOW)).toEqual({ ok: false, fault });
  });

  it('by a key that is expired today is refused, though it signed in time', async () => {
    const brief = await newSigner('Brief', BORN, { keyExpirationTime: 310 * DAY_S });
    const message = await clearSigned(TEXT, [brief], SIGNED);
    const certificates = await certificatesOf(brief.publicKey.armor());

    expect(await verifyClearSigned(message, certificates, SIGNED.getTime() + 1_000)).toMatchObject({ ok: true });
    expect(await verifyClearSigned(message, certificates, NOW)).toEqual({ ok: false, fault: 'key-expired' });
  });

  it('by a revoked key is refused', async () => {
    const message = await clearSigned(TEXT, [acme], SIGNED);
    const { publicKey } = await revokeKey({
      key: acme.privateKey,
      reasonForRevocation: { flag: enums.reasonForRevocation.keyCompromised },
      date: new Date(NOW - 1_000),
      format: 'object',
    });

    const certificates = await certificatesOf(publicKey.armor());

    expect(await verifyClearSigned(message, certificates, NOW)).toEqual({ ok: false, fault: 'key-revoked' });
  });

  it('refused for one pinned key is refused for all', async () => {
    const good = await clearSigned(TEXT, [acme, other], SIGNED);
    const both = [...pinned, ...(await certificatesOf(other.publicKey.armor()))];

    expect(await verifyClearSigned(good.replace('Acme', 'Acne'), both, NOW)).toMatchObject({ ok: false });
  });

  // Made with `gpg --digest-algo SHA1 --clearsign`: the library itself signs with no weak hash.
  it('resting on a weak hash is refused', async () => {
    const { default: weak } = await import('./testing/weak-signature.json', { with: { type: 'json' } });
    const certificates = await certificatesOf(weak.key);

    expect(await verifyClearSigned(weak.strong, certificates, NOW)).toMatchObject({ ok: true });
    expect(await verifyClearSigned(weak.sha1, certificates, NOW)).toEqual({ ok: false, fault: 'bad-signature' });
  });
});
