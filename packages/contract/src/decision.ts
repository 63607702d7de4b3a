import { z } from 'zod';
import { RoleText } from './access.ts';
import { PLAN_INTENTS } from './approval.ts';
import { Intelligence, LaneText, ReasonBody } from './parts.ts';
import { HashText, Id, page, Timestamp } from './units.ts';

/** Hosts that an item names; the decision has all of them. */
export const INBOX_NAMES_MAX = 5;

export const DecisionKindText = z.enum([
  'assess-risk',
  'release-files',
  'sign-test',
  'accept-test',
  'cover-backups',
  'request-change',
  'agree-window',
  'approve',
  'resume',
  'request-rollback-plan',
  'approve-rollback',
  'audit',
  'agree-exception',
]);

/** As what something falls to a person: by a role of theirs, or because they asked for it. */
const Capacity = z.enum([...RoleText.options, 'requester']);

/** One thing that waits for people, seen by one of them. */
export const InboxItem = z
  .object({
    /** Stays the same as long as it waits. */
    id: z.string(),
    kind: DecisionKindText,
    /** The campaign that waits; null where it is none. */
    campaign: Id.nullable(),
    /** The exception that waits; null where it is none. // SP 800-40r4 §2.2 */
    exception: Id.nullable(),
    title: z.string(),
    lane: LaneText.nullable(),
    /** When the fix must run. // SOP S1-S3 */
    due: Timestamp.nullable(),
    /** When the decision is needed: before the first window, mostly. */
    by: Timestamp.nullable(),
    late: z.boolean(),
    /** The plan that it is about; null where it is about none. */
    plan: HashText.nullable(),
    /** Hosts of the campaign, or assets of the exception, that it concerns, and the first of their names; a plan may leave some of them out. */
    hosts: z.number().int(),
    hostNames: z.array(z.string()),
    as: z.array(Capacity),
    waiting: ReasonBody,
    /** Why they cannot decide it; null where they can. */
    barred: ReasonBody.nullable(),
    /** The line that decides it on the command line; null where none does. */
    command: z.string().nullable(),
  })
  .meta({ id: 'InboxItem' });
export type InboxItem = z.infer<typeof InboxItem>;

/** What waits for the decision of whoever asks, what is needed first coming first. */
export const Inbox = page(InboxItem)
  .extend({
    /** What waits, and somebody else must decide; the first of them. */
    notYours: z.array(InboxItem),
    notYoursTotal: z.number().int(),
  })
  .meta({ id: 'Inbox' });
export type Inbox = z.infer<typeof Inbox>;

const Person = z.object({ login: z.string(), name: z.string() });
const Change = z.object({
  name: z.string(),
  architecture: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});

const DecisionBackup = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('proof'),
    takenAt: Timestamp,
    repository: z.string(),
    bytes: z.number().int(),
    checkedAt: Timestamp.nullable(),
  }),
  z.object({ kind: z.literal('waiver'), person: z.string(), why: z.string(), expiresAt: Timestamp }),
  z.object({ kind: z.literal('not-needed') }),
  /** The proof that the plan names is no longer kept here. */
  z.object({ kind: z.literal('unknown') }),
]);

/** One host of the plan, from its work order and from the inventory. */
const DecisionHost = z.object({
  assetId: Id,
  name: z.string(),
  criticality: z.enum(['low', 'normal', 'high', 'critical']),
  environment: z.enum(['production', 'non-production', 'unknown']),
  owner: z.string().nullable(),
  maintenanceGroup: z.string().nullable(),
  redundancyGroups: z.array(z.string()),
  wave: z.number().int(),
  /** The zone of its maintenance group; UTC where it has none. */
  zone: z.string(),
  spans: z.array(z.object({ from: Timestamp, until: Timestamp })),
  /** Place of its transaction among `transactions`. */
  transaction: z.number().int(),
  restarts: z.array(z.string()),
  mayReboot: z.boolean(),
  backup: DecisionBackup,
  wayBack: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('downgrade'), /** 0: only when people sign for it. */ aloneWithinMs: z.number().int() }),
    z.object({ kind: z.literal('none'), why: z.string() }),
  ]),
  /** Who agreed to its window; null: nobody yet, or nobody has to. */
  agreedBy: z.string().nullable(),
});
export type DecisionHost = z.infer<typeof DecisionHost>;

const PlanActBody = z.object({
  act: z.enum(['request', 'sign-test', 'agree', 'approve', 'refuse', 'revoke']),
  /** Why not; null: they may. */
  barred: ReasonBody.nullable(),
  /** False: it would be taken, and nothing that is missing would come of it. */
  needed: z.boolean(),
  /** Assets that an agreement is for. */
  assets: z.array(Id),
  /** What would still be missing after a vote with a passkey here, and with a key of the command line. */
  afterConsole: z.array(ReasonBody).nullable(),
  afterCli: z.array(ReasonBody).nullable(),
  /** The exact line that does the same on the command line. */
  command: z.string(),
});
export type PlanActBody = z.infer<typeof PlanActBody>;

const Risk = z.object({
  impact: z.enum(['low', 'medium', 'high']),
  reboot: z.boolean(),
  restarts: z.array(z.string()),
  rollback: z.enum(['rehearsed', 'prepared', 'none']),
  exposure: z.string(),
  note: z.string(),
  person: z.string(),
});

const TrialBody = z.object({
  result: z.enum(['pass', 'fail', 'inconclusive']),
  at: Timestamp,
  report: HashText,
  hosts: z.array(
    z.object({ name: z.string(), result: z.enum(['pass', 'fail', 'inconclusive']), reasons: z.array(ReasonBody) }),
  ),
  /** Who took an inconclusive result on themselves. */
  acceptedBy: z.array(z.string()),
});

/** Everything that is needed to decide on a plan, on one page. // SOP P5.1 P5.2, checklist c11 */
export const Decision = z
  .object({
    plan: HashText,
    /** Six words to compare with what the command line of others shows. */
    phrase: z.string(),
    kind: z.enum(['test', 'production', 'rollback']),
    lane: LaneText,
    criticality: z.enum(['low', 'normal', 'high', 'critical']),
    campaign: z.object({
      id: Id,
      title: z.string(),
      state: z.string(),
      due: Timestamp.nullable(),
      late: z.boolean(),
      releasedAt: Timestamp,
      /** All of its hosts, and how many of them are its test ring: a plan is for some of them. */
      hosts: z.number().int(),
      testHosts: z.number().int(),
    }),
    /** `open`: it gathers signatures. `decided`: it has them. `refused`, `replaced`, `expired`: nothing comes of it. */
    standing: z.enum(['open', 'decided', 'refused', 'replaced', 'expired']),
    requester: Person,
    /** The request in their own words; null: they have not signed it yet. */
    change: z.object({ person: z.string(), why: z.string(), at: Timestamp }).nullable(),
    compiledAt: Timestamp,
    firstStart: Timestamp,
    lastEnd: Timestamp,
    notAfter: Timestamp,
    /** When the next in line are told that nobody answered; null: not here. Time never approves. */
    askedAgainAt: Timestamp.nullable(),
    supersededBy: HashText.nullable(),
    vulnerabilities: z.array(z.object({ id: z.string(), advisories: z.array(z.string()), intelligence: Intelligence })),
    /** Hosts that would do the same, by how many they are. */
    transactions: z.array(z.object({ hosts: z.number().int(), changes: z.array(Change) })),
    hosts: z.array(DecisionHost),
    /** Production hosts of the campaign that the plan does not reach in time or at all. */
    leftOut: z.array(z.string()),
    waves: z.array(z.object({ wave: z.number().int(), hosts: z.number().int(), from: Timestamp, until: Timestamp })),
    risk: Risk.nullable(),
    authenticity: z.object({ files: z.number().int(), report: HashText, at: Timestamp }).nullable(),
    trial: TrialBody.nullable(),
    /** A test that is owed until then. */
    testOwedUntil: Timestamp.nullable(),
    evidence: z.array(z.object({ kind: z.string(), hash: HashText })),
    signatures: z.array(
      Person.extend({
        roles: z.array(RoleText),
        keyClass: z.enum(['cli', 'console']),
        intent: z.enum(PLAN_INTENTS),
        at: Timestamp,
      }),
    ),
    seats: z.array(
      z.object({
        roles: z.array(RoleText),
        filledBy: Person.nullable(),
        /** People of the trust root who could sit here. */
        couldFill: z.array(Person),
      }),
    ),
    cliSignatures: z.object({ wanted: z.number().int(), given: z.number().int() }),
    /** By owner: whose windows they are, and who agreed. `owner` null: nobody was named, any owner speaks. */
    agreements: z.array(z.object({ owner: z.string().nullable(), hosts: z.number().int(), agreed: z.number().int() })),
    refused: z.object({ person: z.string(), why: z.string(), at: Timestamp }).nullable(),
    missing: z.array(ReasonBody),
    you: z.object({
      login: z.string().nullable(),
      roles: z.array(RoleText),
      keyClasses: z.array(z.enum(['cli', 'console'])),
      acts: z.array(PlanActBody),
    }),
  })
  .meta({ id: 'Decision' });
export type Decision = z.infer<typeof Decision>;
