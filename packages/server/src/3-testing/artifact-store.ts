import type { Hash, Instant } from '@patchsteward/core/vocabulary';
import { timestamp } from '../platform/column-types.ts';
import type { Tx } from '../platform/database.ts';

export interface Artifact {
  readonly hash: Hash;
  readonly kind: 'release' | 'index' | 'package' | 'report';
  readonly sizeBytes: number;
  readonly package: { readonly name: string; readonly version: string; readonly architecture: string } | null;
}

/** Enters what the byte store has taken. The bytes come first: a row without bytes would be a promise nobody keeps. */
export async function enterArtifacts(tx: Tx, artifacts: readonly Artifact[], at: Instant): Promise<void> {
  if (artifacts.length === 0) return;
  const rows = new Map(artifacts.map((artifact) => [artifact.hash, artifact]));
  await tx
    .insertInto('testing.artifact')
    .values(
      [...rows.values()]
        // Always in this order: nobody waits in a circle.
        .sort((a, b) => (a.hash < b.hash ? -1 : 1))
        .map(({ hash, kind, sizeBytes, package: of }) => ({
          ...{ hash, kind, size_bytes: sizeBytes, stored_at: timestamp(at) },
          ...{ name: of?.name ?? null, version: of?.version ?? null, architecture: of?.architecture ?? null },
        })),
    )
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
}
