import { type Envelope, PAYLOAD_TYPES, parseEnvelope, payloadOf } from '@patchsteward/trust/dsse';
import { decodeRoot, type KnownRoot, rootHash } from '@patchsteward/trust/root';
import { Failure } from '../platform/failure.ts';
import { readInput } from '../platform/read-input.ts';

const ROOT_FILE_BYTES_MAX = 2 * 1024 * 1024;
/** A root is no secret: everybody who checks a signature reads it. */
export const ROOT_FILE_MODE = 0o644;

export interface RootFile extends KnownRoot {
  readonly envelope: Envelope;
}

/** A root with its signatures so far. That they are enough is judged where it is used. */
export async function readRootFile(path: string): Promise<RootFile> {
  const parsed = parseEnvelope(await readInput(path, ROOT_FILE_BYTES_MAX));
  if (!parsed.ok) throw notARoot(path, parsed.refusal.detail);
  if (parsed.value.payloadType !== PAYLOAD_TYPES.root) throw notARoot(path, parsed.value.payloadType);
  const payload = payloadOf(parsed.value);
  const read = decodeRoot(payload);
  if (!read.ok) throw notARoot(path, read.refusal.detail);
  return { envelope: parsed.value, root: read.value, hash: rootHash(payload) };
}

export function rootFileText(envelope: Envelope): string {
  return `${JSON.stringify(envelope, null, 2)}\n`;
}

function notARoot(path: string, detail: string): Failure {
  return new Failure(
    `${path} is no trust root (${detail})`,
    'name a file that "patchsteward trust init" or "trust change" wrote',
  );
}
