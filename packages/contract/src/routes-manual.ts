import { z } from 'zod';
import { CampaignSummary } from './campaign.ts';
import { ENDPOINTS } from './endpoints.ts';
import {
  EVIDENCE_BYTES_MAX,
  EvidenceName,
  ItemDone,
  ManualCampaignRequest,
  ManualWork,
  ManualWorkPage,
  WorkReport,
  WorkTaken,
} from './manual.ts';
import { type Route, SMALL_BODY_BYTES_MAX } from './route.ts';
import { HashText, Id, PageQuery } from './units.ts';

const DEFAULTS = {
  params: z.object({}),
  query: z.object({}),
  body: 'none',
  errors: [],
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
} as const;
const ByJob = z.object({ job: HashText });
const ByItem = z.object({ job: HashText, item: z.coerce.number().int().min(0) });
/** 200 assets, 50 items of 2,000 characters of up to four bytes. */
const REQUEST_BYTES_MAX = 512 * 1024;

/** Work by hand, where no agent is. // SOP scope P6, rollout-and-trust §2.2 */
export const MANUAL_ROUTES = {
  'campaign.open-manual': {
    ...DEFAULTS,
    id: 'campaign.open-manual',
    ...ENDPOINTS['campaign.open-manual'],
    summary: 'Open a campaign for assets without an agent: named people take one product to a version, by a checklist.',
    access: 'operator',
    body: ManualCampaignRequest,
    bodyBytesMax: REQUEST_BYTES_MAX,
    answer: CampaignSummary,
    errors: ['not-found', 'conflict', 'event-refused'],
  },
  'work.list': {
    ...DEFAULTS,
    id: 'work.list',
    ...ENDPOINTS['work.list'],
    summary: 'Work orders that people carry out: of one campaign all, else those that are open.',
    access: 'person',
    query: PageQuery.extend({ campaign: Id.optional(), person: z.string().max(64).optional() }),
    answer: ManualWorkPage,
  },
  'work.show': {
    ...DEFAULTS,
    id: 'work.show',
    ...ENDPOINTS['work.show'],
    summary: 'One of them, with its checklist and what was filed.',
    access: 'person',
    params: ByJob,
    answer: ManualWork,
    errors: ['not-found'],
  },
  'work.take': {
    ...DEFAULTS,
    id: 'work.take',
    ...ENDPOINTS['work.take'],
    summary:
      'Begin: the same grant as a host gets. From here on the asset counts as down. Asked again, it is the same.',
    access: 'person',
    params: ByJob,
    answer: WorkTaken,
    errors: ['not-found', 'work-not-yours', 'event-refused'],
  },
  'work.item': {
    ...DEFAULTS,
    id: 'work.item',
    ...ENDPOINTS['work.item'],
    summary: 'An item of the checklist is done; with what was seen, where that is wanted. Said again, it is replaced.',
    access: 'person',
    params: ByItem,
    body: ItemDone,
    answer: ManualWork,
    errors: ['not-found', 'work-not-yours', 'work-not-taken'],
  },
  'work.attach': {
    ...DEFAULTS,
    id: 'work.attach',
    ...ENDPOINTS['work.attach'],
    summary: 'A file as evidence of an item. The same bytes twice are one.',
    access: 'person',
    params: ByItem,
    query: z.object({ name: EvidenceName }),
    body: 'bytes',
    bodyBytesMax: EVIDENCE_BYTES_MAX,
    answer: ManualWork,
    errors: ['not-found', 'work-not-yours', 'work-not-taken', 'conflict'],
  },
  'work.file': {
    ...DEFAULTS,
    id: 'work.file',
    ...ENDPOINTS['work.file'],
    summary: 'The bytes of such a file.',
    access: 'person',
    params: z.object({ job: HashText, hash: HashText }),
    answer: 'bytes',
    errors: ['not-found'],
  },
  'work.report': {
    ...DEFAULTS,
    id: 'work.report',
    ...ENDPOINTS['work.report'],
    summary: 'Done, which is believed with all the evidence alone, or failed.',
    access: 'person',
    params: ByJob,
    body: WorkReport,
    answer: ManualWork,
    errors: ['not-found', 'work-not-yours', 'work-not-taken', 'evidence-missing'],
  },
} as const satisfies Record<string, Route>;
