import { base64Bytes, hashText, sha256, utf8 } from './hashing.ts';

/** A checkpoint as it is signed: what the record was at one moment. // C2SP tlog-checkpoint */
export interface Note {
  readonly origin: string;
  readonly size: number;
  readonly root: string;
  /** RFC 3339, as the note says. */
  readonly at: string;
  readonly text: string;
  readonly signatures: readonly { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> }[];
}

/** As the command line takes it: three lines and a few signatures are far below it. */
export const NOTE_CHARACTERS_MAX = 16_384;
const SIZE_FORM = /^(?:0|[1-9]\d{0,15})$/;
const SIGNATURE_FORM = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})$/;
const ROOT_BYTES = 32;
const KEY_ID_BYTES = 4;
/** Type of an Ed25519 signature in a signed note. // C2SP signed-note §Signature types */
const ED25519_TYPE = 0x01;

/** The parts of a note; null where it is none. Spaces and line breaks around it come from copying. */
export function readNote(pasted: string): Note | null {
  const note = `${pasted.replaceAll('\r\n', '\n').trim()}\n`;
  const cut = note.lastIndexOf('\n\n');
  if (cut === -1 || note.length > NOTE_CHARACTERS_MAX) return null;
  const text = note.slice(0, cut + 1);
  const [origin = '', sizeText = '', rootText = '', , timeText = ''] = text.split('\n');
  const root = base64Bytes(rootText);
  const signatures = signaturesOf(note.slice(cut + 2, -1).split('\n'));
  if (origin === '' || !SIZE_FORM.test(sizeText) || root?.length !== ROOT_BYTES || signatures === null) return null;
  return { origin, size: Number(sizeText), root: hashText(root), at: timeText.replace(/^time /, ''), text, signatures };
}

function signaturesOf(lines: readonly string[]): Note['signatures'] | null {
  const signatures = lines.map((line) => {
    const [, name, encoded] = SIGNATURE_FORM.exec(line) ?? [];
    const bytes = encoded === undefined ? null : base64Bytes(encoded);
    return name === undefined || bytes === null ? null : { name, bytes };
  });
  return signatures.every((each) => each !== null) ? signatures : null;
}

/** `unknown`: this browser cannot check Ed25519 signatures; that is no word about the note. */
export type NoteSignature = 'right' | 'wrong' | 'unknown';

/** Whether the key (base64 of its 32 bytes) signed the note. Signatures of others are passed over. */
export async function checkNote(note: Note, keyText: string): Promise<NoteSignature> {
  const raw = base64Bytes(keyText);
  if (raw === null) return 'wrong';
  const wanted = (await sha256(utf8(`${note.origin}\n`), Uint8Array.of(ED25519_TYPE), raw)).slice('sha256:'.length);
  const ours = note.signatures.find(
    ({ name, bytes }) =>
      name === note.origin && hashText(bytes.slice(0, KEY_ID_BYTES)) === `sha256:${wanted.slice(0, 2 * KEY_ID_BYTES)}`,
  );
  if (ours === undefined) return 'wrong';
  const key = await ed25519Key(raw);
  if (key === null) return 'unknown';
  const right = await crypto.subtle.verify('Ed25519', key, ours.bytes.slice(KEY_ID_BYTES), utf8(note.text));
  return right ? 'right' : 'wrong';
}

/** null where the browser knows no Ed25519. */
async function ed25519Key(raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey | null> {
  try {
    return await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return null;
    throw error;
  }
}

/** A short name of a key, to be compared by eye. */
export async function keyFingerprint(keyText: string): Promise<string> {
  return sha256(base64Bytes(keyText) ?? new Uint8Array());
}
