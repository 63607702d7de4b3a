import type { CampaignState } from '@patchsteward/core/campaign';
import type { PlanBody, PlanLeaf } from '@patchsteward/core/plan';
import type { Policy } from '@patchsteward/core/policy';
import type { Instant, Reason } from '@patchsteward/core/vocabulary';
import { decodePlan } from '@patchsteward/trust/plan';
import { readVulnerabilityBriefs, type VulnerabilityBrief } from '../../1-identification/vulnerability-briefs.ts';
import { type ProofRow, proofsByHash } from '../../4-backup/proof-store.ts';
import { type Waiver, waiversByHash } from '../../4-backup/waiver-store.ts';
import { type PlanRow, readPlan, type SignatureRow, signaturesOf } from '../../5-approval/plan-store.ts';
import { statementsOf } from '../../5-approval/statement-store.ts';
import { zonesOfGroups } from '../../6-deployment/group-windows.ts';
import type { Reader } from '../../platform/database.ts';
import { readCampaignRow } from '../campaign-store.ts';
import { readDocument } from '../documents.ts';
import { readPlanLeaves } from '../follow/jobs.ts';
import type { Asker } from './decider.ts';

interface TrialHostResult {
  readonly name: string;
  readonly result: 'pass' | 'fail' | 'inconclusive';
  readonly reasons: readonly Reason[];
}

/** All that stands behind a decision, read; nothing of it is judged yet. */
export interface DecisionFacts {
  readonly row: PlanRow;
  readonly body: PlanBody;
  readonly leaves: readonly PlanLeaf[];
  readonly state: CampaignState;
  readonly signatures: readonly SignatureRow[];
  readonly vulnerabilities: readonly VulnerabilityBrief[];
  readonly proofs: ReadonlyMap<string, ProofRow>;
  readonly waivers: ReadonlyMap<string, Waiver>;
  /** IANA zone by maintenance group. */
  readonly zones: Readonly<Record<string, string>>;
  readonly trialHosts: readonly TrialHostResult[];
  readonly refusedBy: { readonly person: string; readonly at: Instant } | null;
  readonly asker: Asker;
  readonly policy: Policy;
}

export async function readDecisionFacts(
  db: Reader,
  plan: string,
  asker: Asker,
  policy: Policy,
): Promise<DecisionFacts | undefined> {
  const row = await readPlan(db, plan);
  const campaign = row === undefined ? undefined : await readCampaignRow(db, row.campaign);
  if (row === undefined || campaign === undefined) return undefined;
  const body = decodePlan(row.payload);
  if (!body.ok) throw new TypeError(`the stored plan ${plan} cannot be read: ${body.refusal.detail}`);
  const { state } = campaign;
  const [leaves, signatures, vulnerabilities, zones, trialHosts, refusals] = await Promise.all([
    readPlanLeaves(db, row.plan),
    signaturesOf(db, row.plan),
    readVulnerabilityBriefs(
      db,
      state.updates.flatMap(({ fixes }) => fixes),
    ),
    zonesOfGroups(db),
    readTrialHosts(db, state),
    statementsOf(db, state.id, { kind: 'approval.refused', since: 0 }),
  ]);
  const backups = leaves.map(({ backup }) => backup);
  const [proofs, waivers] = await Promise.all([
    proofsByHash(
      db,
      backups.flatMap((backup) => (backup.kind === 'proof' ? [backup.proof] : [])),
    ),
    waiversByHash(
      db,
      backups.flatMap((backup) => (backup.kind === 'waiver' ? [backup.waiver] : [])),
    ),
  ]);
  const refusal = refusals.find((statement) => statement.plan === row.plan);
  const refusedBy = refusal === undefined ? null : { person: refusal.person, at: refusal.at };
  return {
    ...{ row, body: body.value, leaves, state, signatures, vulnerabilities, proofs, waivers, zones, trialHosts },
    ...{ refusedBy, asker, policy },
  };
}

/** The document of the trial has what each host of the ring said. */
async function readTrialHosts(db: Reader, { id, trial }: CampaignState): Promise<readonly TrialHostResult[]> {
  if (trial.verdict === null) return [];
  const bytes = await readDocument(db, id, trial.verdict.report);
  if (bytes === undefined) return [];
  // The campaign wrote it itself, with these fields. // follow/trial.ts
  const document = JSON.parse(bytes.toString('utf8')) as { readonly report: { readonly hosts: TrialHostResult[] } };
  return document.report.hosts;
}
