import { z } from 'zod';
import { LaneText, ReasonBody } from './parts.ts';
import { Id, Timestamp, textOf } from './units.ts';

const ASSETS_MAX = 10_000;
const WHY_CHARACTERS_MAX = 2_000;

const Span = z.object({ from: Timestamp, until: Timestamp });

/** A single time asked for beside the windows of some hosts; their owners sign the plan that has it. */
export const ExtraordinaryWindow = Span.extend({
  id: Id,
  assets: z.array(Id),
  why: z.string(),
  by: z.string(),
  at: Timestamp,
}).meta({ id: 'ExtraordinaryWindow' });
export type ExtraordinaryWindow = z.infer<typeof ExtraordinaryWindow>;

/** What can be done for a host that has no window in time; each with the line that does it. */
const Offer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('extraordinary-window'), span: Span, offset: z.string(), command: z.string() }),
  z.object({ kind: z.literal('mitigation'), command: z.string() }),
  z.object({ kind: z.literal('exception'), command: z.string() }),
]);

const LateHost = z.object({
  assetId: Id,
  asset: z.string(),
  owner: z.string().nullable(),
  maintenanceGroup: z.string().nullable(),
  /** Of its group; UTC where it has none. */
  zone: z.string(),
  /** The first span in which it may start; null: there is none at all. */
  first: Span.nullable(),
  reasons: z.array(ReasonBody),
  offers: z.array(Offer),
});

/** Which hosts have a window before they are due, known from the first hour on. // SOP S1, rollout-and-trust §4 */
export const CampaignFeasibility = z
  .object({
    lane: LaneText,
    due: Timestamp,
    /** The first start that may be, when test and notice take as long as the lane says. */
    earliest: Timestamp,
    /** Hosts of production, and how many of them have a window in time. */
    hosts: z.number().int(),
    inTime: z.number().int(),
    late: z.array(LateHost),
    extraordinary: z.array(ExtraordinaryWindow),
  })
  .meta({ id: 'CampaignFeasibility' });
export type CampaignFeasibility = z.infer<typeof CampaignFeasibility>;

/** null: its lane and due time are not known yet. */
export const CampaignFeasibilityAnswer = z
  .object({ feasibility: CampaignFeasibility.nullable() })
  .meta({ id: 'CampaignFeasibilityAnswer' });

export const ExtraordinaryRequest = z
  .strictObject({
    assets: z.array(Id).min(1).max(ASSETS_MAX),
    from: Timestamp,
    until: Timestamp,
    why: textOf(WHY_CHARACTERS_MAX).refine((text) => text.trim() !== '', 'must say something'),
  })
  .meta({ id: 'ExtraordinaryRequest' });
export type ExtraordinaryRequest = z.infer<typeof ExtraordinaryRequest>;
