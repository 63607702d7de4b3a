import { z } from 'zod';
import { RunnerFacts } from './agent-jobs.ts';
import { CampaignSummary, JobBody } from './campaign.ts';
import { ReasonBody } from './parts.ts';
import { HashText, Id, page, Timestamp } from './units.ts';

/** A campaign that an asset is in, with the last work order that it got there. */
export const AssetCampaign = z
  .object({ campaign: CampaignSummary, job: JobBody.nullable() })
  .meta({ id: 'AssetCampaign' });
export type AssetCampaign = z.infer<typeof AssetCampaign>;
export const AssetCampaignPage = page(AssetCampaign).meta({ id: 'AssetCampaignPage' });
export type AssetCampaignPage = z.infer<typeof AssetCampaignPage>;

/** What the record says about an asset at one moment. */
export const AssetMoment = z
  .object({
    /** The entry of the record. */
    leaf: Id,
    /** Its place there; null: committed moments ago. */
    index: z.number().int().nullable(),
    at: Timestamp,
    actor: z.string(),
    /** Whoever did it as people know them: a login, the name of the host, `system`. */
    by: z.string(),
    kind: z.string(),
    /** Where it is about a work order: the campaign and the job. */
    job: z.object({ campaign: Id, title: z.string(), job: HashText }).nullable(),
    payload: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AssetMoment' });
export type AssetMoment = z.infer<typeof AssetMoment>;
export const AssetTimelinePage = page(AssetMoment).meta({ id: 'AssetTimelinePage' });
export type AssetTimelinePage = z.infer<typeof AssetTimelinePage>;

/** What a host itself is pinned to, as it last said, and what of it people say otherwise. // decided 14, 24 */
export const AssetPinned = z
  .object({
    /** null: nothing on the host can change it, or it has not said so. */
    pinned: RunnerFacts.nullable(),
    reasons: z.array(ReasonBody),
  })
  .meta({ id: 'AssetPinned' });
export type AssetPinned = z.infer<typeof AssetPinned>;
