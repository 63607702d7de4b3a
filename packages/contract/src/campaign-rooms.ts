import { z } from 'zod';
import { ChecklistItemBody } from './manual.ts';
import { LaneText, ReasonBody } from './parts.ts';
import { HashText, Id, Timestamp } from './units.ts';

const ROOM_IDS = [
  '1-identification',
  '2-evaluation',
  '3-testing',
  '4-backup',
  '5-approval',
  '6-deployment',
  '7-documentation',
] as const;
export type RoomId = (typeof ROOM_IDS)[number];

const Moment = Timestamp.nullable();
const TrialText = z.enum(['pass', 'fail', 'inconclusive']);

/** Somebody whose signature was verified, and what they signed. */
const Signer = z.object({
  person: z.string(),
  roles: z.array(z.string()),
  /** `cli`: made by a client that the server did not serve. */
  keyClass: z.enum(['cli', 'console']),
  statement: HashText,
});

const Updates = z.object({
  kind: z.literal('updates'),
  releasedAt: Timestamp,
  firstSeen: Timestamp,
  updates: z.array(
    z.object({
      scope: z.string(),
      source: z.string(),
      sourceVersion: z.string(),
      packages: z.array(z.string()),
      fixes: z.array(z.string()),
    }),
  ),
});
const Scope = z.object({
  kind: z.literal('scope'),
  at: Moment,
  production: z.number().int(),
  testing: z.number().int(),
});
const LaneSet = z.object({ kind: z.literal('lane'), lane: LaneText, due: Moment, reasons: z.array(ReasonBody) });
const Risk = z.object({
  kind: z.literal('risk'),
  impact: z.enum(['low', 'medium', 'high']),
  reboot: z.boolean(),
  restarts: z.array(z.string()),
  rollback: z.enum(['rehearsed', 'prepared', 'none']),
  exposure: z.string(),
  note: z.string(),
  signed: Signer,
});
const Authenticity = z.object({
  kind: z.literal('authenticity'),
  outcome: z.enum(['verified', 'failed', 'released']),
  files: z.number().int().nullable(),
  report: HashText.nullable(),
  reasons: z.array(ReasonBody),
  signed: z.array(Signer),
  at: Timestamp,
});
const TrialRun = z.object({
  kind: z.literal('trial'),
  plan: HashText.nullable(),
  startedAt: Moment,
  startedBy: Signer.nullable(),
  verdict: z.object({ result: TrialText, report: HashText, reasons: z.array(ReasonBody), at: Timestamp }).nullable(),
  accepted: z.array(Signer),
  /** The test is owed until then. */
  debt: z.object({ due: Timestamp, paidAt: Moment, signed: Signer }).nullable(),
});
const Backups = z.object({
  kind: z.literal('backups'),
  at: Timestamp,
  assets: z.array(z.object({ assetId: Id, asset: z.string(), evidence: HashText, waived: z.boolean() })),
  missing: z.array(ReasonBody),
});
const Change = z.object({ kind: z.literal('change'), why: z.string(), at: Timestamp, signed: Signer });
const Windows = z.object({
  kind: z.literal('windows'),
  agreed: z.array(z.object({ signed: Signer, at: Timestamp, assets: z.array(z.string()) })),
  /** Names of the assets for which nobody has agreed yet. */
  open: z.array(z.string()),
});
const Votes = z.object({ kind: z.literal('votes'), plan: HashText, votes: z.array(Signer) });
const Notice = z.object({ kind: z.literal('notice'), receipts: HashText, elapsesAt: Timestamp });
const Waves = z.object({
  kind: z.literal('waves'),
  waves: z.array(
    z.object({
      wave: z.number().int(),
      assets: z.array(z.string()),
      openedAt: Timestamp,
      closed: z.object({ at: Timestamp, succeeded: z.number().int(), failed: z.number().int() }).nullable(),
    }),
  ),
});
const Stopped = z.object({
  kind: z.literal('stopped'),
  how: z.enum(['paused', 'halted']),
  by: z.string(),
  at: Timestamp,
  reasons: z.array(ReasonBody),
});
const WayBack = z.object({
  kind: z.literal('way-back'),
  why: z.string(),
  at: Timestamp,
  signed: z.array(Signer),
  done: z.object({ assets: z.array(z.string()), failed: z.array(z.string()) }).nullable(),
});
const Declared = z.object({
  kind: z.literal('declared'),
  hosts: z.array(
    z.object({
      asset: z.string(),
      as: z.enum(['up-verified', 'down-accepted', 'decommissioned']),
      why: z.string(),
      at: Timestamp,
      signed: Signer,
    }),
  ),
});
const Soak = z.object({ kind: z.literal('soak'), result: TrialText, report: HashText, at: Timestamp });
const Rescan = z.object({
  kind: z.literal('rescan'),
  clean: z.boolean(),
  remaining: z.array(z.string()),
  report: HashText,
  at: Timestamp,
});
const Audit = z.object({
  kind: z.literal('audit'),
  signed: z.array(Signer),
  dispositions: z.array(z.object({ assetId: Id, asset: z.string(), text: z.string() })),
  /** Of which the audit still has to say what became of them. */
  unexplained: z.array(z.object({ assetId: Id, asset: z.string() })),
});
const Ending = z.object({ kind: z.literal('end'), state: z.string(), why: z.string(), until: Moment });

/** What a verdict of a room rests on. */
export const RoomEvidence = z
  .discriminatedUnion('kind', [
    Updates,
    Scope,
    LaneSet,
    Risk,
    Authenticity,
    TrialRun,
    Backups,
    Change,
    Windows,
    Votes,
    Notice,
    Waves,
    Stopped,
    WayBack,
    Declared,
    Soak,
    Rescan,
    Audit,
    Ending,
  ])
  .meta({ id: 'RoomEvidence' });
export type RoomEvidence = z.infer<typeof RoomEvidence>;

/** One of the seven rooms, as this campaign sees it. */
export const CampaignRoom = z
  .object({
    room: z.enum(ROOM_IDS),
    /** `ended`: the campaign ended in it, without going through. */
    place: z.enum(['passed', 'here', 'ahead', 'ended']),
    /** The event that led out of it, the last time. */
    passed: z.object({ at: Timestamp, event: z.string(), by: z.string(), leaf: Id }).nullable(),
    verdict: z.object({ kind: z.enum(['proceed', 'wait', 'stop', 'ended']), reasons: z.array(ReasonBody) }).nullable(),
    evidence: z.array(RoomEvidence),
    /** Who can move it on: roles that clear its reasons, and who holds them in the trust root. */
    movers: z.array(z.object({ role: z.string(), people: z.array(z.object({ login: z.string(), name: z.string() })) })),
  })
  .meta({ id: 'CampaignRoom' });
export type CampaignRoom = z.infer<typeof CampaignRoom>;

export const CampaignRooms = z
  .object({
    items: z.array(CampaignRoom).length(ROOM_IDS.length),
    /** Hosts in scope that are pinned to something else than people say of them now. */
    labels: z.array(ReasonBody),
    /** What the verdicts rest on and can be had as a file, by hash. */
    documents: z.array(z.object({ hash: HashText, kind: z.string(), storedAt: Timestamp })),
  })
  .meta({ id: 'CampaignRooms' });
export type CampaignRooms = z.infer<typeof CampaignRooms>;

const PlanSpan = z.object({ from: Timestamp, until: Timestamp });
const PlannedHost = z.object({
  assetId: Id,
  asset: z.string(),
  criticality: z.string(),
  owner: z.string().nullable(),
  maintenanceGroup: z.string().nullable(),
  /** In whose time its windows are meant; null where the group is gone. */
  zone: z.string().nullable(),
  intervals: z.array(PlanSpan),
  changes: z.array(
    z.object({
      name: z.string(),
      architecture: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
    }),
  ),
  restarts: z.array(z.string()),
  reboot: z.enum(['never', 'if-needed']),
  backup: z.enum(['proof', 'waiver', 'not-needed']),
  /** null: there is a way back. */
  withoutWayBack: z.string().nullable(),
  /** It cannot be done before the fix is due. */
  late: z.boolean(),
  /** Who carries it out, and by which checklist; absent: the agent of the host does. */
  byHand: z.object({ person: z.string(), checklist: z.array(ChecklistItemBody) }).optional(),
});
export type PlannedHost = z.infer<typeof PlannedHost>;

/** A plan as people read it: waves, who is in them, when each may start, and what is done there. */
export const CampaignPlan = z
  .object({
    plan: HashText,
    kind: z.enum(['test', 'production', 'rollback']),
    compiledAt: Timestamp,
    notAfter: Timestamp,
    firstStart: Timestamp,
    lastEnd: Timestamp,
    hosts: z.number().int(),
    packages: z.array(
      z.object({
        name: z.string(),
        from: z.string().nullable(),
        to: z.string().nullable(),
        hosts: z.number().int(),
      }),
    ),
    reboots: z.number().int(),
    withoutRollback: z.number().int(),
    withoutBackup: z.number().int(),
    waves: z.array(
      z.object({
        wave: z.number().int(),
        opensAt: Timestamp,
        endsAt: Timestamp,
        openedAt: Moment,
        closedAt: Moment,
        hosts: z.array(PlannedHost),
      }),
    ),
    /** In scope, and not in the plan. */
    leftOut: z.array(z.object({ assetId: Id, asset: z.string(), reasons: z.array(ReasonBody) })),
  })
  .meta({ id: 'CampaignPlan' });
export type CampaignPlan = z.infer<typeof CampaignPlan>;

export const CampaignPlanQuery = z.object({ kind: z.enum(['test', 'production', 'rollback']).default('production') });
/** null: there is none yet. */
export const CampaignPlanAnswer = z.object({ plan: CampaignPlan.nullable() }).meta({ id: 'CampaignPlanAnswer' });
export type CampaignPlanAnswer = z.infer<typeof CampaignPlanAnswer>;
