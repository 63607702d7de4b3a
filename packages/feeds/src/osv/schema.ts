import { z } from 'zod';
import { NameText as Name } from '../name-text.ts';
import { OwnEntry, OwnRecord } from './own-schema.ts';

// What we read of OSV 1.7 and no more; unknown members are dropped. // https://ossf.github.io/osv-schema/

/** Absent and null mean the same in OSV. */
const list = <T extends z.ZodType>(item: T) => z.array(item).nullish();

const OsvEvent = z.object({
  introduced: Name.optional(),
  fixed: Name.optional(),
  last_affected: Name.optional(),
  limit: Name.optional(),
});

const OsvRange = z.object({ type: z.string(), events: z.array(OsvEvent) });

/** A rating that cannot be read costs itself, and not the record. */
const OsvSeverity = z
  .object({ type: z.string().max(64), score: z.string().max(1024) })
  .nullable()
  .catch(null);

export const OsvAffected = z.object({
  package: z.object({ ecosystem: Name, name: Name }),
  ranges: list(OsvRange),
  versions: list(Name),
  severity: list(OsvSeverity),
  /** Debian's own rating of the vulnerability on this release. */
  ecosystem_specific: z
    .object({ urgency: z.string().optional().catch(undefined) })
    .nullish()
    .catch(null),
  database_specific: z
    .object({ patchsteward: OwnEntry.optional().catch(undefined) })
    .nullish()
    .catch(null),
});
export type OsvAffected = z.infer<typeof OsvAffected>;

export const OsvRecord = z.object({
  id: Name,
  /** OSV requires it; some converters know no date. */
  modified: z.string().nullish(),
  published: z.string().nullish(),
  withdrawn: z.string().nullish(),
  aliases: list(Name),
  upstream: list(Name),
  related: list(Name),
  summary: z.string().nullish(),
  details: z.string().nullish(),
  affected: list(OsvAffected),
  references: list(z.object({ url: z.string() })),
  severity: list(OsvSeverity),
  /** GitHub's word, in capitals; and what our own export says beyond OSV. */
  database_specific: z
    .object({
      severity: z.string().max(64).optional().catch(undefined),
      patchsteward: OwnRecord.optional().catch(undefined),
    })
    .nullish()
    .catch(null),
});
export type OsvRecord = z.infer<typeof OsvRecord>;
