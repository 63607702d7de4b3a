import { type BackupsChecked, checkBackups } from '@patchsteward/core/4-backup';
import {
  type CampaignEvent,
  type CampaignState,
  type CampaignTimer,
  type Guards,
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
import { TARGET } from '../world/fleet.ts';
import type { LockMode } from './locks.ts';
import type { CheckIn, HeldCampaign } from './tables.ts';
import type { Transaction } from './transaction.ts';

type Report = Parameters<ReportStore['storeReport']>[0];

const NEW_HOST: HostRow = { runner: null, instance: null, lastSequence: 0, lastHash: null, forkedAt: null };
const SIGNED = { signed: (report: Report) => report.signature !== '' };

/** Every statement that the shell makes, over one transaction of the model. */
export class ModelStore implements MachineStore, WaveStore, GrantStore, ReportStore {
  readonly #tx: Transaction;
  readonly #policy: Policy;
  readonly guards: Guards;

  constructor(tx: Transaction, policy: Policy, guards: Guards) {
    this.#tx = tx;
    this.#policy = policy;
    this.guards = guards;
  }

  lockCampaign(id: string): Promise<HeldCampaign | undefined> {
    return this.#holding([`campaign ${id}`], () => this.#tx.get(this.#tx.tables.campaigns, id));
  }

  holdCampaign(id: string): Promise<CampaignState | undefined> {
    return this.#holding([`campaign ${id}`], () => this.#tx.get(this.#tx.tables.campaigns, id)?.state, 'shared');
  }

  lockCampaignsOf(jobs: readonly string[]): Promise<void> {
    if (jobs.length === 0) return Promise.resolve();
    const campaigns = new Set(this.#read(jobs).map(({ campaign }) => `campaign ${campaign}`));
    return this.#holding([...campaigns], () => undefined);
  }

  storeCampaign(state: CampaignState, version: number): Promise<void> {
    return this.#holding([`campaign ${state.id}`], () => {
      this.#tx.put(this.#tx.tables.campaigns, state.id, { state, version });
    });
  }

  append(stream: Stream, recorded: readonly (Recorded | JobRecorded)[], _by: By): Promise<NewLeaf[]> {
    return this.#say(() => {
      this.#tx.appended.push({ stream, recorded });
      return recorded.map(({ event }) => ({ kind: event.kind, subject: stream.campaign, payload: null }));
    });
  }

  async makeAppointments(campaign: string, timers: readonly CampaignTimer[]): Promise<TimerChange[]> {
    if (timers.length > 0) await this.#tx.statement();
    for (const { key, at, event } of timers) {
      this.#tx.put(this.#tx.tables.appointments, `${campaign} ${key}`, { due: at, event });
    }
    return timers.map(({ key, at }) => ({ kind: APPOINTMENT, subject: `${campaign} ${key}`, due: at }));
  }

  keepAppointment(campaign: string, key: string, now: Instant): Promise<CampaignEvent | undefined> {
    return this.#say(() => {
      const { appointments } = this.#tx.tables;
      const kept = this.#tx.get(appointments, `${campaign} ${key}`);
      if (kept === undefined || kept.due > now) return undefined;
      this.#tx.remove(appointments, `${campaign} ${key}`);
      return kept.event;
    });
  }

  nameOf(actor: Actor): Promise<string> {
    return Promise.resolve(actor.replace('person:', ''));
  }

  lockHost(assetId: string): Promise<HostRow> {
    return this.#holding([`host ${assetId}`], () => this.#host(assetId));
  }

  #host(assetId: string): HostRow {
    return this.#tx.get(this.#tx.tables.hosts, assetId) ?? NEW_HOST;
  }

  storeLastReport(
    assetId: string,
    { instance, sequence, hash }: { readonly instance: string; readonly sequence: number; readonly hash: string },
  ): Promise<void> {
    return this.#say(() => {
      const row = { ...this.#host(assetId), instance, lastSequence: sequence, lastHash: hash };
      this.#tx.put(this.#tx.tables.hosts, assetId, row);
    });
  }

  storeFork(assetId: string, at: Instant): Promise<void> {
    return this.#say(() => {
      this.#tx.put(this.#tx.tables.hosts, assetId, { ...this.#host(assetId), forkedAt: at });
    });
  }

  /** Signatures are tokens here: what matters is who holds the key. */
  reportKey(): Promise<typeof SIGNED> {
    return Promise.resolve(SIGNED);
  }

  readReportHash(assetId: string, sequence: number): Promise<string | undefined> {
    return this.#say(() => {
      return this.#tx.get(this.#tx.tables.reports, `${assetId} ${sequence}`);
    });
  }

  storeReport(report: Report, hash: string): Promise<void> {
    return this.#say(() => {
      this.#tx.put(this.#tx.tables.reports, `${report.assetId} ${report.sequence}`, hash);
    });
  }

  lockJob(key: string): Promise<Job | undefined> {
    return this.#holding([`job ${key}`], () => this.#tx.get(this.#tx.tables.jobs, key));
  }

  lockJobs(keys: readonly string[]): Promise<void> {
    return this.#holding(
      keys.map((key) => `job ${key}`),
      () => undefined,
    );
  }

  lockPlanJobs(plan: string): Promise<readonly Job[]> {
    return this.#lockedJobs(() => this.#keysOf(this.#tx.tables.jobsOfPlan, plan, (job) => job.plan === plan));
  }

  async lockHostJobs(campaign: string, assetId: string): Promise<readonly Job[]> {
    const { jobsOfAsset } = this.#tx.tables;
    const locked = await this.#lockedJobs(() => this.#keysOf(jobsOfAsset, assetId, (job) => job.assetId === assetId));
    return locked.filter((job) => job.campaign === campaign);
  }

  /** Which ones is read first; what they say is read when they are held. */
  #lockedJobs(keysNow: () => readonly string[]): Promise<readonly Job[]> {
    return this.#tx.isFine ? this.#jobsOnceHeld(keysNow) : this.#say(() => this.#read(keysNow().toSorted()));
  }

  async #jobsOnceHeld(keysNow: () => readonly string[]): Promise<readonly Job[]> {
    const keys = (await this.#say(keysNow)).toSorted();
    for (const key of keys) await this.#tx.lock(`job ${key}`);
    return this.#read(keys);
  }

  async listPlanJobs(plan: string): Promise<readonly Job[]> {
    return this.#say(() => {
      const keys = this.#keysOf(this.#tx.tables.jobsOfPlan, plan, (job) => job.plan === plan);
      return this.#read(keys).sort((one, other) => (one.assetId < other.assetId ? -1 : 1));
    });
  }

  listOpenJobs(assetId: string): Promise<readonly Job[]> {
    return this.#say(() => {
      const keys = this.#keysOf(this.#tx.tables.jobsOfAsset, assetId, (job) => job.assetId === assetId);
      const open = this.#read(keys).filter(({ state }) => !isTerminal(state.name));
      return open.sort((one, other) => one.state.epoch - other.state.epoch);
    });
  }

  #keysOf(index: Map<string, string[]>, key: string, mine: (job: Job) => boolean): readonly string[] {
    if (this.#tx.newJobs.length === 0) return index.get(key) ?? [];
    const fresh = this.#tx.newJobs.filter(mine).map((job) => job.key);
    return [...(index.get(key) ?? []), ...fresh];
  }

  #read(keys: readonly string[]): Job[] {
    const found: Job[] = [];
    for (const key of keys) {
      const job = this.#tx.get(this.#tx.tables.jobs, key);
      if (job !== undefined) found.push(job);
    }
    return found;
  }

  storeJob(job: Job): Promise<void> {
    return this.#holding([`job ${job.key}`], () => {
      if (this.#tx.get(this.#tx.tables.jobs, job.key) === undefined) this.#tx.newJobs.push(job);
      this.#tx.put(this.#tx.tables.jobs, job.key, job);
    });
  }

  lockLedgers(groups: readonly string[]): Promise<void> {
    return this.#holding(
      groups.map((group) => `ledger ${group}`),
      () => undefined,
    );
  }

  /** One statement, without a turn of its own where nobody comes between. */
  #say<T>(read: () => T): Promise<T> {
    const pause = this.#tx.statement();
    return pause === null ? Promise.resolve(read()) : pause.then(read);
  }

  /** A statement that waits until nobody else holds these rows, in the order of their names. */
  #holding<T>(keys: readonly string[], read: () => T, mode: LockMode = 'exclusive'): Promise<T> {
    return this.#tx.isFine ? this.#waiting(keys, read, mode) : this.#say(read);
  }

  async #waiting<T>(keys: readonly string[], read: () => T, mode: LockMode): Promise<T> {
    await this.#tx.statement();
    for (const key of keys.toSorted()) await this.#tx.lock(key, mode);
    return read();
  }

  readDown(groups: readonly string[]): Promise<readonly LedgerEntry[]> {
    return this.#say(() => {
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
    });
  }

  countMembers(groups: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return this.#say(() => {
      const counts = new Map<string, number>();
      for (const { redundancyGroups } of this.#tx.tables.assets.values()) {
        for (const group of redundancyGroups) {
          if (groups.includes(group)) counts.set(group, (counts.get(group) ?? 0) + 1);
        }
      }
      return counts;
    });
  }

  readAssetGroups(assetId: string): Promise<readonly string[]> {
    return this.#say(() => this.#tx.tables.assets.get(assetId)?.redundancyGroups ?? []);
  }

  readAuthority(plan: string, assetId: string) {
    return this.#say(() => {
      const kept = this.#tx.tables.plans.get(plan);
      const leaf = kept?.leaves.find((one) => one.assetId === assetId);
      if (kept === undefined || leaf === undefined) return undefined;
      return { notAfter: kept.notAfter, intervals: leaf.intervals };
    });
  }

  backupReasons(state: CampaignState, assetId: string, now: Instant): Promise<readonly Reason[]> {
    return this.#say(() => {
      const lane = this.#policy.lanes[state.lane ?? 'critical'];
      const assets = productionOf(state).filter((asset) => asset.assetId === assetId);
      return this.#checked(assets, lane, now).missing;
    });
  }

  checkBackups(state: CampaignState, lane: LanePolicy, now: Instant): Promise<BackupsChecked> {
    return this.#say(() => this.#checked(productionOf(state), lane, now));
  }

  #checked(assets: readonly { readonly assetId: string }[], lane: LanePolicy, now: Instant): BackupsChecked {
    const facts = assets.flatMap(({ assetId }) => this.#tx.tables.backups.get(assetId) ?? []);
    return checkBackups(facts, lane, now);
  }

  insertGrant(grant: NewGrant): Promise<void> {
    return this.#say(() => {
      this.#tx.put(this.#tx.tables.grants, grant.grant, grant);
    });
  }

  readGrantBoot(grant: string): Promise<string | undefined> {
    return this.#say(() => this.#tx.get(this.#tx.tables.grants, grant)?.bootId);
  }

  readKept(plan: string) {
    return this.#say(() => {
      const kept = this.#tx.tables.plans.get(plan);
      return kept === undefined ? undefined : { leafCount: kept.leaves.length, epoch: kept.epoch };
    });
  }

  readLeaves(plan: string): Promise<readonly Leaf[]> {
    return this.#say(() => this.#tx.tables.plans.get(plan)?.leaves ?? []);
  }

  /** A host that is being changed tells what it told before. */
  storeCheckIn(assetId: string, versions: CheckIn['versions'] | null, seenAt: Instant): Promise<void> {
    return this.#say(() => {
      const { checkIns } = this.#tx.tables;
      const known = this.#tx.get(checkIns, assetId)?.versions ?? new Map<string, string>();
      this.#tx.put(checkIns, assetId, { seenAt, versions: versions ?? known });
    });
  }

  readSeen(assetIds: readonly string[]): Promise<ReadonlyMap<string, Instant>> {
    return this.#say(() => {
      const seen = new Map<string, Instant>();
      for (const assetId of assetIds) {
        const at = this.#tx.tables.seenAt(assetId);
        if (at !== undefined) seen.set(assetId, at);
      }
      return seen;
    });
  }

  readForked(assetIds: readonly string[]): Promise<ReadonlySet<string>> {
    return this.#say(() => new Set(assetIds.filter((assetId) => this.#host(assetId).forkedAt !== null)));
  }

  /** A host that forked is enrolled anew, as another asset: here it leaves the campaign. */
  leftToPlan(state: CampaignState): Promise<readonly string[]> {
    return this.#say(() => {
      const { checkIns } = this.#tx.tables;
      const left = productionOf(state).filter(({ assetId }) => {
        const told = this.#tx.get(checkIns, assetId)?.versions;
        const isDone = told !== undefined && [...told.values()].every((version) => version === TARGET);
        return !isDone && this.#host(assetId).forkedAt === null;
      });
      return left.map(({ assetId }) => assetId);
    });
  }

  /** By the versions that hosts told last: whoever has another one than the plan starts from has drifted. */
  staleness(state: CampaignState, plan: Hash): Promise<Move | null> {
    return this.#say(() => {
      const { checkIns, plans } = this.#tx.tables;
      const names = new Map(state.assets.map(({ assetId, name }) => [assetId, name]));
      const drifted = (plans.get(plan)?.leaves ?? []).filter(({ assetId, changes }) => {
        const told = this.#tx.get(checkIns, assetId)?.versions;
        return told !== undefined && changes.some(({ name, from }) => (told.get(name) ?? null) !== from);
      });
      if (drifted.length === 0) return null;
      const reasons = drifted.map(({ assetId }) => reasonOf('drift', names.get(assetId) ?? assetId));
      return { verdict: { kind: 'wait', waitingOn: reasons }, event: { kind: 'plan.stale', reasons } };
    });
  }
}
