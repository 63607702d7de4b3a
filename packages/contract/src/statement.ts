import { z } from 'zod';
import { Base64 } from './envelope.ts';
import { LaneText } from './parts.ts';
import { HashText, Id, Timestamp, textOf } from './units.ts';

/** As much as a person writes into one field of what is signed. */
const TEXT_CHARACTERS_MAX = 2_000;
/** A statement may name each asset of a campaign. */
const ASSETS_MAX = 10_000;
const UNITS_MAX = 1_000;
const UNIT_CHARACTERS_MAX = 255;

const Note = textOf(TEXT_CHARACTERS_MAX);
const Why = Note.refine((text) => text.trim() !== '', 'must say something');

/** A word about one plan; without `plan` it speaks of the campaign. */
function said<Kind extends string, Body extends z.ZodRawShape>(kind: Kind, body: Body) {
  return z.strictObject({ kind: z.literal(kind), plan: HashText.nullable().default(null), body: z.strictObject(body) });
}
function saidOfPlan<Kind extends string, Body extends z.ZodRawShape>(kind: Kind, body: Body) {
  return z.strictObject({ kind: z.literal(kind), plan: HashText, body: z.strictObject(body) });
}

/** What a person wants to say, before it has the form in which it is signed. Lists may come in any order. */
export const StatementDraftRequest = z
  .discriminatedUnion('kind', [
    said('risk.assessed', {
      impact: z.enum(['low', 'medium', 'high']),
      reboot: z.boolean(),
      restarts: z.array(z.string().max(UNIT_CHARACTERS_MAX)).max(UNITS_MAX),
      rollback: z.enum(['rehearsed', 'prepared', 'none']),
      exposure: Note,
      note: Note,
    }),
    said('lane.set', { lane: LaneText, due: Timestamp, why: Why }),
    said('auth.released', { why: Why }),
    said('test.accepted', { why: Why }),
    said('test.deferred', { due: Timestamp, why: Why }),
    saidOfPlan('window.agreed', { assets: z.array(Id).min(1).max(ASSETS_MAX) }),
    saidOfPlan('approval.refused', { why: Why }),
    saidOfPlan('approval.revoked', { why: Why }),
    said('resume', { why: Why }),
    said('rollback.requested', { why: Why }),
    said('host.declared', { assetId: Id, as: z.enum(['up-verified', 'down-accepted', 'decommissioned']), why: Why }),
    said('waiver', { assetId: Id, expiresAt: Timestamp, why: Why }),
    said('exception.signed', { assetId: Id, expiresAt: Timestamp, why: Why }),
    said('risk.accepted', { expiresAt: Timestamp, why: Why }),
    said('audit.signed', { dispositions: z.array(z.strictObject({ assetId: Id, text: Why })).max(ASSETS_MAX) }),
    said('halt', { why: Why }),
  ])
  .meta({ id: 'StatementDraftRequest' });
export type StatementDraftRequest = z.infer<typeof StatementDraftRequest>;

/** The exact bytes to sign, in the name of the person who asked for them. */
export const StatementDraft = z
  .object({
    payloadType: z.string(),
    payload: Base64,
    /** The hash that names it once it is signed. */
    statement: HashText,
    by: z.string(),
    at: Timestamp,
  })
  .meta({ id: 'StatementDraft' });
