import { CHECKLIST_ITEMS_MAX, CHECKLIST_STEPS, ITEM_EVIDENCE } from '@patchsteward/core/plan';
import { z } from 'zod';
import { ReasonBody } from './parts.ts';
import { HashText, Id, page, Timestamp, textOf } from './units.ts';

/** A device each: beyond that nobody works by hand. */
const ASSETS_MAX = 200;
const ITEM_CHARACTERS_MAX = 2_000;
const LOGIN_CHARACTERS_MAX = 64;
const VERSION_CHARACTERS_MAX = 255;
/** A screen, a log, a diagnostic bundle; what is larger is kept elsewhere and named in a note. */
export const EVIDENCE_BYTES_MAX = 10 * 1024 * 1024;
/** Of one item. */
export const EVIDENCE_FILES_MAX = 10;

/** Nothing that a terminal obeys, and something that is said. */
const Line = (charactersMax: number) =>
  textOf(charactersMax).regex(
    /^[^\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]*\S[^\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]*$/u,
    'one line of text',
  );

const Login = z
  .string()
  .max(LOGIN_CHARACTERS_MAX)
  .regex(/^[a-z0-9][a-z0-9._@-]*$/, 'a login');

export const ChecklistItemBody = z
  .strictObject({ step: z.enum(CHECKLIST_STEPS), text: Line(ITEM_CHARACTERS_MAX), evidence: z.enum(ITEM_EVIDENCE) })
  .meta({ id: 'ChecklistItem' });
export type ChecklistItemBody = z.infer<typeof ChecklistItemBody>;

/** A campaign for assets without an agent: one product, from the versions that they have to one other. // SOP scope */
export const ManualCampaignRequest = z
  .strictObject({
    /** As the vendor writes it, and as the next list will. */
    to: z
      .string()
      .max(VERSION_CHARACTERS_MAX)
      .regex(/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/, 'printable ASCII, no space at an end'),
    assets: z
      .array(z.strictObject({ asset: Id, person: Login }))
      .min(1)
      .max(ASSETS_MAX),
    checklist: z.array(ChecklistItemBody).min(1).max(CHECKLIST_ITEMS_MAX),
    /** Who asks for the change, where the caller is no person: the line on the server itself. // decided 26 */
    requester: textOf(LOGIN_CHARACTERS_MAX).min(1).optional(),
  })
  .meta({ id: 'ManualCampaignRequest' });
export type ManualCampaignRequest = z.infer<typeof ManualCampaignRequest>;

const EvidenceFile = z.object({ hash: HashText, name: z.string(), sizeBytes: z.number().int(), at: Timestamp });

/** A work order that a person carries out, and how far it is. */
export const ManualWork = z
  .object({
    job: HashText,
    plan: HashText,
    planKind: z.enum(['test', 'production']),
    campaign: Id,
    title: z.string(),
    assetId: Id,
    asset: z.string(),
    product: z.string(),
    from: z.string(),
    to: z.string(),
    person: z.string(),
    wave: z.number().int(),
    /** When it may begin. */
    intervals: z.array(z.object({ from: Timestamp, until: Timestamp })),
    /** Of the job: `queued` before it is taken, `succeeded` or `failed` after it is reported. */
    state: z.string(),
    /** It may be filed and reported: taken, and not ended. */
    underWay: z.boolean(),
    /** Taken and silent since then: the asset counts as down. */
    unknownSince: Timestamp.nullable(),
    items: z.array(
      ChecklistItemBody.extend({
        doneAt: Timestamp.nullable(),
        note: z.string().nullable(),
        files: z.array(EvidenceFile),
      }),
    ),
    /** What `done` still wants; by the place of the item, from 0. */
    missing: z.array(z.object({ item: z.number().int(), what: z.enum(['done', 'note', 'file']) })),
  })
  .meta({ id: 'ManualWork' });
export type ManualWork = z.infer<typeof ManualWork>;
export const ManualWorkPage = page(ManualWork).meta({ id: 'ManualWorkPage' });

/** `waiting`: not now, and why. Nothing was changed. */
export const WorkTaken = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('taken'), work: ManualWork }),
    z.object({ kind: z.literal('waiting'), reasons: z.array(ReasonBody) }),
  ])
  .meta({ id: 'WorkTaken' });
export type WorkTaken = z.infer<typeof WorkTaken>;

export const ItemDone = z.strictObject({ note: Line(ITEM_CHARACTERS_MAX).nullable() }).meta({ id: 'ItemDone' });
/** Shown to others who download it; a name and never a path. */
export const EVIDENCE_NAME = /^[A-Za-z0-9][A-Za-z0-9._ -]{0,127}$/;
export const EvidenceName = z.string().max(128).regex(EVIDENCE_NAME, 'letters, digits, dots, dashes, blanks');

export const WorkReport = z
  .discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('done') }),
    /** The asset counts as down until people have said what became of it. */
    z.strictObject({
      outcome: z.literal('failed'),
      step: z.enum(CHECKLIST_STEPS),
      why: Line(ITEM_CHARACTERS_MAX),
    }),
  ])
  .meta({ id: 'WorkReport' });
export type WorkReport = z.infer<typeof WorkReport>;
