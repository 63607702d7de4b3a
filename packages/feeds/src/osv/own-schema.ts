import { CLAIM_AUTHORITIES, CLAIM_STATUSES, JUSTIFICATIONS } from '@patchsteward/core/1-identification';
import { z } from 'zod';
import { NameText as Name } from '../name-text.ts';

// What our own export says where OSV has no word for it. // OSV database_specific

const OwnRange = z.object({ introduced: Name.nullable(), fixed: Name.nullable(), lastAffected: Name.nullable() });

/** What a claim is beside its versions. */
export const OwnEntry = z.object({
  scope: Name,
  packageKind: z.enum(['source', 'binary']),
  packageName: Name,
  status: z.enum(CLAIM_STATUSES),
  authority: z.enum(CLAIM_AUTHORITIES),
  architectures: z.array(Name).optional(),
  justification: z.enum(JUSTIFICATIONS).optional(),
  impact: z.string().optional(),
  provenance: z.string().optional(),
  /** Present where events cannot say the same, such as "every version". */
  ranges: z.array(OwnRange).optional(),
});
export type OwnEntry = z.infer<typeof OwnEntry>;

/** What `affected` cannot hold without being misread: "not affected", or a package of no ecosystem of OSV. */
const OwnStatement = OwnEntry.extend({ ranges: z.array(OwnRange), versions: z.array(Name) });
export type OwnStatement = z.infer<typeof OwnStatement>;

export const OwnRecord = z.object({
  /** Who said it, and in which advisory. */
  feed: Name,
  advisory: Name,
  vulnerabilities: z.array(Name),
  statements: z.array(OwnStatement),
});
export type OwnRecord = z.infer<typeof OwnRecord>;
