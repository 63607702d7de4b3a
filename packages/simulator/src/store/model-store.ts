import { type BackupsChecked, checkBackups } from '@patchsteward/core/4-backup';
import {
  type CampaignEvent,
  type CampaignState,
  type CampaignTimer,
  productionOf,
  type Recorded,
} from '@patchsteward/core/campaign';
import { isTerminal, type JobRecorded, type LedgerEntry, slotOf } from '@patchsteward/core/job';
import type { Leaf } from '@patchsteward/core/plan';
import type { LanePolicy, Policy } from '@patchsteward/core/policy';
import { type Hash, type Instant, type Reason, reasonOf } from '@patchsteward/core/vocabulary';
import {
  type Actor,
  APPOINTMENT,
  type By,
  type GrantStore,
  type HostRow,
  type Job,
  type MachineStore,
  type Move,
  type NewGrant,
  type NewLeaf,
  type ReportStore,
  type Stream,
  type TimerChange,
  type WaveStore,
} from '@patchsteward/server/engine';
import type { CheckIn, HeldCampaign } from './tables.ts';
import type { Transaction } from './transaction.ts';

type Report = Parameters<ReportStore['storeReport']>[0];

const NEW_HOST: HostRow = { runner: null, instance: null, lastSequence: 0, lastHash: null, forkedAt: null };
const SIGNED = { signed: (report: Report) => report.signature !== '' };

/** Every statement that the shell makes, over one transaction of the model. */
export class ModelStore implements MachineStore, WaveStore, GrantStore, ReportStore {
  readonly #tx: Transaction;
  readonly #policy: Policy;

  constructor(tx: Transaction, policy: Policy) {
    this.#tx = tx;
    this.#policy = policy;
  }

  async lockCampaign(id: string): Promise<HeldCampaign | undefined> {
    await this.#tx.statement();
    await this.#tx.lock(`campaign ${id}`);
    return this.#tx.get(this.#tx.tables.campaigns, id);
  }

  async holdCampaign(id: string): Promise<CampaignState | undefined> {
    await this.#tx.statement();
    await this.#tx.lock(`campaign ${id}`, 'shared');
    return this.#tx.get(this.#tx.tables.campaigns, id)?.state;
  }

  async storeCampaign(state: CampaignState, version: number): Promise<void> {
    await this.#tx.statement();
    await this.#tx.lock(`campaign ${state.id}`);
    this.#tx.put(this.#tx.tables.campaigns, state.id, { state, version });
  }

  async append(stream: Stream, recorded: readonly (Recorded | JobRecorded)[], _by: By): Promise<NewLeaf[]> {
    await this.#tx.statement();
    this.#tx.appended.push({ stream, recorded });
    return recorded.map(({ event }) => ({ kind: event.kind, subject: stream.campaign, payload: null }));
  }

  async makeAppointments(campaign: string, timers: readonly CampaignTimer[]): Promise<TimerChange[]> {
    if (timers.length > 0) await this.#tx.statement();
    for (const { key, at, event } of timers) {
      this.#tx.put(this.#tx.tables.appointments, `${campaign} ${key}`, { due: at, event });
    }
    return timers.map(({ key, at }) => ({ kind: APPOINTMENT, subject: `${campaign} ${key}`, due: at }));
  }

  async keepAppointment(campaign: string, key: string, now: Instant): Promise<CampaignEvent | undefined> {
    await this.#tx.statement();
    const { appointments } = this.#tx.tables;
    const kept = this.#tx.get(appointments, `${campaign} ${key}`);
    if (kept === undefined || kept.due > now) return undefined;
    this.#tx.remove(appointments, `${campaign} ${key}`);
    return kept.event;
  }

  nameOf(actor: Actor): Promise<string> {
    return Promise.resolve(actor.replace('person:', ''));
  }

  async lockHost(assetId: string): Promise<HostRow> {
    await this.#tx.statement();
    await this.#tx.lock(`host ${assetId}`);
    return this.#host(assetId);
  }

  #host(assetId: string): HostRow {
    return this.#tx.get(this.#tx.tables.hosts, assetId) ?? NEW_HOST;
  }

  async storeLastReport(
    assetId: string,
    { instance, sequence, hash }: { readonly instance: string; readonly sequence: number; readonly hash: string },
  ): Promise<void> {
    await this.#tx.statement();
    const row = { ...this.#host(assetId), instance, lastSequence: sequence, lastHash: hash };
    this.#tx.put(this.#tx.tables.hosts, assetId, row);
  }

  async storeFork(assetId: string, at: Instant): Promise<void> {
    await this.#tx.statement();
    this.#tx.put(this.#tx.tables.hosts, assetId, { ...this.#host(assetId), forkedAt: at });
  }

  /** Signatures are tokens here: what matters is who holds the key. */
  reportKey(): Promise<typeof SIGNED> {
    return Promise.resolve(SIGNED);
  }

  async readReportHash(assetId: string, sequence: number): Promise<string | undefined> {
    await this.#tx.statement();
    return this.#tx.get(this.#tx.tables.reports, `${assetId} ${sequence}`);
  }

  async storeReport(report: Report, hash: string): Promise<void> {
    await this.#tx.statement();
    this.#tx.put(this.#tx.tables.reports, `${report.assetId} ${report.sequence}`, hash);
  }

  async lockJob(key: string): Promise<Job | undefined> {
    await this.#tx.statement();
    await this.#tx.lock(`job ${key}`);
    return this.#tx.get(this.#tx.tables.jobs, key);
  }

  async lockJobs(keys: readonly string[]): Promise<void> {
    await this.#tx.statement();
    for (const key of [...keys].sort()) await this.#tx.lock(`job ${key}`);
  }

  async lockPlanJobs(plan: string): Promise<readonly Job[]> {
    await this.#tx.statement();
    return this.#locked(this.#keysOf(this.#tx.tables.jobsOfPlan, plan, (job) => job.plan === plan));
  }

  async lockHostJobs(campaign: string, assetId: string): Promise<readonly Job[]> {
    await this.#tx.statement();
    const keys = this.#keysOf(this.#tx.tables.jobsOfAsset, assetId, (job) => job.assetId === assetId);
    return (await this.#locked(keys)).filter((job) => job.campaign === campaign);
  }

  async #locked(keys: readonly string[]): Promise<Job[]> {
    const jobs: Job[] = [];
    for (const key of [...keys].sort()) {
      await this.#tx.lock(`job ${key}`);
      const job = this.#tx.get(this.#tx.tables.jobs, key);
      if (job !== undefined) jobs.push(job);
    }
    return jobs;
  }

  async listPlanJobs(plan: string): Promise<readonly Job[]> {
    await this.#tx.statement();
    const keys = this.#keysOf(this.#tx.tables.jobsOfPlan, plan, (job) => job.plan === plan);
    return this.#read(keys).sort((one, other) => (one.assetId < other.assetId ? -1 : 1));
  }

  async listOpenJobs(assetId: string): Promise<readonly Job[]> {
    await this.#tx.statement();
    const keys = this.#keysOf(this.#tx.tables.jobsOfAsset, assetId, (job) => job.assetId === assetId);
    const open = this.#read(keys).filter(({ state }) => !isTerminal(state.name));
    return open.sort((one, other) => one.state.epoch - other.state.epoch);
  }

  #keysOf(index: Map<string, string[]>, key: string, mine: (job: Job) => boolean): string[] {
    const fresh = this.#tx.newJobs.filter(mine).map((job) => job.key);
    return [...(index.get(key) ?? []), ...fresh];
  }

  #read(keys: readonly string[]): Job[] {
    return keys.flatMap((key) => this.#tx.get(this.#tx.tables.jobs, key) ?? []);
  }

  async storeJob(job: Job): Promise<void> {
    await this.#tx.statement();
    await this.#tx.lock(`job ${job.key}`);
    if (this.#tx.get(this.#tx.tables.jobs, job.key) === undefined) this.#tx.newJobs.push(job);
    this.#tx.put(this.#tx.tables.jobs, job.key, job);
  }

  async lockLedgers(groups: readonly string[]): Promise<void> {
    await this.#tx.statement();
    for (const group of [...groups].sort()) await this.#tx.lock(`ledger ${group}`);
  }

  async readDown(groups: readonly string[]): Promise<readonly LedgerEntry[]> {
    await this.#tx.statement();
    const { assets, jobs } = this.#tx.tables;
    const down: LedgerEntry[] = [];
    for (const group of groups) {
      for (const { assetId, redundancyGroups } of assets.values()) {
        if (!redundancyGroups.includes(group)) continue;
        const keys = this.#tx.tables.jobsOfAsset.get(assetId) ?? [];
        for (const key of keys) {
          const job = this.#tx.get(jobs, key);
          const slot = job === undefined ? null : slotOf(key, job.state);
          if (slot !== null) down.push({ ...slot, groups: [...new Set([...slot.groups, ...redundancyGroups])] });
        }
      }
    }
    return down;
  }

  async countMembers(groups: readonly string[]): Promise<ReadonlyMap<string, number>> {
    await this.#tx.statement();
    const counts = new Map<string, number>();
    for (const { redundancyGroups } of this.#tx.tables.assets.values()) {
      for (const group of redundancyGroups) {
        if (groups.includes(group)) counts.set(group, (counts.get(group) ?? 0) + 1);
      }
    }
    return counts;
  }

  async readAssetGroups(assetId: string): Promise<readonly string[]> {
    await this.#tx.statement();
    return this.#tx.tables.assets.get(assetId)?.redundancyGroups ?? [];
  }

  async readAuthority(plan: string, assetId: string) {
    await this.#tx.statement();
    const kept = this.#tx.tables.plans.get(plan);
    const leaf = kept?.leaves.find((one) => one.assetId === assetId);
    if (kept === undefined || leaf === undefined) return undefined;
    return { notAfter: kept.notAfter, intervals: leaf.intervals };
  }

  async backupReasons(state: CampaignState, assetId: string, now: Instant): Promise<readonly Reason[]> {
    await this.#tx.statement();
    const lane = this.#policy.lanes[state.lane ?? 'critical'];
    const assets = productionOf(state).filter((asset) => asset.assetId === assetId);
    return this.#checked(assets, lane, now).missing;
  }

  async checkBackups(state: CampaignState, lane: LanePolicy, now: Instant): Promise<BackupsChecked> {
    await this.#tx.statement();
    return this.#checked(productionOf(state), lane, now);
  }

  #checked(assets: readonly { readonly assetId: string }[], lane: LanePolicy, now: Instant): BackupsChecked {
    const facts = assets.flatMap(({ assetId }) => this.#tx.tables.backups.get(assetId) ?? []);
    return checkBackups(facts, lane, now);
  }

  async insertGrant(grant: NewGrant): Promise<void> {
    await this.#tx.statement();
    this.#tx.put(this.#tx.tables.grants, grant.grant, grant);
  }

  async readKept(plan: string) {
    await this.#tx.statement();
    const kept = this.#tx.tables.plans.get(plan);
    return kept === undefined ? undefined : { leafCount: kept.leaves.length, epoch: kept.epoch };
  }

  async readLeaves(plan: string): Promise<readonly Leaf[]> {
    await this.#tx.statement();
    return this.#tx.tables.plans.get(plan)?.leaves ?? [];
  }

  /** A host that is being changed tells what it told before. */
  async storeCheckIn(assetId: string, versions: CheckIn['versions'] | null, seenAt: Instant): Promise<void> {
    await this.#tx.statement();
    const { checkIns } = this.#tx.tables;
    const known = this.#tx.get(checkIns, assetId)?.versions ?? new Map<string, string>();
    this.#tx.put(checkIns, assetId, { seenAt, versions: versions ?? known });
  }

  async readSeen(assetIds: readonly string[]): Promise<ReadonlyMap<string, Instant>> {
    await this.#tx.statement();
    const { checkIns } = this.#tx.tables;
    return new Map(
      assetIds.flatMap((assetId) => {
        const seen = this.#tx.get(checkIns, assetId);
        return seen === undefined ? [] : [[assetId, seen.seenAt] as const];
      }),
    );
  }

  /** By the versions that hosts told last: whoever has another one than the plan starts from has drifted. */
  async staleness(state: CampaignState, plan: Hash): Promise<Move | null> {
    await this.#tx.statement();
    const { checkIns, plans } = this.#tx.tables;
    const names = new Map(state.assets.map(({ assetId, name }) => [assetId, name]));
    const drifted = (plans.get(plan)?.leaves ?? []).filter(({ assetId, changes }) => {
      const told = this.#tx.get(checkIns, assetId)?.versions;
      return told !== undefined && changes.some(({ name, from }) => (told.get(name) ?? null) !== from);
    });
    if (drifted.length === 0) return null;
    const reasons = drifted.map(({ assetId }) => reasonOf('drift', names.get(assetId) ?? assetId));
    return { verdict: { kind: 'wait', waitingOn: reasons }, event: { kind: 'plan.stale', reasons } };
  }
}
