import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from '../hash.ts';
import { openCheckpoint, signCheckpoint } from './checkpoint.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('ed25519');
const HEAD = {
  size: 20_852_163,
  root: sha256('a tree'),
  previous: 20_852_000,
  at: Date.parse('2026-11-22T10:00:00.250Z'),
};
const ORIGIN = 'patchsteward.example/record';
const NOTE = signCheckpoint(HEAD, ORIGIN, privateKey);

test('a signed note has the lines that C2SP asks for', () => {
  const [origin, size, root, previous, time, empty, signature, end] = NOTE.split('\n');
  const lines = [ORIGIN, '20852163', 'previous 20852000', 'time 2026-11-22T10:00:00.250Z', '', ''];
  expect([origin, size, previous, time, empty, end]).toEqual(lines);
  expect(Buffer.from(root ?? '', 'base64').toString('hex')).toBe(HEAD.root.slice(7));
  expect(signature).toMatch(/^\u2014 patchsteward\.example\/record [A-Za-z0-9+/]{91}=$/);
});

test('the note opens with its key, also beside signatures of witnesses', () => {
  const witness = `\u2014 witness.example ${Buffer.alloc(76, 7).toString('base64')}\n`;
  for (const note of [NOTE, NOTE + witness]) {
    expect(openCheckpoint(note, publicKey)).toEqual({ kind: 'opened', origin: ORIGIN, checkpoint: HEAD });
  }
});

const [, , , , , , SIGNATURE_LINE = ''] = NOTE.split('\n');
test.each([
  ['another size', NOTE.replace('20852163', '20852164'), 'signature-wrong'],
  ['another log', NOTE.replace(ORIGIN, 'another.example'), 'signature-missing'],
  ['no signature', NOTE.slice(0, NOTE.indexOf('\n\n') + 2), 'unreadable'],
  ['no end', NOTE.slice(0, -1), 'unreadable'],
  ['a size with a zero before', NOTE.replace('20852163', '020852163'), 'unreadable'],
  ['a size with a sign', NOTE.replace('20852163', '+20852163'), 'unreadable'],
  ['a link to itself', NOTE.replace('previous 20852000', 'previous 20852163'), 'unreadable'],
  ['another link', NOTE.replace('previous 20852000', 'previous 20852001'), 'signature-wrong'],
  ['no link', NOTE.replace('previous 20852000\n', ''), 'unreadable'],
  ['another time', NOTE.replace('10:00:00.250Z', '10:00:00.251Z'), 'signature-wrong'],
  ['no time', NOTE.replace(/time .*\n/, ''), 'unreadable'],
  ['a time that is none', NOTE.replace(/time .*\n/, 'time soon\n'), 'unreadable'],
  ['a hash cut short', NOTE.replace(/\n[^\n]*=\n/, '\nAAAA\n'), 'unreadable'],
  ['a line inserted before the signature', NOTE.replace('\n\n', '\nextension\n\n'), 'signature-wrong'],
  ['a signature of nothing', NOTE.replace(SIGNATURE_LINE, `\u2014 ${ORIGIN} AAAA`), 'signature-missing'],
  ['a hyphen in place of the dash', NOTE.replace('\u2014', '-'), 'unreadable'],
  ['no text', '', 'unreadable'],
  ['endless text', 'a'.repeat(20_000), 'unreadable'],
])('%s is refused', (_, note, why) => {
  expect(openCheckpoint(note, publicKey)).toEqual({ kind: 'refused', why });
});

test('the note of another key is refused', () => {
  expect(openCheckpoint(NOTE, other.publicKey)).toEqual({ kind: 'refused', why: 'signature-missing' });
});

test('no changed character is accepted', () => {
  fc.assert(
    fc.property(fc.nat(NOTE.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
      const changed = NOTE.slice(0, at) + character + NOTE.slice(at + 1);
      fc.pre(changed !== NOTE);
      expect(openCheckpoint(changed, publicKey).kind).toBe('refused');
    }),
    { numRuns: 2_000 },
  );
});
