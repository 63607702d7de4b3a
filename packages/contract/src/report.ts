import { z } from 'zod';
import { Id, Timestamp } from './units.ts';

const Outcome = z.enum(['running', 'succeeded', 'failed', 'unknown', 'unreached', 'adjudicated']);
const Moment = Timestamp.nullable();

const ReportHost = z.object({
  assetId: Id,
  asset: z.string(),
  planKind: z.enum(['test', 'production', 'rollback']),
  wave: z.number().int(),
  outcome: Outcome,
  state: z.string(),
  startedAt: Moment,
  endedAt: Moment,
  /** As the host's own tools told it before and after. */
  changes: z.array(
    z.object({
      name: z.string(),
      architecture: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
    }),
  ),
  outages: z.array(z.object({ unit: z.string(), seconds: z.number().int() })),
  /** What its health profile wants and did not find: told, and no failure. */
  unmet: z.array(z.string()),
  rebooted: z.boolean(),
  backup: z.enum(['proof', 'waived', 'none']),
  trouble: z.string().nullable(),
});

/** What, when, where, by whom, with what outcome. // SOP P7.1, checklist c18 */
export const DeploymentReportBody = z
  .object({
    campaign: Id,
    title: z.string(),
    state: z.string(),
    room: z.string(),
    ended: z.boolean(),
    lane: z.string().nullable(),
    releasedAt: Timestamp,
    firstSeen: Timestamp,
    openedAt: Timestamp,
    due: Moment,
    doneAt: Moment,
    late: z.boolean(),
    requester: z.string(),
    updates: z.array(z.object({ source: z.string(), version: z.string(), fixes: z.array(z.string()) })),
    acts: z.array(
      z.object({
        at: Moment,
        person: z.string(),
        roles: z.array(z.string()),
        act: z.string(),
        /** Hash of what they signed. */
        statement: z.string(),
      }),
    ),
    hosts: z.array(ReportHost),
    /** Of the production hosts. */
    totals: z.record(Outcome, z.number().int()),
    remarks: z.array(z.string()),
    madeAt: Timestamp,
  })
  .meta({ id: 'DeploymentReport' });
export type DeploymentReportBody = z.infer<typeof DeploymentReportBody>;
