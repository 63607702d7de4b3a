import { z } from 'zod';
import { SectionStored } from './agent.ts';
import {
  GrantAnswer,
  GrantRequest,
  JobOffer,
  PROPOSAL_BYTES_MAX,
  ProposalAnswer,
  REPORTS_BYTES_MAX,
  ReportsAnswer,
  ReportsRequest,
  RootsAnswer,
} from './agent-jobs.ts';
import { ENDPOINTS } from './endpoints.ts';
import { EnvelopeBody } from './envelope.ts';
import { type Route, SMALL_BODY_BYTES_MAX } from './route.ts';
import { HashText, Id } from './units.ts';

const DEFAULTS = {
  params: z.object({}),
  query: z.object({}),
  body: 'none',
  errors: [],
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
} as const;
const ById = z.object({ id: Id });
const ByJob = z.object({ job: HashText });

/** How an agent is given work and says what became of it. // SOP P6, decided 17 */
export const AGENT_JOB_ROUTES = {
  'agent.proposal': {
    ...DEFAULTS,
    id: 'agent.proposal',
    ...ENDPOINTS['agent.proposal'],
    summary: 'What the package manager of this host would do to reach the targets of a task.',
    access: 'agent',
    params: ById,
    body: ProposalAnswer,
    bodyBytesMax: PROPOSAL_BYTES_MAX,
    answer: SectionStored,
    errors: ['agent-unknown', 'agent-revoked', 'certificate-expired', 'not-found'],
  },
  'agent.job': {
    ...DEFAULTS,
    id: 'agent.job',
    ...ENDPOINTS['agent.job'],
    summary: "This host's part of a signed plan, with the proof that it is a part of it.",
    access: 'agent',
    params: ByJob,
    query: z.object({ rootVersion: z.coerce.number().int().min(0).default(0) }),
    answer: JobOffer,
    errors: ['agent-unknown', 'agent-revoked', 'certificate-expired', 'not-found'],
  },
  'agent.grant': {
    ...DEFAULTS,
    id: 'agent.grant',
    ...ENDPOINTS['agent.grant'],
    summary: 'May this host go down for this job now? Asked again, the answer is the same grant.',
    access: 'agent',
    params: ByJob,
    body: GrantRequest,
    answer: GrantAnswer,
    errors: ['agent-unknown', 'agent-revoked', 'certificate-expired', 'not-found'],
  },
  'agent.reports': {
    ...DEFAULTS,
    id: 'agent.reports',
    ...ENDPOINTS['agent.reports'],
    summary: 'Signed reports of jobs, in the order of their numbers.',
    access: 'agent',
    body: ReportsRequest,
    bodyBytesMax: REPORTS_BYTES_MAX,
    answer: ReportsAnswer,
    errors: ['agent-unknown', 'agent-revoked', 'certificate-expired', 'proof-wrong'],
  },
  'agent.artifact': {
    ...DEFAULTS,
    id: 'agent.artifact',
    ...ENDPOINTS['agent.artifact'],
    summary: 'The bytes of a package that stands in an open work order of this host.',
    access: 'agent',
    params: z.object({ sha256: HashText }),
    answer: 'bytes',
    errors: ['agent-unknown', 'agent-revoked', 'certificate-expired', 'not-found'],
  },
  'agent.roots': {
    ...DEFAULTS,
    id: 'agent.roots',
    ...ENDPOINTS['agent.roots'],
    summary: 'The trust roots after a version, oldest first.',
    access: 'agent',
    query: z.object({ after: z.coerce.number().int().min(0).default(0) }),
    answer: RootsAnswer,
    errors: ['agent-unknown', 'agent-revoked', 'certificate-expired'],
  },
  'agent.root': {
    ...DEFAULTS,
    id: 'agent.root',
    ...ENDPOINTS['agent.root'],
    summary: 'One version of the trust root.',
    access: 'agent',
    params: z.object({ version: z.coerce.number().int().positive() }),
    answer: EnvelopeBody,
    errors: ['agent-unknown', 'agent-revoked', 'certificate-expired', 'not-found'],
  },
} as const satisfies Record<string, Route>;
