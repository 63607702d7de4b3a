import { z } from 'zod';
import { RecordConsistency, RecordEntryPage, RecordProof, RecordState } from './documentation.ts';
import { ENDPOINTS } from './endpoints.ts';
import { DeploymentReportBody } from './report.ts';
import { type Route, SMALL_BODY_BYTES_MAX } from './route.ts';
import { Id, PageQuery, Text } from './units.ts';

const DEFAULTS = {
  params: z.object({}),
  query: z.object({}),
  body: 'none',
  errors: [],
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
} as const;

/** The record, and what is reported of a campaign. // SOP P7.1 P7.2 */
export const DOCUMENTATION_ROUTES = {
  'campaign.report': {
    ...DEFAULTS,
    id: 'campaign.report',
    ...ENDPOINTS['campaign.report'],
    summary: 'What was done, when, where, by whom, with what outcome.',
    access: 'person',
    params: z.object({ id: Id }),
    answer: DeploymentReportBody,
  },
  'campaign.report-page': {
    ...DEFAULTS,
    id: 'campaign.report-page',
    ...ENDPOINTS['campaign.report-page'],
    summary: 'The same as one page to print or to file.',
    access: 'person',
    params: z.object({ id: Id }),
    answer: 'bytes',
  },
  'record.show': {
    ...DEFAULTS,
    id: 'record.show',
    ...ENDPOINTS['record.show'],
    summary: 'How long the record is, its last signed checkpoint, and the key that signs it.',
    access: 'person',
    answer: RecordState,
  },
  'record.list': {
    ...DEFAULTS,
    id: 'record.list',
    ...ENDPOINTS['record.list'],
    summary: 'Entries of the record, the newest first; those that fit every filter given.',
    access: 'person',
    query: PageQuery.extend({
      subject: Text.optional(),
      /** `asset` for all of them, `asset.changed` for those alone. */
      kind: Text.optional(),
      /** The login of a person; or `system`, `local`, `agent:<asset id>`. */
      actor: Text.optional(),
      campaign: Id.optional(),
      /** Looked for in what happened, who did it and to what. */
      search: Text.optional(),
    }),
    answer: RecordEntryPage,
  },
  'record.prove': {
    ...DEFAULTS,
    id: 'record.prove',
    ...ENDPOINTS['record.prove'],
    summary: 'An entry with its inclusion proof against the newest signed checkpoint.',
    access: 'person',
    params: z.object({ id: Id }),
    answer: RecordProof,
    errors: ['record-unproved'],
  },
  'record.consistency': {
    ...DEFAULTS,
    id: 'record.consistency',
    ...ENDPOINTS['record.consistency'],
    summary: 'The proof that a record of some entries is the beginning of what the newest checkpoint signs.',
    access: 'person',
    query: z.object({ from: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER) }),
    answer: RecordConsistency,
    errors: ['record-unproved'],
  },
  'record.export': {
    ...DEFAULTS,
    id: 'record.export',
    ...ENDPOINTS['record.export'],
    summary: 'The whole record as one file that `patchsteward record verify` checks without the server.',
    access: 'person',
    answer: 'bytes',
  },
} as const satisfies Record<string, Route>;
