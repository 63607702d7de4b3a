import { z } from 'zod';
import { Empty } from './access.ts';
import {
  LeafBytes,
  NoticeList,
  PlanList,
  PlanShown,
  PlanSigned,
  PlanSignRequest,
  RootList,
  RootPublished,
  RootRequest,
  StakeholderList,
  StakeholderRemoval,
  StakeholderRequest,
  StatementList,
  StatementRequest,
  StatementStored,
  TrustShown,
} from './approval.ts';
import { AssetBackups, BackupProof, BackupProofRequest, BackupSummary } from './backup.ts';
import { ENDPOINTS } from './endpoints.ts';
import { type Route, SMALL_BODY_BYTES_MAX } from './route.ts';
import { HashText, Id, PageQuery, page, Text } from './units.ts';

const DEFAULTS = {
  params: z.object({}),
  query: z.object({}),
  body: 'none',
  errors: [],
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
} as const;
const ById = z.object({ id: Id });
const ByPlan = z.object({ plan: HashText });
/** Some hundred people with an RSA key each, as base64 in JSON. */
const ROOT_BYTES_MAX = 1024 * 1024;
/** Each leaf may hold a transaction of thousands of packages; a page of them stays below a few megabytes. */
const LEAVES_PER_PAGE_MAX = 100;

/** What every signature may be refused for. */
const SIGNATURE_ERRORS = [
  'no-trust-root',
  'trust-root-refused',
  'envelope-unreadable',
  'signer-unknown',
  'signature-wrong',
  'role-missing',
  'plan-expired',
  'plan-superseded',
  'event-refused',
] as const;

/** Backups, trust, signatures and notices. // SOP P4 P5.1 P5.2 P6.1 */
export const APPROVAL_ROUTES = {
  'backup.prove': {
    ...DEFAULTS,
    id: 'backup.prove',
    ...ENDPOINTS['backup.prove'],
    summary: 'Hand in what a prober found in a backup repository. Its signature is all the sign-in it needs.',
    access: 'anybody',
    body: BackupProofRequest,
    answer: BackupProof,
    errors: [
      'no-trust-root',
      'envelope-unreadable',
      'signer-unknown',
      'signature-wrong',
      'backup-proof-wrong',
      'backup-host-mismatch',
    ],
  },
  'backup.list': {
    ...DEFAULTS,
    id: 'backup.list',
    ...ENDPOINTS['backup.list'],
    summary: 'The newest backup proof of each asset, and why it would not carry a change now.',
    access: 'person',
    query: PageQuery.extend({ search: Text.optional() }),
    answer: page(BackupSummary).meta({ id: 'BackupPage' }),
  },
  'backup.show': {
    ...DEFAULTS,
    id: 'backup.show',
    ...ENDPOINTS['backup.show'],
    summary: 'Backup proofs and waivers of an asset.',
    access: 'person',
    params: ById,
    answer: AssetBackups,
  },
  'trust.show': {
    ...DEFAULTS,
    id: 'trust.show',
    ...ENDPOINTS['trust.show'],
    summary: 'The newest trust root: who may sign what.',
    access: 'person',
    answer: TrustShown,
  },
  'trust.roots': {
    ...DEFAULTS,
    id: 'trust.roots',
    ...ENDPOINTS['trust.roots'],
    summary: 'The signed trust roots after a version, oldest first.',
    access: 'person',
    query: z.object({ after: z.coerce.number().int().min(0).default(0) }),
    answer: RootList,
  },
  'trust.publish': {
    ...DEFAULTS,
    id: 'trust.publish',
    ...ENDPOINTS['trust.publish'],
    summary: 'Store the first trust root, or one that the thresholds of the newest and of its own have signed.',
    access: 'administrator',
    body: RootRequest,
    bodyBytesMax: ROOT_BYTES_MAX,
    answer: RootPublished,
    errors: ['envelope-unreadable', 'trust-root-refused'],
  },
  'plan.list': {
    ...DEFAULTS,
    id: 'plan.list',
    ...ENDPOINTS['plan.list'],
    summary: 'The plans of a campaign, the newest first.',
    access: 'person',
    params: ById,
    answer: PlanList,
  },
  'plan.show': {
    ...DEFAULTS,
    id: 'plan.show',
    ...ENDPOINTS['plan.show'],
    summary: 'A plan as it is signed, with its signatures.',
    access: 'person',
    params: ByPlan,
    answer: PlanShown,
  },
  'plan.leaves': {
    ...DEFAULTS,
    id: 'plan.leaves',
    ...ENDPOINTS['plan.leaves'],
    summary: 'The work orders of a plan, byte for byte, for those who sign it.',
    access: 'person',
    params: ByPlan,
    query: z.object({
      cursor: z.string().max(64).optional(),
      limit: z.coerce.number().int().min(1).max(LEAVES_PER_PAGE_MAX).default(LEAVES_PER_PAGE_MAX),
    }),
    answer: page(LeafBytes).meta({ id: 'PlanLeafPage' }),
  },
  'plan.sign': {
    ...DEFAULTS,
    id: 'plan.sign',
    ...ENDPOINTS['plan.sign'],
    summary: 'Add a signature to a plan: the request of its requester, or the vote of another.',
    access: 'person',
    params: ByPlan,
    body: PlanSignRequest,
    answer: PlanSigned,
    errors: [...SIGNATURE_ERRORS, 'requester-is-approver', 'not-the-requester'],
  },
  'statement.list': {
    ...DEFAULTS,
    id: 'statement.list',
    ...ENDPOINTS['statement.list'],
    summary: 'What people said of a campaign under their signature, oldest first.',
    access: 'person',
    params: ById,
    answer: StatementList,
  },
  'statement.sign': {
    ...DEFAULTS,
    id: 'statement.sign',
    ...ENDPOINTS['statement.sign'],
    summary: "A person's signed word: refuse, revoke, agree to a window, waive a backup, assess a risk, resume, audit.",
    access: 'person',
    params: ById,
    body: StatementRequest,
    answer: StatementStored,
    errors: [...SIGNATURE_ERRORS, 'statement-refused'],
  },
  'notice.list': {
    ...DEFAULTS,
    id: 'notice.list',
    ...ENDPOINTS['notice.list'],
    summary: 'Who was told of the plans of a campaign, and what became of each message.',
    access: 'person',
    params: ById,
    answer: NoticeList,
  },
  'stakeholder.list': {
    ...DEFAULTS,
    id: 'stakeholder.list',
    ...ENDPOINTS['stakeholder.list'],
    summary: 'Who hears of changes beside the owners.',
    access: 'person',
    answer: StakeholderList,
  },
  'stakeholder.add': {
    ...DEFAULTS,
    id: 'stakeholder.add',
    ...ENDPOINTS['stakeholder.add'],
    summary: 'Let an address hear of changes to a maintenance group.',
    access: 'operator',
    body: StakeholderRequest,
    answer: Empty,
  },
  'stakeholder.remove': {
    ...DEFAULTS,
    id: 'stakeholder.remove',
    ...ENDPOINTS['stakeholder.remove'],
    summary: 'Send no more notices to an address.',
    access: 'operator',
    body: StakeholderRemoval,
    answer: Empty,
  },
} as const satisfies Record<string, Route>;
