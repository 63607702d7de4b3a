import { type ErrorSignature, type JobOutcome, type JobState, outcomeOf, signatureText } from '../job/index.ts';
import type { PlanKind } from '../plan/index.ts';
import type { Instant, SignedBy } from '../vocabulary/index.ts';
import { isEnd, roomOf } from './room-of.ts';
import type { CampaignState } from './state.ts';
import type { Room } from './state-name.ts';

/** A work order with what the state of a job alone does not say. */
interface ReportedJob {
  readonly planKind: PlanKind;
  readonly job: JobState;
}

export interface ReportFacts {
  readonly campaign: CampaignState;
  /** In the order in which they were made. */
  readonly jobs: readonly ReportedJob[];
  readonly openedAt: Instant;
  /** When each signature came, by `signatureKey`. */
  readonly signedAt: ReadonlyMap<string, Instant>;
  /** `solo`: one person plays every part, and the report says so. // decided 27 */
  readonly profile: 'solo' | 'team' | null;
  readonly now: Instant;
}

/** Clocks of hosts and server never quite agree; a host's own runner allows as much. */
const CLOCK_SLACK_MS = 120_000;

/** A person signs one statement once. */
export function signatureKey(person: string, statement: string): string {
  return `${person} ${statement}`;
}

/** What a person did, with the statement that they signed. */
interface ReportedAct {
  readonly at: Instant | null;
  readonly person: string;
  readonly roles: readonly string[];
  readonly act: string;
  readonly statement: string;
}

interface ReportedChange {
  readonly name: string;
  readonly architecture: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** One host under one plan: what, when, with what outcome. // SOP P7.1 */
interface ReportedHost {
  readonly assetId: string;
  readonly asset: string;
  readonly planKind: PlanKind;
  readonly wave: number;
  readonly outcome: JobOutcome;
  readonly state: string;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly changes: readonly ReportedChange[];
  readonly outages: readonly { readonly unit: string; readonly seconds: number }[];
  /** What its health profile wants and did not find. */
  readonly unmet: readonly string[];
  readonly rebooted: boolean;
  readonly backup: 'proof' | 'waived' | 'none';
  readonly trouble: string | null;
}

/** What, when, where, by whom, with what outcome. // SOP P7.1, checklist c18 */
export interface DeploymentReport {
  readonly campaign: string;
  readonly title: string;
  readonly state: string;
  readonly room: Room;
  readonly ended: boolean;
  readonly lane: string | null;
  readonly releasedAt: Instant;
  readonly firstSeen: Instant;
  readonly openedAt: Instant;
  readonly due: Instant | null;
  /** When the last host of production was done; null while one is not. */
  readonly doneAt: Instant | null;
  /** Done after the due time, or not done and the due time has passed. */
  readonly late: boolean;
  readonly requester: string;
  readonly updates: readonly { readonly source: string; readonly version: string; readonly fixes: readonly string[] }[];
  readonly acts: readonly ReportedAct[];
  readonly hosts: readonly ReportedHost[];
  readonly totals: Readonly<Record<JobOutcome, number>>;
  /** What an auditor must not overlook. */
  readonly remarks: readonly string[];
  readonly madeAt: Instant;
}

export function deploymentReport(facts: ReportFacts): DeploymentReport {
  const { campaign, jobs, openedAt, now } = facts;
  const hosts = jobs.map((reported) => hostOf(campaign, reported));
  const doneAt = doneOf(facts);
  return {
    campaign: campaign.id,
    title: campaign.title,
    state: campaign.name,
    room: roomOf(campaign.name),
    ended: isEnd(campaign.name),
    lane: campaign.lane,
    releasedAt: campaign.releasedAt,
    firstSeen: campaign.firstSeen,
    openedAt,
    due: campaign.due,
    doneAt,
    late: campaign.due !== null && (doneAt ?? now) > campaign.due,
    requester: campaign.requester,
    updates: campaign.updates.map(({ source, sourceVersion, fixes }) => ({ source, version: sourceVersion, fixes })),
    acts: actsOf(facts),
    hosts,
    totals: totalsOf(hosts),
    remarks: remarksOf(facts, hosts),
    madeAt: now,
  };
}

function hostOf(campaign: CampaignState, { planKind, job }: ReportedJob): ReportedHost {
  const { evidence } = job;
  const proof = campaign.backup?.proofs.find(({ assetId }) => assetId === job.assetId);
  return {
    assetId: job.assetId,
    asset: nameOf(campaign, job.assetId),
    planKind,
    wave: job.wave,
    outcome: outcomeOf(job),
    state: job.name,
    startedAt: evidence?.startedAt ?? null,
    endedAt: evidence?.endedAt ?? null,
    changes: changesOf(job),
    outages: (evidence?.outages ?? []).map(({ unit, downMs }) => ({ unit, seconds: Math.ceil(downMs / 1_000) })),
    unmet: evidence?.unmet ?? [],
    rebooted: evidence?.rebooted ?? false,
    backup: proof === undefined ? 'none' : backupWord(proof.waived),
    trouble: troubleOf(job.error, job.blocked),
  };
}

function backupWord(waived: boolean): 'waived' | 'proof' {
  return waived ? 'waived' : 'proof';
}

/** Packages that the transaction was about, as the host's own tools told them before and after. */
function changesOf({ evidence }: JobState): ReportedChange[] {
  if (evidence === null) return [];
  const after = new Map(evidence.after.map((each) => [`${each.name}:${each.architecture}`, each.version]));
  return evidence.before.map(({ name, architecture, version }) => ({
    name,
    architecture,
    before: version,
    after: after.get(`${name}:${architecture}`) ?? null,
  }));
}

function troubleOf(error: ErrorSignature | null, blocked: JobState['blocked']): string | null {
  if (error !== null) return signatureText(error);
  return blocked === null ? null : `${blocked.reason}: ${blocked.detail}`;
}

function nameOf({ assets }: CampaignState, assetId: string): string {
  return assets.find((asset) => asset.assetId === assetId)?.name ?? assetId;
}

/** Every production asset has a job that went well, and this is when the last one did. */
function doneOf({ campaign, jobs }: ReportFacts): Instant | null {
  const wanted = campaign.assets.filter(({ environment }) => environment !== 'non-production');
  const ends = wanted.map(({ assetId }) => {
    const last = jobs.findLast(({ planKind, job }) => job.assetId === assetId && planKind === 'production');
    return last === undefined || outcomeOf(last.job) !== 'succeeded' ? null : endOf(last.job);
  });
  const done = ends.filter((end) => end !== null);
  return done.length === 0 || done.length < wanted.length ? null : Math.max(...done);
}

/**
 * A host that was cut off reports later than it was done, and its own word counts; but not for a time before the server
 * let it start or after the server heard of its end, which only a wrong clock can tell.
 */
function endOf({ evidence, grant, since }: JobState): Instant {
  const end = evidence?.endedAt ?? since;
  return end >= (grant?.at ?? end) && end <= since ? end : since;
}

/** By what the server's own clock says of its beginning and its end. */
function isClockWrong({ evidence, grant, since }: JobState): boolean {
  if (evidence === null || grant === null) return false;
  return evidence.startedAt < grant.at - CLOCK_SLACK_MS || evidence.endedAt > since + CLOCK_SLACK_MS;
}

function actsOf({ campaign, signedAt }: ReportFacts): ReportedAct[] {
  const { risk, trial, change, windows, votes, waivers, declared, rollback, audits } = campaign;
  const act = ({ person, roles, statement }: SignedBy, words: string): ReportedAct => ({
    at: signedAt.get(signatureKey(person, statement)) ?? null,
    person,
    roles,
    act: words,
    statement,
  });
  return [
    ...(risk === null ? [] : [act(risk.signed, `assessed the change: impact ${risk.assessment.impact}`)]),
    ...(trial.started === null ? [] : [act(trial.started.signed, 'signed the test plan')]),
    ...trial.accepted.map((signed) => act(signed, 'accepted an inconclusive test')),
    ...waivers.map(({ signed, assetId }) => act(signed, `waived the backup of ${nameOf(campaign, assetId)}`)),
    ...(change === null ? [] : [act(change.signed, 'requested the change')]),
    ...windows.map(({ signed, assets }) => act(signed, `agreed to the windows of ${namesOf(campaign, assets)}`)),
    ...votes.map((signed) => act(signed, 'approved the plan')),
    ...declared.map(({ signed, assetId, as }) => act(signed, `declared ${nameOf(campaign, assetId)} ${as}`)),
    ...(rollback?.signed ?? []).map((signed) => act(signed, 'asked for the rollback')),
    ...audits.map((signed) => act(signed, 'signed the audit')),
  ];
}

function namesOf(campaign: CampaignState, assets: readonly string[]): string {
  return assets.map((assetId) => nameOf(campaign, assetId)).join(', ');
}

function totalsOf(hosts: readonly ReportedHost[]): Record<JobOutcome, number> {
  const totals = { running: 0, succeeded: 0, failed: 0, unknown: 0, unreached: 0, adjudicated: 0 };
  for (const { outcome, planKind } of hosts) if (planKind === 'production') totals[outcome] += 1;
  return totals;
}

function remarksOf({ campaign, profile, jobs }: ReportFacts, hosts: readonly ReportedHost[]): string[] {
  const { waivers, plan, trial, dispositions, rescan } = campaign;
  const down = hosts.filter(({ outages }) => outages.length > 0).length;
  return [
    ...(profile === 'solo' ? ['No separation of duties: one person plays every part (profile solo).'] : []),
    ...waivers.map(({ assetId, why }) => `Without a backup: ${nameOf(campaign, assetId)}, waived because: ${why}`),
    ...(plan?.infeasible ?? []).map((assetId) => `Cannot be done by the due time: ${nameOf(campaign, assetId)}.`),
    ...(trial.debt !== null && trial.debt.paidAt === null ? ['The test is still owed.'] : []),
    ...(rescan?.remaining ?? []).map((assetId) => `Still found on ${nameOf(campaign, assetId)} after the update.`),
    ...dispositions.map(({ assetId, text }) => `Disposition for ${nameOf(campaign, assetId)}: ${text}`),
    ...jobs
      .filter(({ job }) => isClockWrong(job))
      .map(
        ({ job }) => `The clock of ${nameOf(campaign, job.assetId)} was wrong; of its end counts when it was reported.`,
      ),
    ...(down === 0 ? [] : [`Services were down on ${down} of ${hosts.length} hosts.`]),
  ];
}
