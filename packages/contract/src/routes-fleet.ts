import { z } from 'zod';
import { ENDPOINTS, type EndpointId } from './endpoints.ts';
import {
  FindingGroupPage,
  FindingGroupQuery,
  JUDGMENT_BODY_BYTES_MAX,
  OfferedAssetPage,
  OfferedVersionQuery,
  SeverityJudgment,
  SeverityOutcome,
  SeverityPage,
  SeverityPreviewRequest,
  SeverityQuery,
  SeverityWithdrawal,
  UpdateGroupPage,
  UpdateGroupQuery,
} from './fleet.ts';
import { type Route, SMALL_BODY_BYTES_MAX } from './route.ts';
import { SeverityWords } from './severity.ts';
import { Text } from './units.ts';

function at<Id extends EndpointId>(id: Id): { readonly id: Id } & (typeof ENDPOINTS)[Id] {
  return { id, ...ENDPOINTS[id] };
}

const DEFAULTS = {
  params: z.object({}),
  query: z.object({}),
  body: 'none',
  errors: [],
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
} as const;

/** Findings and updates over the fleet, and what Security says of severities. // SOP P2.1 P2.2 */
export const FLEET_ROUTES = {
  'finding.groups': {
    ...DEFAULTS,
    ...at('finding.groups'),
    summary: 'Findings over the fleet, one row for each vulnerability or source package, the most urgent first.',
    access: 'person',
    query: FindingGroupQuery,
    answer: FindingGroupPage,
  },
  'update.groups': {
    ...DEFAULTS,
    ...at('update.groups'),
    summary: 'Updates over the fleet, one row for each source package, the most urgent first.',
    access: 'person',
    query: UpdateGroupQuery,
    answer: UpdateGroupPage,
  },
  'update.assets': {
    ...DEFAULTS,
    ...at('update.assets'),
    summary: 'The assets to which one version of a source package is offered.',
    access: 'person',
    query: OfferedVersionQuery,
    answer: OfferedAssetPage,
  },
  'severity.list': {
    ...DEFAULTS,
    ...at('severity.list'),
    summary:
      'Vulnerabilities whose severity no source names, of which sources say less by now, or that Security judged.',
    access: 'person',
    query: SeverityQuery,
    answer: SeverityPage,
  },
  'severity.show': {
    ...DEFAULTS,
    ...at('severity.show'),
    summary: 'What every source says of how severe and exploited a vulnerability is, which one is believed, and why.',
    access: 'person',
    params: z.object({ vulnerability: z.string().min(1).max(64) }),
    query: z.object({ distribution: Text.optional() }),
    answer: SeverityWords,
  },
  'severity.preview': {
    ...DEFAULTS,
    ...at('severity.preview'),
    summary: 'What would move if Security judged these vulnerabilities so. Changes nothing.',
    access: 'person',
    body: SeverityPreviewRequest,
    bodyBytesMax: JUDGMENT_BODY_BYTES_MAX,
    answer: SeverityOutcome,
  },
  'severity.judge': {
    ...DEFAULTS,
    ...at('severity.judge'),
    summary: 'Security says how severe these vulnerabilities are.',
    access: 'security',
    body: SeverityJudgment,
    bodyBytesMax: JUDGMENT_BODY_BYTES_MAX,
    answer: SeverityOutcome,
    errors: ['conflict'],
  },
  'severity.follow': {
    ...DEFAULTS,
    ...at('severity.follow'),
    summary: 'Security agrees to what sources say of these by now, although it is less than what counts.',
    access: 'security',
    body: SeverityWithdrawal,
    bodyBytesMax: JUDGMENT_BODY_BYTES_MAX,
    answer: SeverityOutcome,
    errors: ['conflict'],
  },
  'severity.withdraw': {
    ...DEFAULTS,
    ...at('severity.withdraw'),
    summary: 'Security takes back what was said of these vulnerabilities.',
    access: 'security',
    body: SeverityWithdrawal,
    bodyBytesMax: JUDGMENT_BODY_BYTES_MAX,
    answer: SeverityOutcome,
    errors: ['conflict'],
  },
} as const satisfies Partial<Record<EndpointId, Route>>;
