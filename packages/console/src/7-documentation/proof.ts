import type { RecordConsistency, RecordProof } from '@patchsteward/contract';
import { canonicalJson } from './canonical.ts';
import { base64Bytes, digestOf, leafHash, nodeHash, sha256, utf8 } from './hashing.ts';
import { checkNote, type Note, type NoteSignature, readNote } from './note.ts';

/** One step from the leaf up: the hash so far, what stands beside it, and what both make. */
export interface PathStep {
  readonly beside: string;
  readonly side: 'left' | 'right';
  readonly made: string;
}

export interface EntryVerdict {
  /** What the bytes shown make, and what the server said they make. */
  readonly leaf: { readonly computed: string; readonly right: boolean };
  readonly steps: readonly PathStep[];
  readonly root: { readonly computed: string | null; readonly right: boolean };
  readonly signature: NoteSignature;
  readonly note: Note | null;
  /** Everything that could be checked is right. */
  readonly holds: boolean;
}

/** The hash of an entry, of what is shown of it. // the record's leaf: header, and the payload by its salted hash */
async function entryHash(entry: RecordProof['entry']): Promise<string> {
  const { actor, at, id, kind, subject } = entry;
  const payloadHash = await sha256(base64Bytes(entry.salt) ?? new Uint8Array(), utf8(canonicalJson(entry.payload)));
  return leafHash(utf8(canonicalJson({ actor, at, id, kind, subject })), digestOf(payloadHash));
}

/** From a leaf up to the root; null where the path is not one of such a tree. // RFC 9162 §2.1.3.2, step by step */
export async function climb(leaf: string, index: number, size: number, path: readonly string[]) {
  const steps: PathStep[] = [];
  let [fn, sn, hash] = [index, size - 1, leaf];
  for (const beside of path) {
    if (sn === 0 || fn > sn) return { steps, root: null };
    const left = fn % 2 === 1 || fn === sn;
    hash = left ? await nodeHash(beside, hash) : await nodeHash(hash, beside);
    steps.push({ beside, side: left ? 'left' : 'right', made: hash });
    while (left && fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return { steps, root: sn === 0 && index < size ? hash : null };
}

/** Computed here from the bytes alone; the server's own words about its hashes count for nothing. */
export async function verifyEntry({ entry, key, checkpoint, path }: RecordProof): Promise<EntryVerdict> {
  const computed = await entryHash(entry);
  const note = readNote(checkpoint.note);
  const { steps, root } = await climb(computed, entry.index, note?.size ?? 0, path);
  const signature = note === null ? 'wrong' : await checkNote(note, key);
  const leaf = { computed, right: computed === entry.leafHash };
  const rootRight = root !== null && root === note?.root;
  const holds = leaf.right && rootRight && signature !== 'wrong';
  return { leaf, steps, root: { computed: root, right: rootRight }, signature, note, holds };
}

interface Head {
  readonly size: number;
  readonly root: string;
}

/** Whether the older record is the beginning of the newer one. // RFC 9162 §2.1.4.2, step by step */
export async function continues(from: Head, to: Head, path: readonly string[]): Promise<boolean> {
  if (from.size > to.size || from.size === 0) return false;
  if (from.size === to.size) return path.length === 0 && from.root === to.root;
  const [first, ...rest] = isPowerOfTwo(from.size) ? [from.root, ...path] : path;
  if (first === undefined || (isPowerOfTwo(from.size) && rest.length === 0)) return false;
  let [fn, sn] = [from.size - 1, to.size - 1];
  while (fn % 2 === 1) [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  let [old, grown] = [first, first];
  for (const beside of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [old, grown] = [await nodeHash(beside, old), await nodeHash(beside, grown)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn / 2, Math.floor(sn / 2)];
    } else {
      grown = await nodeHash(grown, beside);
    }
    [fn, sn] = [Math.floor(fn / 2), Math.floor(sn / 2)];
  }
  return sn === 0 && old === from.root && grown === to.root;
}

function isPowerOfTwo(count: number): boolean {
  return 2 ** Math.round(Math.log2(count)) === count;
}

export type KeptVerdict =
  | { readonly kind: 'continues'; readonly now: Note; readonly kept: NoteSignature; readonly signed: NoteSignature }
  /** Both were signed, and the older is not the beginning of the newer: the history was rewritten. */
  | { readonly kind: 'rewritten' }
  /** The record on the server is shorter than what was kept. */
  | { readonly kind: 'shrunken'; readonly size: number }
  | { readonly kind: 'signature-wrong'; readonly which: 'kept' | 'now' };

/** A checkpoint kept elsewhere against the newest one of the server. */
export async function verifyKept(
  kept: Note,
  { checkpoint, path }: Pick<RecordConsistency, 'checkpoint' | 'path'>,
  key: string,
): Promise<KeptVerdict> {
  const now = readNote(checkpoint.note);
  const signed = now === null ? 'wrong' : await checkNote(now, key);
  if (now === null || signed === 'wrong') return { kind: 'signature-wrong', which: 'now' };
  const keptSigned = await checkNote(kept, key);
  if (keptSigned === 'wrong') return { kind: 'signature-wrong', which: 'kept' };
  if (kept.size > now.size) return { kind: 'shrunken', size: now.size };
  return (await continues(kept, now, path))
    ? { kind: 'continues', now, kept: keptSigned, signed }
    : { kind: 'rewritten' };
}
