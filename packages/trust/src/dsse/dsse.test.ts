import { describe, expect, it, test } from 'vitest';
import { sha256 } from '../hash.ts';
import { KEYS, signature } from '../testing/people.ts';
import { ENVELOPE_BYTES_MAX, parseEnvelope, payloadOf, readEnvelope, sealEnvelope, withSignature } from './envelope.ts';
import { PAYLOAD_TYPES } from './payload-type.ts';
import { preAuthenticationEncoding } from './pre-authentication-encoding.ts';

// The example of the DSSE protocol, word for word.
test('the encoding before a signature is the one of the specification', () => {
  const encoded = preAuthenticationEncoding('http://example.com/HelloWorld', Buffer.from('hello world'));
  expect(Buffer.from(encoded).toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
});

test('lengths are of bytes, not of characters', () => {
  const encoded = preAuthenticationEncoding('é', Buffer.from('€'));
  expect(Buffer.from(encoded).toString()).toBe('DSSEv1 2 é 3 €');
});

const EMPTY = sealEnvelope(PAYLOAD_TYPES.plan, Buffer.from('{}'));
const A = signature(EMPTY, KEYS.ivy);
const B = signature(EMPTY, KEYS.otto);

test('signatures are kept in order, each key once', () => {
  const both = [A, B].sort((a, b) => (a.keyid < b.keyid ? -1 : 1));
  expect(withSignature(withSignature(EMPTY, A), B).signatures).toEqual(both);
  expect(withSignature(withSignature(EMPTY, B), A).signatures).toEqual(both);
  expect(withSignature(withSignature(EMPTY, A), A).signatures).toEqual([A]);
});

test('the bytes of a payload stay what they were', () => {
  const bytes = Buffer.from([0, 255, 10, 13, 123]);
  expect(payloadOf(sealEnvelope(PAYLOAD_TYPES.root, bytes))).toEqual(bytes);
});

const GOOD = withSignature(EMPTY, A);
const OTHER_KEY = sha256('a key');

describe('what is no envelope', () => {
  it.each([
    ['null', null],
    ['a list', [GOOD]],
    ['no signatures', { payloadType: GOOD.payloadType, payload: GOOD.payload }],
    ['a field more', { ...GOOD, certificate: '' }],
    ['a payload type of nobody', { ...GOOD, payloadType: 'text/plain' }],
    ['a payload type with a space', { ...GOOD, payloadType: `${GOOD.payloadType} ` }],
    ['a payload type with parameters', { ...GOOD, payloadType: `${GOOD.payloadType};v=2` }],
    ['an empty payload', { ...GOOD, payload: '' }],
    ['a payload with a line break', { ...GOOD, payload: `e3\n0=` }],
    ['a payload without padding', { ...GOOD, payload: 'e30' }],
    ['a payload with idle bits', { ...GOOD, payload: 'e31=' }],
    ['a payload in the alphabet for addresses', { ...GOOD, payload: 'e-8_' }],
    ['a payload with something behind', { ...GOOD, payload: 'e30=e30=' }],
    ['a payload of 1 MiB', { ...GOOD, payload: Buffer.alloc(1024 * 1024).toString('base64') }],
    ['a signature that is text', { ...GOOD, signatures: ['sig'] }],
    ['a key without a hash', { ...GOOD, signatures: [{ ...A, keyid: 'ivy' }] }],
    ['a key in capitals', { ...GOOD, signatures: [{ ...A, keyid: A.keyid.toUpperCase() }] }],
    ['an empty signature', { ...GOOD, signatures: [{ ...A, sig: '' }] }],
    ['a signature of 16 KiB', { ...GOOD, signatures: [{ ...A, sig: Buffer.alloc(16_384).toString('base64') }] }],
    ['a signature twice', { ...GOOD, signatures: [A, A] }],
    ['one key with two signatures', { ...GOOD, signatures: [A, { ...A, sig: B.sig }] }],
    ['65 signatures', { ...GOOD, signatures: Array.from({ length: 65 }, () => ({ keyid: OTHER_KEY, sig: A.sig })) }],
    ['a certificate in a signature', { ...GOOD, signatures: [{ ...A, cert: '' }] }],
  ])('%s', (_, value) => {
    const read = readEnvelope(value);
    expect(read.ok ? 'taken' : read.refusal.code).toMatch(/^(envelope-unreadable|too-large)$/);
  });

  it.each([
    ['no bytes', Buffer.alloc(0), 'envelope-unreadable'],
    ['no JSON', Buffer.from('{"payloadType":'), 'envelope-unreadable'],
    ['no UTF-8', Buffer.from([0xff, 0xfe]), 'envelope-unreadable'],
    ['too many bytes', Buffer.alloc(ENVELOPE_BYTES_MAX + 1, 0x20), 'too-large'],
    ['nothing but brackets', Buffer.alloc(ENVELOPE_BYTES_MAX, '['), 'envelope-unreadable'],
  ])('%s', (_, bytes, code) => {
    const read = parseEnvelope(bytes);
    expect(read.ok ? 'taken' : read.refusal.code).toBe(code);
  });

  it('a good one is read from its bytes, however they are spaced', () => {
    const read = parseEnvelope(Buffer.from(`${JSON.stringify(GOOD, null, 2)}\n`));
    expect(read).toEqual({ ok: true, value: GOOD });
  });
});
