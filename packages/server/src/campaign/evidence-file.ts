import type { Readable } from 'node:stream';
import type { CampaignState } from '@patchsteward/core/campaign';
import type { Hash } from '@patchsteward/core/vocabulary';
import type { Reader } from '../platform/database.ts';
import { readDocument } from './documents.ts';

export type OpenArtifact = (
  sha256: Hash,
) => Promise<{ readonly stream: Readable; readonly sizeBytes: number } | undefined>;

interface EvidenceFile {
  readonly bytes: Readable | Uint8Array;
  readonly fileName: string;
}

/**
 * What a campaign's verdict names by this hash, as a file: a document of its own, a signed word about it, the proof of
 * a backup that it rests on, or its authenticity report. Nothing that this campaign does not name.
 */
export async function evidenceFile(
  reader: Reader,
  openArtifact: OpenArtifact,
  state: CampaignState,
  hash: string,
): Promise<EvidenceFile | undefined> {
  const fileName = `patchsteward-evidence-${hash.slice('sha256:'.length, 'sha256:'.length + 12)}.json`;
  const own = (await readDocument(reader, state.id, hash)) ?? (await envelopeOf(reader, state, hash));
  if (own !== undefined) return { bytes: own, fileName };
  const { authenticity } = state;
  if (authenticity?.kind !== 'verified' || authenticity.report !== hash) return undefined;
  const kept = await openArtifact(authenticity.report);
  return kept === undefined ? undefined : { bytes: kept.stream, fileName };
}

async function envelopeOf(reader: Reader, { id, backup }: CampaignState, hash: string): Promise<Buffer | undefined> {
  const said = await reader
    .selectFrom('approval.statement')
    .select('envelope')
    .where('campaign', '=', id)
    .where('hash', '=', hash)
    .executeTakeFirst();
  if (said !== undefined) return Buffer.from(said.envelope, 'utf8');
  if (backup?.proofs.some(({ evidence }) => evidence === hash) !== true) return undefined;
  const proof = await reader.selectFrom('backup.proof').select('envelope').where('hash', '=', hash).executeTakeFirst();
  return proof === undefined ? undefined : Buffer.from(proof.envelope, 'utf8');
}
