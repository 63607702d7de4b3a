import type { Client } from '@patchsteward/contract/client';
import { type Envelope, payloadOf, readEnvelope } from '@patchsteward/trust/dsse';
import { decodeRoot, type KnownRoot, rootHash, verifyRootChain } from '@patchsteward/trust/root';
import { Failure } from '../platform/failure.ts';

export type ServerRoot = KnownRoot & { readonly envelope: Envelope };

/** Roots of one answer are a chunk; a server with more versions than this is no server of ours. */
const ROOTS_MAX = 1_024;

/**
 * The newest root of the server, its whole chain verified from its first one on. That the first one is the right one, only
 * its hash tells, which the person has from elsewhere. Null: the server has none.
 */
export async function newestRoot(client: Client): Promise<ServerRoot | null> {
  let newest: ServerRoot | null = null;
  for (let count = 0; count < ROOTS_MAX; ) {
    const { items } = await client('trust.roots', { query: { after: newest?.root.version ?? 0 } });
    if (items.length === 0) return newest;
    for (const item of items) newest = follow(newest, item.envelope);
    count += items.length;
  }
  throw new Failure('the server has more trust roots than can be', 'ask its administrator');
}

function follow(newest: ServerRoot | null, given: unknown): ServerRoot {
  const envelope = readEnvelope(given);
  if (!envelope.ok) throw untrusted(envelope.refusal.code, envelope.refusal.detail);
  const payload = payloadOf(envelope.value);
  const read = decodeRoot(payload);
  if (!read.ok) throw untrusted(read.refusal.code, read.refusal.detail);
  const anchor =
    newest === null
      ? ({ kind: 'pinned', hash: rootHash(payload) } as const)
      : ({ kind: 'known', known: { root: newest.root, hash: newest.hash } } as const);
  const verified = verifyRootChain(anchor, [envelope.value]);
  if (!verified.ok) throw untrusted(verified.refusal.code, verified.refusal.detail);
  return { ...verified.value, envelope: envelope.value };
}

function untrusted(code: string, detail: string): Failure {
  return new Failure(
    `the trust roots of the server are not a chain: ${code} (${detail})`,
    'believe nothing of this server; compare the hash of its first root with the one from "patchsteward trust init"',
  );
}
