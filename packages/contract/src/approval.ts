import { z } from 'zod';
import { RoleText } from './access.ts';
import { Base64, EnvelopeBody } from './envelope.ts';
import { LaneText, ReasonBody } from './parts.ts';
import { StoredPasskey } from './passkey.ts';
import { MailAddress } from './people.ts';
import { ApprovalsBody } from './policy.ts';
import { HashText, Id, Text, Timestamp, textOf } from './units.ts';

/** An SSH signature by RSA 4096 is about 2,400 characters armored, a third more as base64. */
const SIGNATURE_CHARACTERS_MAX = 8_192;
const WHY_CHARACTERS_MAX = 2_000;
const GROUP_CHARACTERS_MAX = 255;
const ADDRESS_CHARACTERS_MAX = 1_024;

const KeyId = HashText;
const SignatureText = Base64.min(1).max(SIGNATURE_CHARACTERS_MAX);

const RootPerson = z.object({
  login: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  keys: z.array(z.object({ keyid: KeyId, class: z.enum(['cli', 'console']), kind: z.string() })),
});

/** Who may sign what here, as the newest root says. // decided 27 */
export const TrustShown = z
  .object({
    root: z
      .object({
        version: z.number().int(),
        hash: HashText,
        organization: z.string(),
        /** `solo`: one person with two keys; there is no separation of duties. */
        profile: z.enum(['solo', 'team']),
        issuedAt: Timestamp,
        expiresAt: Timestamp,
        threshold: z.number().int(),
        /** Logins of those whose signatures count towards the threshold. */
        rootSigners: z.array(z.string()),
        /** Of the certificate authority that hosts must meet; null: any. */
        authority: HashText.nullable(),
        /** Who must sign a plan, by lane and criticality: what hosts hold a plan to. // SOP P5 */
        approvals: ApprovalsBody,
        /** False: the root names none, and the procedure's own hold. */
        ownApprovals: z.boolean(),
        people: z.array(RootPerson),
        machines: z.array(z.object({ name: z.string(), role: z.string(), keyid: KeyId })),
      })
      .nullable(),
    /** Passkeys that people keep here or that the root names still: in the root, waiting for a signed change, leaving. */
    passkeys: z.array(StoredPasskey),
    /** Why nothing can be signed or deployed; null where a root stands. */
    reason: ReasonBody.nullable(),
  })
  .meta({ id: 'Trust' });
export type TrustShown = z.infer<typeof TrustShown>;

export const RootEntry = z
  .object({ version: z.number().int(), hash: HashText, envelope: EnvelopeBody })
  .meta({ id: 'TrustRoot' });
export const RootList = z.object({ items: z.array(RootEntry) }).meta({ id: 'TrustRootList' });
export const RootRequest = z.strictObject({ envelope: EnvelopeBody }).meta({ id: 'TrustRootRequest' });
export const RootPublished = z.object({ version: z.number().int(), hash: HashText }).meta({ id: 'TrustRootPublished' });

export const PLAN_INTENTS = ['request', 'approve', 'test'] as const;

const PlanSignature = z.object({
  person: z.string(),
  roles: z.array(RoleText),
  keyClass: z.enum(['cli', 'console']),
  keyid: KeyId,
  intent: z.enum(PLAN_INTENTS),
  at: Timestamp,
});

/** What there is of a plan beside its leaves. */
export const PlanSummaryBody = z
  .object({
    plan: HashText,
    campaign: Id,
    kind: z.enum(['test', 'production', 'rollback']),
    lane: LaneText,
    requester: z.string(),
    leafCount: z.number().int(),
    compiledAt: Timestamp,
    notAfter: Timestamp,
    supersededBy: HashText.nullable(),
    signatures: z.array(PlanSignature),
  })
  .meta({ id: 'PlanSummary' });

export const PlanShown = PlanSummaryBody.extend({
  /** The bytes to sign, with every signature so far. */
  envelope: z.object({
    payloadType: z.string(),
    payload: z.string(),
    signatures: z.array(z.object({ keyid: KeyId, sig: SignatureText })),
  }),
}).meta({ id: 'Plan' });
export type PlanShown = z.infer<typeof PlanShown>;
export const PlanList = z.object({ items: z.array(PlanSummaryBody) }).meta({ id: 'PlanList' });
export type PlanList = z.infer<typeof PlanList>;

/** The canonical bytes of a work order, as they are hashed into the plan. // RFC 6962 §2.1 */
export const LeafBytes = z.object({ index: z.number().int(), leaf: z.string() }).meta({ id: 'PlanLeaf' });

export const PlanSignRequest = z
  .strictObject({
    keyid: KeyId,
    sig: SignatureText,
    intent: z.enum(PLAN_INTENTS),
    /** Why the change is asked for; wanted with `request`. // SOP P5.1 */
    why: textOf(WHY_CHARACTERS_MAX).nullable().default(null),
  })
  .meta({ id: 'PlanSignRequest' });
export type PlanSignRequest = z.infer<typeof PlanSignRequest>;

export const PlanSigned = z
  .object({
    plan: HashText,
    campaign: Id,
    person: z.string(),
    intent: z.enum(PLAN_INTENTS),
    /** Where the campaign stands now; null where this key had signed before. */ state: z.string().nullable(),
  })
  .meta({ id: 'PlanSigned' });

/** A person's signed word about a campaign: a refusal, a window agreed to, a waiver, an assessment, an audit. */
export const StatementRequest = z.strictObject({ envelope: EnvelopeBody }).meta({ id: 'StatementRequest' });
export const StatementStored = z
  .object({
    statement: HashText,
    kind: z.string(),
    person: z.string(),
    /** Where the campaign stands now; null where it was said before, or others must say the same first. */
    state: z.string().nullable(),
  })
  .meta({ id: 'StatementStored' });
export const StatementList = z
  .object({
    items: z.array(
      z.object({
        statement: HashText,
        kind: z.string(),
        person: z.string(),
        plan: HashText.nullable(),
        at: Timestamp,
        storedAt: Timestamp,
        envelope: EnvelopeBody,
      }),
    ),
  })
  .meta({ id: 'StatementList' });

const Channel = z.enum(['mail', 'webhook']);

/** Who hears of a change before it happens. // SOP P6.1, checklist c13 */
export const NoticeList = z
  .object({
    items: z.array(
      z.object({
        id: Id,
        plan: HashText,
        channel: Channel,
        address: z.string(),
        state: z.enum(['waiting', 'sent', 'bounced', 'failed']),
        attempts: z.number().int(),
        messageId: z.string(),
        sentAt: Timestamp.nullable(),
        answer: z.string().nullable(),
        reason: ReasonBody.nullable(),
      }),
    ),
  })
  .meta({ id: 'NoticeList' });
export type NoticeList = z.infer<typeof NoticeList>;

/** Somebody beside the owners who hears of changes to a maintenance group, or to all of them (`*`). */
export const Stakeholder = z
  .object({ group: z.string(), channel: Channel, address: z.string(), name: Text.nullable() })
  .meta({ id: 'Stakeholder' });
export type Stakeholder = z.infer<typeof Stakeholder>;
export const StakeholderList = z.object({ items: z.array(Stakeholder) }).meta({ id: 'StakeholderList' });

const Group = textOf(GROUP_CHARACTERS_MAX).min(1);
export const StakeholderRequest = z
  .discriminatedUnion('channel', [
    z.strictObject({
      channel: z.literal('mail'),
      group: Group,
      address: MailAddress,
      name: Text.nullable().default(null),
    }),
    z.strictObject({
      channel: z.literal('webhook'),
      group: Group,
      address: z.url({ protocol: /^https?$/ }).max(ADDRESS_CHARACTERS_MAX),
      name: Text.nullable().default(null),
    }),
  ])
  .meta({ id: 'StakeholderRequest' });
export const StakeholderRemoval = z
  .strictObject({ group: Group, channel: Channel, address: textOf(ADDRESS_CHARACTERS_MAX) })
  .meta({ id: 'StakeholderRemoval' });

/** By what ways notices can go out here. Addresses of servers and secrets are not told. */
export const NoticeChannels = z
  .object({
    /** The sender; null: no mail server is set. */
    mailFrom: z.string().nullable(),
    webhook: z.boolean(),
    /** Where links in messages lead; null: not set. */
    consoleUrl: z.string().nullable(),
  })
  .meta({ id: 'NoticeChannels' });
export type NoticeChannels = z.infer<typeof NoticeChannels>;
export const NoticeTrial = z
  .strictObject({ channel: Channel, address: textOf(ADDRESS_CHARACTERS_MAX).min(1) })
  .meta({ id: 'NoticeTrial' });
export const NoticeTried = z
  .object({ outcome: z.enum(['accepted', 'bounced', 'deferred']), answer: z.string() })
  .meta({ id: 'NoticeTried' });
export type NoticeTried = z.infer<typeof NoticeTried>;
