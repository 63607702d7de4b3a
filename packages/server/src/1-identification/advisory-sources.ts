import type { AdvisorySourceBody } from '@patchsteward/contract';
import { sql } from 'kysely';
import type { SourceCheck } from '../connectors/csaf-document.ts';
import type { Tx } from '../platform/database.ts';

/** The document that an advisory was read from: `sha256:<hex>` of its bytes as its vendor published them. */
export type AdvisorySource = SourceCheck & { readonly id: string; readonly sha256: string };

/** Where the advisories of a file come from: out of documents of their own, all others out of the file itself. */
export interface FileSources {
  readonly file: SourceCheck & { readonly sha256: string };
  readonly documents: readonly AdvisorySource[];
}

/** A row that `sourceColumns` were read into; null in all of them: nobody kept it, or a person told it. */
export interface SourceRow {
  readonly source_sha256: string | null;
  readonly source_kind: string | null;
  readonly checked_by: string | null;
  readonly signed_by: readonly string[] | null;
}

/** What a SourceRow is selected by, of `advisory`. */
export const sourceColumns = sql`
  advisory.source_sha256, advisory.source_kind, advisory.checked_by, advisory.signed_by
`;

/** Where an advisory comes from, for whoever reads it. */
export function sourceBody(row: SourceRow): AdvisorySourceBody | null {
  const { source_sha256: sha256, source_kind: kind, checked_by: by, signed_by: keys } = row;
  if (sha256 === null || by === null) return null;
  const checkedBy = by === 'signature' || by === 'hash' ? by : 'nothing';
  return { sha256, of: kind === 'document' ? 'document' : 'file', checkedBy, signedBy: [...(keys ?? [])] };
}

/**
 * Stages where each staged advisory comes from. Of a file of many records the hash of the file is kept: that is what its
 * publisher published, and what the record of the import names.
 */
export async function stageSources(tx: Tx, sources: FileSources | null): Promise<void> {
  await sql`
    create temporary table staged_source (
      id text primary key, sha256 text not null, kind text not null, checked_by text not null, signed_by text[]
    ) on commit drop
  `.execute(tx);
  if (sources === null) return;
  const { file, documents } = sources;
  // Of two revisions of a document in one import the later one stands.
  const last = [...new Map(documents.map((one) => [one.id, one])).values()];
  const rows = last.map(({ id, sha256, checkedBy, signedBy }) => ({
    ...{ id, sha256, kind: 'document', checked_by: checkedBy, signed_by: signedBy },
  }));
  await sql`
    insert into staged_source
    select * from json_populate_recordset(null::staged_source, ${JSON.stringify(rows)}::json)
  `.execute(tx);
  await sql`
    insert into staged_source
    select distinct id, ${file.sha256}, 'file', ${file.checkedBy}, ${file.signedBy}::text[] from staged_advisory
    where id is not null
    on conflict do nothing
  `.execute(tx);
}

/**
 * A document that says what it said before may have been checked better since then, or come in other bytes. Of files of
 * many records only the one in which a revision came first is kept.
 */
export async function refreshSources(tx: Tx, feed: string): Promise<void> {
  await sql`
    update identification.advisory set source_sha256 = source.sha256, source_kind = source.kind,
      checked_by = source.checked_by, signed_by = source.signed_by
    from staged_source as source join staged_advisory as staged on staged.id = source.id
    where advisory.feed = ${feed} and advisory.id = source.id and advisory.revision = staged.revision
      and (source.kind = 'document' or advisory.source_sha256 is null)
      and (advisory.source_sha256, advisory.source_kind, advisory.checked_by, advisory.signed_by)
        is distinct from (source.sha256, source.kind, source.checked_by, source.signed_by)
  `.execute(tx);
}
