import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { RecordProof } from '@patchsteward/contract';
import { sha256 as trustSha256 } from '@patchsteward/trust';
import {
  consistencyProof,
  EMPTY_TREE,
  fullTree,
  growTree,
  inclusionProof,
  rootOf,
  signCheckpoint,
  leafHash as trustLeafHash,
} from '@patchsteward/trust/merkle';
import { hashEntry, keyText } from '@patchsteward/trust/record';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical.ts';
import { checkNote, readNote } from './note.ts';
import { climb, continues, type EntryVerdict, verifyEntry, verifyKept } from './proof.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const KEY = keyText(privateKey);
const ORIGIN = 'patchsteward/record';
const AT = '2026-11-22T10:00:00.000Z';
const SIZE = 21;

const ENTRIES = Array.from({ length: SIZE }, (_, index) => {
  const salt = randomBytes(32);
  const header = {
    id: `01890000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    at: AT,
    actor: 'local',
    kind: 'asset.changed',
    subject: `asset-${index}`,
  };
  const payload = { z: [1.5, null, { b: 'ü\n"', a: -0 }], after: index, before: 'x' };
  return { ...header, index, payload, salt: salt.toString('base64'), ...hashEntry(header, payload, salt) };
});
const LEAVES = ENTRIES.map(({ leafHash }) => leafHash);
const TREE = fullTree(LEAVES);
const rootAt = (size: number) => rootOf(growTree(EMPTY_TREE, LEAVES.slice(0, size)));

function noteOf(size: number, key = privateKey): string {
  return signCheckpoint({ size, root: rootAt(size), previous: 0, at: Date.parse(AT) }, ORIGIN, key);
}

function proofOf(index: number, size = SIZE): RecordProof {
  const entry = ENTRIES[index];
  if (entry === undefined) throw new RangeError('no such entry');
  const { payloadHash: _, ...shown } = entry;
  return {
    entry: shown,
    key: KEY,
    checkpoint: { size, root: rootAt(size), at: AT, note: noteOf(size) },
    path: [...inclusionProof(TREE, index, size)],
  };
}

describe('the record’s own hashes', () => {
  it('every entry of every size is proved', async () => {
    for (let size = 1; size <= SIZE; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const verdict = await verifyEntry(proofOf(index, size));
        expect(verdict).toMatchObject({ holds: true, signature: 'right', root: { computed: rootAt(size) } });
        expect(verdict.steps).toHaveLength(proofOf(index, size).path.length);
      }
    }
  });

  it.each<[string, (proof: RecordProof) => RecordProof, Partial<EntryVerdict>]>([
    ['another payload', (p) => ({ ...p, entry: { ...p.entry, payload: { after: 8 } } }), { holds: false }],
    ['another actor', (p) => ({ ...p, entry: { ...p.entry, actor: 'system' } }), { holds: false }],
    ['another time', (p) => ({ ...p, entry: { ...p.entry, at: '2026-11-22T10:00:00.001Z' } }), { holds: false }],
    ['another salt', (p) => ({ ...p, entry: { ...p.entry, salt: 'AAAA' } }), { holds: false }],
    ['a salt that is no base64', (p) => ({ ...p, entry: { ...p.entry, salt: '*' } }), { holds: false }],
    ['another place', (p) => ({ ...p, entry: { ...p.entry, index: 8 } }), { holds: false }],
    ['a step less', (p) => ({ ...p, path: p.path.slice(1) }), { holds: false }],
    ['a step more', (p) => ({ ...p, path: [...p.path, rootAt(3)] }), { holds: false }],
    ['a step that is no hash', (p) => ({ ...p, path: ['x', ...p.path.slice(1)] }), { holds: false }],
    [
      'a checkpoint that is none',
      (p) => ({ ...p, checkpoint: { ...p.checkpoint, note: 'x' } }),
      { note: null, holds: false },
    ],
    [
      'the checkpoint of another key',
      (p) => ({ ...p, checkpoint: { ...p.checkpoint, note: noteOf(SIZE, generateKeyPairSync('ed25519').privateKey) } }),
      { signature: 'wrong', holds: false },
    ],
    ['a key that is none', (p) => ({ ...p, key: '*' }), { signature: 'wrong', holds: false }],
  ])('%s is refused', async (_, change, expected) => {
    expect(await verifyEntry(change(proofOf(7)))).toMatchObject(expected);
  });

  it('a changed payload changes the hash and the root, and the signature stays what it is', async () => {
    const proof = proofOf(7);
    const verdict = await verifyEntry({ ...proof, entry: { ...proof.entry, payload: { after: 8 } } });
    expect(verdict).toMatchObject({ leaf: { right: false }, root: { right: false }, signature: 'right' });
  });

  it('a hash that the server invented to fit its entry does not reach the root', async () => {
    const proof = proofOf(7);
    const forged = { ...proof.entry, payload: { after: 8 } };
    const leafHash = (await verifyEntry({ ...proof, entry: forged })).leaf.computed;
    expect(await verifyEntry({ ...proof, entry: { ...forged, leafHash } })).toMatchObject({
      leaf: { right: true },
      root: { right: false },
      holds: false,
    });
  });
});

// RFC 6962 §2.1.3: the roots and paths of seven leaves, by the definition
it('climbs as the standard draws it', async () => {
  const seven = Array.from({ length: 7 }, (_, at) => trustLeafHash(Buffer.from([at])));
  const tree = fullTree(seven);
  const root = rootOf(growTree(EMPTY_TREE, seven));
  const climbed = await climb(seven[3] ?? '', 3, 7, inclusionProof(tree, 3));
  expect(climbed.root).toBe(root);
  expect(climbed.steps.map(({ side }) => side)).toEqual(['left', 'left', 'right']);
});

describe('a checkpoint kept elsewhere', () => {
  let newest: { checkpoint: RecordProof['checkpoint'] };
  beforeAll(() => {
    newest = { checkpoint: { size: SIZE, root: rootAt(SIZE), at: AT, note: noteOf(SIZE) } };
  });
  const kept = (text: string) => {
    const note = readNote(text);
    if (note === null) throw new Error('unreadable');
    return note;
  };

  it.each(Array.from({ length: SIZE }, (_, index) => index + 1))('of %i entries is continued', async (size) => {
    const path = [...consistencyProof(TREE, size)];
    const verdict = await verifyKept(kept(noteOf(size)), { ...newest, path }, KEY);
    expect(verdict).toMatchObject({ kind: 'continues', kept: 'right', signed: 'right' });
    const forged = { size, root: trustSha256('another') };
    expect(await continues(forged, { size: SIZE, root: rootAt(SIZE) }, path)).toBe(false);
    expect(
      await continues({ size, root: rootAt(size) }, { size: SIZE, root: rootAt(SIZE) }, [...path, rootAt(1)]),
    ).toBe(false);
    if (path.length > 0) {
      const short = path.slice(0, -1);
      expect(await continues({ size, root: rootAt(size) }, { size: SIZE, root: rootAt(SIZE) }, short)).toBe(false);
    }
  });

  it('of a longer record says that the record shrank', async () => {
    const short = { checkpoint: { size: 5, root: rootAt(5), at: AT, note: noteOf(5) }, path: [] };
    expect(await verifyKept(kept(noteOf(9)), short, KEY)).toEqual({ kind: 'shrunken', size: 5 });
  });

  it('of another history says that it was rewritten', async () => {
    const other = signCheckpoint({ size: 5, root: rootAt(6), previous: 0, at: 0 }, ORIGIN, privateKey);
    const path = [...consistencyProof(TREE, 5)];
    expect(await verifyKept(kept(other), { ...newest, path }, KEY)).toEqual({ kind: 'rewritten' });
  });

  it('that another key signed says so', async () => {
    const foreign = noteOf(5, generateKeyPairSync('ed25519').privateKey);
    expect(await verifyKept(kept(foreign), { ...newest, path: [] }, KEY)).toEqual({
      kind: 'signature-wrong',
      which: 'kept',
    });
  });

  it.each(['', 'hello', '{"a":1}', 'a\nb\nc\n\nd', `${ORIGIN}\n5\nAAAA\n\n\u2014 x AAAA`])('%j is none', (text) => {
    expect(readNote(text)).toBeNull();
  });

  it('is read with the spaces and line breaks of a mail around it', async () => {
    const note = kept(`\n  ${noteOf(5).replaceAll('\n', '\r\n')}\r\n\r\n`);
    expect(note).toMatchObject({ origin: ORIGIN, size: 5, root: rootAt(5), at: AT });
    expect(await checkNote(note, KEY)).toBe('right');
  });
});

it('any JSON has the same canonical text here as where the record is made', async () => {
  const { canonicalJson: theirs } = await import('@patchsteward/trust');
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(value)).toBe(theirs(value));
    }),
  );
});
