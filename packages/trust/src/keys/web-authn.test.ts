import { createPublicKey, generateKeyPairSync, hash, type KeyObject, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { sha256 } from '../hash.ts';
import { decodeValue } from '../strict/document.ts';
import { assertion, type Ceremony, makePasskey, partsOf, SITE, spki, wireOf } from '../testing/passkeys.ts';
import { openEd25519 } from './open-key.ts';
import { materialOf, type PublicKey, parseSshPublicKey, publicKey } from './public-key.ts';
import { sshString } from './ssh-wire.ts';
import { signatureFault, verifySignature } from './verify-signature.ts';
import { openPasskey, SITE_FORM } from './web-authn-key.ts';

const MESSAGE = Buffer.from('DSSEv1 4 plan 4 body');
const OTHER = Buffer.from('DSSEv1 4 plan 5 body2');
const ALGORITHMS = ['es256', 'ed25519', 'rs256'] as const;
const PASSKEYS = { es256: makePasskey('es256'), ed25519: makePasskey('ed25519'), rs256: makePasskey('rs256') };

describe.each(ALGORITHMS)('a passkey of %s', (algorithm) => {
  const passkey = PASSKEYS[algorithm];
  const good = assertion(passkey, MESSAGE);

  it('signs a message for its site', () => {
    expect(signatureFault(passkey.key, MESSAGE, good)).toBeNull();
    expect(openPasskey(passkey.key.public)?.algorithm).toBe(algorithm);
    expect(decodeValue(passkey.key, publicKey).ok).toBe(true);
  });

  it('has not signed another message, and nobody else has signed this one', () => {
    expect(signatureFault(passkey.key, OTHER, good)).toBe('other-challenge');
    expect(signatureFault(makePasskey(algorithm).key, MESSAGE, good)).toBe('signature-wrong');
  });

  it('whatever bit of its answer is another: it is not its signature', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('authenticatorData' as const, 'clientDataJSON' as const, 'signature' as const),
        fc.nat(),
        fc.integer({ min: 0, max: 7 }),
        (name, seed, bit) => {
          const parts = partsOf(good);
          const bytes = Buffer.from(parts[name]);
          const at = seed % bytes.length;
          bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << bit), at);
          expect(verifySignature(passkey.key, MESSAGE, wireOf({ ...parts, [name]: bytes }))).toBe(false);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('whatever is put in, taken out or cut off: it is not its signature', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('authenticatorData' as const, 'clientDataJSON' as const, 'signature' as const),
        fc.nat(),
        fc.uint8Array({ maxLength: 3 }),
        fc.nat(3),
        (name, seed, put, cut) => {
          const parts = partsOf(good);
          const at = seed % (parts[name].length + 1);
          const bytes = Buffer.concat([parts[name].subarray(0, at), put, parts[name].subarray(at + cut)]);
          fc.pre(!bytes.equals(parts[name]));
          expect(verifySignature(passkey.key, MESSAGE, wireOf({ ...parts, [name]: bytes }))).toBe(false);
        },
      ),
      { numRuns: 400 },
    );
  });
});

const PASSKEY = PASSKEYS.es256;
const GOOD = assertion(PASSKEY, MESSAGE);
const CHALLENGE = hash('sha256', MESSAGE, 'base64url');

describe('what a browser or an authenticator might say', () => {
  const from = (origin: unknown): Partial<Ceremony> => ({ clientData: { origin } });
  const written = (clientDataText: string): Partial<Ceremony> => ({ clientDataText });
  const said = `"type":"webauthn.get","challenge":"${CHALLENGE}","origin":"https://${SITE}"`;

  it.each<readonly [string, Partial<Ceremony>, string | null]>([
    ['nothing unusual', {}, null],
    ['a port', from(`https://${SITE}:8443`), null],
    ['what browsers add', { clientData: { other_keys_can_be_added_here: 'do not compare' } }, null],
    ['nothing of frames', written(`{${said}}`), null],
    ['slashes in the spelling of old devices', written(`{${said.replaceAll('/', String.raw`\/`)}}`), null],
    ['a key that was backed up', { flags: 0x1d }, null],
    ['a key that could be', { flags: 0x0d }, null],

    ['a registration', { clientData: { type: 'webauthn.create' } }, 'other-ceremony'],
    ['a payment', { clientData: { type: 'payment.get' } }, 'other-ceremony'],
    ['no type', written(`{"challenge":"${CHALLENGE}","origin":"https://${SITE}"}`), 'other-ceremony'],
    [
      'the challenge of another plan',
      { clientData: { challenge: hash('sha256', OTHER, 'base64url') } },
      'other-challenge',
    ],
    ['the challenge with padding', { clientData: { challenge: `${CHALLENGE}=` } }, 'other-challenge'],
    ['the challenge in hex', { clientData: { challenge: sha256(MESSAGE) } }, 'other-challenge'],
    ['a challenge that is cut', { clientData: { challenge: CHALLENGE.slice(0, -1) } }, 'other-challenge'],
    ['no challenge', { clientData: { challenge: null } }, 'other-challenge'],

    ['another site', from('https://evil.example.org'), 'other-origin'],
    ['a name below the site', from(`https://sub.${SITE}`), 'other-origin'],
    ['a name above the site', from('https://example.org'), 'other-origin'],
    ['a name that ends like the site', from(`https://evil${SITE}`), 'other-origin'],
    ['a name that begins like the site', from(`https://${SITE}.evil.example`), 'other-origin'],
    ['the site as a user', from(`https://${SITE}@evil.example`), 'other-origin'],
    ['the site as a password', from(`https://evil:${SITE}`), 'other-origin'],
    ['the site with a path', from(`https://${SITE}/`), 'other-origin'],
    ['the site in capitals', from(`https://${SITE.toUpperCase()}`), 'other-origin'],
    ['the site with a dot', from(`https://${SITE}.`), 'other-origin'],
    ['the site without TLS', from(`http://${SITE}`), 'other-origin'],
    ['an app', from('android:apk-key-hash:AAAA'), 'other-origin'],
    ['nowhere', from('null'), 'other-origin'],
    ['a port of 0', from(`https://${SITE}:0`), 'other-origin'],
    ['no origin', from(undefined), 'other-origin'],
    ['a list of origins', from([`https://${SITE}`]), 'other-origin'],
    ['two lines', from(`https://${SITE}\n`), 'other-origin'],

    ['a page in the frame of another', { clientData: { crossOrigin: true } }, 'cross-origin'],
    ['a frame that is text', { clientData: { crossOrigin: 'false' } }, 'cross-origin'],
    ['a page above', { clientData: { topOrigin: 'https://evil.example' } }, 'cross-origin'],

    ['another site in the authenticator', { site: 'evil.example.org' }, 'other-site'],
    ['the origin in place of the name', { site: `https://${SITE}` }, 'other-site'],
    ['nobody there', { flags: 0x04 }, 'user-not-present'],
    ['somebody unknown', { flags: 0x01 }, 'user-not-verified'],
    ['no flags', { flags: 0 }, 'user-not-present'],
    ['a new key inside', { flags: 0x45 }, 'authenticator-data-unreadable'],
    ['extensions', { flags: 0x85, behind: Buffer.of(0xa0) }, 'authenticator-data-unreadable'],
    ['bytes behind', { behind: Buffer.of(0) }, 'authenticator-data-unreadable'],
    ['backed up, and never could be', { flags: 0x15 }, 'authenticator-data-unreadable'],

    ['no JSON', written('webauthn.get'), 'client-data-unreadable'],
    ['a list', written('["webauthn.get"]'), 'client-data-unreadable'],
    ['nothing', written('null'), 'client-data-unreadable'],
    ['a mark of byte order', written(`\ufeff{${said}}`), 'client-data-unreadable'],
    ['two challenges', written(`{"challenge":"x",${said}}`), 'client-data-unreadable'],
    ['two origins', written(`{${said},"origin" :"https://evil.example"}`), 'client-data-unreadable'],
    [
      'a name in another spelling',
      written(`{${said},"${String.raw`\u006f`}rigin":"https://evil.example"}`),
      'client-data-unreadable',
    ],
    ['far too much', { clientData: { padding: 'x'.repeat(5_000) } }, 'assertion-unreadable'],
  ])('%s', (_, given, fault) => {
    expect(signatureFault(PASSKEY.key, MESSAGE, assertion(PASSKEY, MESSAGE, given))).toBe(fault);
  });

  it('on this machine the browser needs no TLS', () => {
    const here = makePasskey('es256', 'localhost');
    const from8420 = (origin: string) => signatureFault(here.key, MESSAGE, assertion(here, MESSAGE, from(origin)));
    expect(from8420('http://localhost:8420')).toBeNull();
    expect(from8420('https://localhost:8420')).toBeNull();
    for (const origin of [
      'http://127.0.0.1:8420',
      'http://evil.localhost',
      'http://localhost.evil.example',
      'ws://localhost',
    ]) {
      expect(from8420(origin), origin).toBe('other-origin');
    }
  });
});

describe('another form of a right answer', () => {
  const parts = partsOf(GOOD);
  const text = GOOD.toString('utf8');
  it.each<readonly [string, Uint8Array]>([
    ['nothing', Buffer.alloc(0)],
    ['cut short', GOOD.subarray(0, -1)],
    ['a byte behind', Buffer.concat([GOOD, Buffer.of(0)])],
    ['a space behind', Buffer.from(`${text} `)],
    ['spaced out', Buffer.from(JSON.stringify(JSON.parse(text), null, 1))],
    ['in another order', Buffer.from(JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse())))],
    ['a field more', Buffer.from(JSON.stringify({ ...JSON.parse(text), userHandle: 'AAAA' }))],
    ['a field less', Buffer.from('{"authenticatorData":"AAAA","clientDataJSON":"AAAA"}')],
    ['base64url', Buffer.from(text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))],
    // A signature of 72 bytes has no idle bits; authenticator data of 37 always have.
    ['base64 with idle bits', Buffer.from(text.replace(/(?<="authenticatorData":"[^"]*).(?==+")/, '/'))],
    ['oversized', Buffer.alloc(8_193, 0x20)],
    ['no UTF-8', Buffer.of(0xff, 0xfe)],
    ['authenticator data of nothing', wireOf({ ...parts, authenticatorData: Buffer.alloc(0) })],
    ['the raw signature alone', parts.signature],
  ])('%s', (_, bytes) => {
    expect(bytes.length === GOOD.length && Buffer.from(bytes).equals(GOOD)).toBe(false);
    expect(['assertion-unreadable', 'signature-wrong']).toContain(signatureFault(PASSKEY.key, MESSAGE, bytes));
  });

  it.each<readonly [string, Buffer]>([
    ['zeros', Buffer.alloc(71)],
    ['a DER of two zeros', Buffer.from('3006020100020100', 'hex')],
    ['a DER with something behind', Buffer.concat([parts.signature, Buffer.of(0)])],
    ['the two numbers without DER', raw64(PASSKEY.secret)],
  ])('a signature of %s', (_, signature) => {
    expect(signatureFault(PASSKEY.key, MESSAGE, wireOf({ ...parts, signature }))).toBe('signature-wrong');
  });

  function raw64(secret: KeyObject): Buffer {
    const seen = Buffer.concat([parts.authenticatorData, hash('sha256', parts.clientDataJSON, 'buffer')]);
    return sign('sha256', seen, { key: secret, dsaEncoding: 'ieee-p1363' });
  }

  test('anything at all is answered', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(verifySignature(PASSKEY.key, MESSAGE, bytes)).toBe(false);
      }),
    );
  });
});

const DER = Buffer.from(PASSKEY.key.public, 'base64');
const spkiOf = (pair: { readonly publicKey: KeyObject }) => spki(pair.publicKey);

describe('what is no passkey that we take', () => {
  it.each<readonly [string, string]>([
    ['nothing', 'AAAA'],
    ['a key cut short', DER.subarray(0, -1).toString('base64')],
    ['a byte behind the key', Buffer.concat([DER, Buffer.of(0)]).toString('base64')],
    [
      'a point off its curve',
      Buffer.concat([DER.subarray(0, -1), Buffer.of((DER.at(-1) ?? 0) ^ 1)]).toString('base64'),
    ],
    ['P-384', spkiOf(generateKeyPairSync('ec', { namedCurve: 'P-384' }))],
    ['the curve of coins', spkiOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }))],
    ['a curve that has no web form', spkiOf(generateKeyPairSync('ec', { namedCurve: 'secp224r1' }))],
    ['a curve spelled out', spki(spelledOut())],
    ['Ed448', spkiOf(generateKeyPairSync('ed448'))],
    ['X25519', spkiOf(generateKeyPairSync('x25519'))],
    ['RSA of 1,024 bits', spkiOf(generateKeyPairSync('rsa', { modulusLength: 1_024 }))],
    ['RSA with the exponent 3', spkiOf(generateKeyPairSync('rsa', { modulusLength: 2_048, publicExponent: 3 }))],
    ['RSA for PSS alone', spkiOf(generateKeyPairSync('rsa-pss', { modulusLength: 2_048 }))],
  ])('%s', (_, text) => {
    expect(openPasskey(text)).toBeNull();
    expect(decodeValue({ kind: 'webauthn', public: text, site: SITE }, publicKey).ok).toBe(false);
    expect(signatureFault({ kind: 'webauthn', public: text, site: SITE }, MESSAGE, GOOD)).toBe('key-unusable');
  });

  function spelledOut(): KeyObject {
    return generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }).publicKey;
  }

  it.each([
    ['patch.example.org', true],
    ['localhost', true],
    ['patch', true],
    ['xn--bcher-kva.example', true],
    ['1and1.example', true],
    ['192.0.2.7', false],
    ['1', false],
    ['2001:db8::1', false],
    ['Patch.example.org', false],
    ['.example.org', false],
    ['example.org.', false],
    ['a..b', false],
    ['-a.example', false],
    ['a-.example', false],
    ['https://example.org', false],
    ['example.org:8420', false],
    ['b\u00fccher.example', false],
    [`${'a'.repeat(64)}.example`, false],
    ['', false],
  ])('the site %j: %s', (site, taken) => {
    expect(SITE_FORM.test(site)).toBe(taken);
    expect(decodeValue({ ...PASSKEY.key, site }, publicKey).ok).toBe(taken);
  });
});

/** Points whose multiples go round in 1, 2, 4 and 8 steps; two have a second spelling of the same point. */
const SMALL_ORDER = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];

describe.each(SMALL_ORDER)('an Ed25519 key of small order: %s', (hex) => {
  const raw = Buffer.from(hex, 'hex');
  const opened = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });

  it('is no key here, in no spelling', () => {
    expect(openEd25519(raw)).toBeNull();
    expect(openPasskey(spki(opened))).toBeNull();
    expect(
      parseSshPublicKey(`ssh-ed25519 ${Buffer.concat([sshString('ssh-ed25519'), sshString(raw)]).toString('base64')}`),
    ).toBeNull();
  });
});

it('under such a key nothing is signed, whatever libraries make of it', () => {
  const identity = Buffer.from(SMALL_ORDER[0] ?? '', 'hex');
  const key = { kind: 'ed25519', public: identity.toString('base64') } as const;
  expect(verifySignature(key, MESSAGE, Buffer.concat([identity, Buffer.alloc(32)]))).toBe(false);
});

describe('one secret under two names is one key', () => {
  it.each<readonly [string, PublicKey, PublicKey | null]>([
    ['at two sites', PASSKEYS.es256.key, { ...PASSKEYS.es256.key, site: 'localhost' }],
    ['Ed25519 as a file', PASSKEYS.ed25519.key, { kind: 'ed25519', public: tail(PASSKEYS.ed25519.key.public, 32) }],
    ['P-256 as an SSH key', PASSKEYS.es256.key, sshPoint()],
    ['RSA as an SSH key', PASSKEYS.rs256.key, sshRsa()],
  ])('%s', (_, one, other) => {
    expect(other).not.toBeNull();
    expect(other === null ? '' : materialOf(other)).toBe(materialOf(one));
  });

  it('and two secrets are two', () => {
    expect(new Set(ALGORITHMS.map((algorithm) => materialOf(PASSKEYS[algorithm].key))).size).toBe(3);
  });

  function tail(text: string, count: number): string {
    return Buffer.from(text, 'base64').subarray(-count).toString('base64');
  }

  function sshLine(type: string, ...parts: readonly (string | Uint8Array)[]): PublicKey | null {
    return parseSshPublicKey(
      `${type} ${Buffer.concat([type, ...parts].map((part) => sshString(part))).toString('base64')}`,
    );
  }

  function sshPoint(): PublicKey | null {
    return sshLine('ecdsa-sha2-nistp256', 'nistp256', Buffer.from(tail(PASSKEYS.es256.key.public, 65), 'base64'));
  }

  function sshRsa(): PublicKey | null {
    const key = createPublicKey({ key: Buffer.from(PASSKEYS.rs256.key.public, 'base64'), format: 'der', type: 'spki' });
    const { n = '', e = '' } = key.export({ format: 'jwk' });
    const number = (text: string) => Buffer.concat([Buffer.of(0), Buffer.from(text, 'base64url')]);
    return sshLine('ssh-rsa', Buffer.from(e, 'base64url'), number(n));
  }
});
