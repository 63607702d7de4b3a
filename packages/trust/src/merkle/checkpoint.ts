import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { fromBase64 } from '../strict/base64.ts';
import { digestOf, hashOf } from './node-hash.ts';

/** What the log was at one moment. */
export interface LogHead {
  readonly size: number;
  readonly root: Hash;
}

/** A head with its place: none can be taken out of the middle, or given another time, unseen. */
export interface LinkedHead extends LogHead {
  /** Size of the head before; 0 for the first. */
  readonly previous: number;
  readonly at: Instant;
}

export type OpenedCheckpoint =
  | { readonly kind: 'opened'; readonly origin: string; readonly checkpoint: LinkedHead }
  | { readonly kind: 'refused'; readonly why: 'unreadable' | 'signature-missing' | 'signature-wrong' };

/** A note of three lines and a few signatures; a kilobyte is plenty, this is what extensions might add. */
const NOTE_CHARACTERS_MAX = 16_384;
const SIGNATURES_MAX = 64;
/** Type of an Ed25519 signature in a signed note. // C2SP signed-note §Signature types */
const ED25519_TYPE = 0x01;
const KEY_ID_BYTES = 4;
const SIGNATURE_BYTES = 64;
const RAW_KEY_BYTES = 32;
/** Names the log, and the key with it: no space, no plus sign. // C2SP signed-note §Format */
const ORIGIN_FORM = /^[\x21-\x2a\x2c-\x7e]{1,255}$/;
/** Our extension lines. // C2SP tlog-checkpoint: further lines are for the log to define */
const PREVIOUS = 'previous ';
const TIME = 'time ';
const SIZE_FORM = /^(0|[1-9]\d{0,15})$/;
const SIGNATURE_FORM = /^\u2014 ([^\s+]{1,255}) ([A-Za-z0-9+/]+={0,2})$/;

/** The head of the log as a signed note. // C2SP tlog-checkpoint */
export function signCheckpoint({ size, root, previous, at }: LinkedHead, origin: string, key: KeyObject): string {
  if (!ORIGIN_FORM.test(origin)) throw new RangeError(`No name of a log: ${origin}`);
  const text = `${origin}\n${size}\n${digestOf(root).toString('base64')}\n${PREVIOUS}${previous}\n${TIME}${new Date(at).toISOString()}\n`;
  const signature = Buffer.concat([keyIdOf(origin, createPublicKey(key)), sign(null, Buffer.from(text, 'utf8'), key)]);
  return `${text}\n\u2014 ${origin} ${signature.toString('base64')}\n`;
}

/** The head in a note that this key signed. Signatures of others, such as witnesses, are passed over. */
export function openCheckpoint(note: string, key: KeyObject): OpenedCheckpoint {
  const parts = note.length > NOTE_CHARACTERS_MAX ? null : partsOf(note);
  if (parts === null) return { kind: 'refused', why: 'unreadable' };
  const { text, origin, head, signatures } = parts;
  const wanted = keyIdOf(origin, key);
  const ours = signatures.find(({ name, bytes }) => name === origin && bytes.subarray(0, KEY_ID_BYTES).equals(wanted));
  if (ours === undefined) return { kind: 'refused', why: 'signature-missing' };
  const raw = ours.bytes.subarray(KEY_ID_BYTES);
  const right = raw.length === SIGNATURE_BYTES && verify(null, Buffer.from(text, 'utf8'), key, raw);
  return right ? { kind: 'opened', origin, checkpoint: head } : { kind: 'refused', why: 'signature-wrong' };
}

/** The head that a note speaks of, whoever signed it: for a note that its reader kept and trusts. */
export function readHead(note: string): LinkedHead | null {
  return note.length > NOTE_CHARACTERS_MAX ? null : (partsOf(note)?.head ?? null);
}

interface NoteParts {
  readonly text: string;
  readonly origin: string;
  readonly head: LinkedHead;
  readonly signatures: readonly { readonly name: string; readonly bytes: Buffer }[];
}

/** // C2SP signed-note §Format: the text ends with the last empty line, its own line feed included. */
function partsOf(note: string): NoteParts | null {
  const cut = note.lastIndexOf('\n\n');
  if (cut === -1 || !note.endsWith('\n') || !note.isWellFormed()) return null;
  const text = note.slice(0, cut + 1);
  const signatures = signaturesOf(note.slice(cut + 2, -1).split('\n'));
  const [origin = '', sizeText = '', rootText = '', linkText = '', timeText = '', ...others] = text
    .slice(0, -1)
    .split('\n');
  const size = countOf(sizeText);
  const previous = linkText.startsWith(PREVIOUS) ? countOf(linkText.slice(PREVIOUS.length)) : Number.NaN;
  const root = hashOf(fromBase64(rootText) ?? Buffer.alloc(0));
  const at = timeText.startsWith(TIME) ? instantOf(timeText.slice(TIME.length)) : Number.NaN;
  const readable = ORIGIN_FORM.test(origin) && previous < size && at >= 0 && others.every((line) => line !== '');
  if (!readable || root === null || signatures === null) return null;
  return { text, origin, head: { size, root, previous, at }, signatures };
}

/** RFC 3339 in the one form that we write; NaN for any other. */
function instantOf(text: string): Instant {
  const instant = Date.parse(text);
  return Number.isNaN(instant) || new Date(instant).toISOString() !== text ? Number.NaN : instant;
}

/** NaN compares with nothing, so that a number which is none is refused by every comparison. */
function countOf(text: string): number {
  const count = SIZE_FORM.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(count) ? count : Number.NaN;
}

function signaturesOf(lines: readonly string[]): NoteParts['signatures'] | null {
  if (lines.length > SIGNATURES_MAX) return null;
  const signatures = lines.map((line) => {
    const [, name, encoded] = SIGNATURE_FORM.exec(line) ?? [];
    const bytes = encoded === undefined ? null : fromBase64(encoded);
    return name === undefined || bytes === null ? null : { name, bytes };
  });
  return signatures.every((each) => each !== null) ? signatures : null;
}

/** // C2SP signed-note §Signature types: of the name, a line feed, the type and the key. */
function keyIdOf(name: string, key: KeyObject): Buffer {
  const raw = key.export({ type: 'spki', format: 'der' }).subarray(-RAW_KEY_BYTES);
  const named = Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), Buffer.of(ED25519_TYPE), raw]);
  return hash('sha256', named, 'buffer').subarray(0, KEY_ID_BYTES);
}
