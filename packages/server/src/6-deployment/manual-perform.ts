import { EVIDENCE_FILES_MAX, type WorkReport } from '@patchsteward/contract';
import { decideGrant, missingOf, PHASE_OF_STEP } from '@patchsteward/core/6-deployment';
import { AT_WORK, type JobEvent, type JobEvidence, type JobReport } from '@patchsteward/core/job';
import type { ChecklistStep, ManualLeaf } from '@patchsteward/core/plan';
import { type Hash, type Instant, type Reason, sentenceOf } from '@patchsteward/core/vocabulary';
import type { AppendEvents, HoldCampaign } from '../platform/campaign-door.ts';
import type { Actor, Changed, Corridor, NewLeaf, TimerChange, Wish } from '../platform/corridor.ts';
import type { Tx } from '../platform/database.ts';
import { Refusal } from '../platform/http/refusal.ts';
import { type GrantParts, prepareGrant } from './agent-grant.ts';
import type { GrantStore, JobStore } from './deployment-store.ts';
import { advanceJob } from './job-step.ts';
import type { Job } from './job-store.ts';
import { leafOfJob, type ManualOrder } from './manual-order.ts';
import { filedItems, putFile, putItem, readFiled } from './manual-store.ts';
import { noSuchJob } from './no-such-job.ts';
import { campaignHold, type GrantSources, grantStore, jobStore } from './postgres-store.ts';

export interface ManualParts extends GrantSources, Pick<GrantParts, 'policy' | 'silenceMs' | 'newId'> {
  readonly corridor: Corridor;
  readonly append: AppendEvents;
  readonly hold: HoldCampaign;
  /** Room 3 keeps bytes. */
  readonly keepEvidence: (tx: Tx, bytes: Uint8Array, at: Instant) => Promise<{ hash: Hash; sizeBytes: number }>;
}

/** Who does it, as the plan and as the record name them. */
export interface Worker {
  readonly key: string;
  readonly login: string;
  readonly actor: Actor;
  readonly at: Instant;
}

export type Taken = { readonly kind: 'taken' } | { readonly kind: 'waiting'; readonly reasons: readonly Reason[] };

/**
 * A person begins: what a host does in four steps, under the same grant and the same locks in the same order (host,
 * campaign, job, ledgers). From here on the asset counts as down. Where it must wait nothing is written. // rollout S4 S5 S6
 */
export function takeWork(parts: ManualParts, worker: Worker, { job: seen }: ManualOrder): Promise<Taken> {
  const { corridor, append } = parts;
  return corridor.change(worker, async (tx): Promise<Changed<Taken>> => {
    const store = grantStore(tx, append, parts);
    const host = await store.lockHost(seen.assetId);
    const campaign = await store.holdCampaign(seen.campaign);
    const { job } = await ownOrder(tx, store, parts, worker);
    if (campaign === undefined) throw noSuchJob(worker.key);
    if (AT_WORK.includes(job.state.name)) return { value: { kind: 'taken' } };
    const armed = { ...job, state: { ...job.state, name: 'armed' } } as const;
    const facts = { job: armed, state: campaign, forked: host.forkedAt !== null, now: worker.at };
    const verdict = decideGrant(await prepareGrant(store, parts, facts), worker.at);
    if (verdict.kind !== 'proceed') {
      return { value: { kind: 'waiting', reasons: verdict.kind === 'wait' ? verdict.waitingOn : verdict.blockedBy } };
    }
    const grant = parts.newId();
    const { startBy } = verdict.value;
    const walk = new Walk(store, parts, worker, job);
    if (job.state.name === 'queued') await walk.step({ kind: 'job.offered' });
    await walk.report({ phase: 'armed' });
    await walk.step({ kind: 'job.granted', grant, startBy });
    await walk.report({ phase: 'installing' });
    // A person has no boot; each grant of one is of a start of its own.
    await store.insertGrant({ grant, job: job.key, assetId: job.assetId, bootId: grant, at: worker.at, startBy });
    return walk.with<Taken>({ kind: 'taken' });
  });
}

/** An item is done; every word of the person is a sign of life. */
export function fileItem(parts: ManualParts, worker: Worker, item: number, note: string | null): Promise<void> {
  return parts.corridor.change(worker, async (tx): Promise<Changed<void>> => {
    const store = jobStore(tx, parts.append);
    const { job, leaf } = await workUnderWay(tx, store, parts, worker);
    const { step } = itemOf(leaf, item);
    await putItem(tx, { job: job.key, item, person: worker.login, at: worker.at }, note);
    const walk = new Walk(store, parts, worker, job);
    await walk.report({ phase: PHASE_OF_STEP[step] });
    return walk.with(undefined, filedLeaf(job, { item, step, note, file: null }));
  });
}

/** A file as evidence of an item. The bytes come first: a row without bytes would be a promise nobody keeps. */
export function attachFile(
  parts: ManualParts,
  worker: Worker,
  item: number,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<void> {
  return parts.corridor.change(worker, async (tx): Promise<Changed<void>> => {
    const store = jobStore(tx, parts.append);
    const { job, leaf } = await workUnderWay(tx, store, parts, worker);
    const { step } = itemOf(leaf, item);
    const { files } = await readFiled(tx, job.key);
    if (files.filter((one) => one.item === item).length >= EVIDENCE_FILES_MAX) {
      throw new Refusal('conflict', `An item takes ${EVIDENCE_FILES_MAX} files at most.`);
    }
    const kept = { name: file.name, ...(await parts.keepEvidence(tx, file.bytes, worker.at)) };
    const isNew = await putFile(tx, { job: job.key, item, person: worker.login, at: worker.at }, kept);
    if (!isNew) return { value: undefined };
    const walk = new Walk(store, parts, worker, job);
    await walk.report({ phase: PHASE_OF_STEP[step] });
    return walk.with(undefined, filedLeaf(job, { item, step, note: null, file: kept }));
  });
}

/** The person's last word. `done` is believed with all the evidence that people signed for, and not without. */
export function reportWork(parts: ManualParts, worker: Worker, report: WorkReport): Promise<void> {
  return parts.corridor.change(worker, async (tx): Promise<Changed<void>> => {
    const store = jobStore(tx, parts.append);
    // A failure is seen by the grants that come after it. // rollout S6
    if (report.outcome === 'failed') await campaignHold(tx, parts.hold).lockCampaignsOf([worker.key]);
    const { job, leaf } = await workUnderWay(tx, store, parts, worker);
    const filed = await readFiled(tx, job.key);
    const walk = new Walk(store, parts, worker, job);
    if (report.outcome === 'done') {
      const missing = missingOf(leaf.checklist, filedItems(filed));
      if (missing.length > 0) throw notAllThere(missing);
      await walk.report({
        phase: 'succeeded',
        evidence: evidenceOf(job, leaf, worker.at, leaf.changes[0]?.to ?? null),
      });
    } else {
      const error = {
        stage: STAGE_OF_STEP[report.step],
        package: leaf.changes[0]?.name ?? null,
        cause: 'said-by-hand',
      };
      await walk.report({ phase: 'failed', error, evidence: evidenceOf(job, leaf, worker.at, null) });
    }
    return walk.with(undefined, {
      kind: 'work.reported',
      subject: job.key,
      payload: {
        ...{ asset: job.assetId, person: worker.login, outcome: report.outcome },
        ...(report.outcome === 'failed' ? { step: report.step, why: report.why } : {}),
        files: filed.files.map(({ item, hash, name, sizeBytes }) => ({ item, hash, name, sizeBytes })),
      },
    });
  });
}

/** Two who fail at the same step have the same trouble. */
const STAGE_OF_STEP = {
  prerequisite: 'preflight',
  backup: 'preflight',
  install: 'installing',
  restart: 'rebooting',
  check: 'verifying',
} as const satisfies Record<ChecklistStep, string>;

/** What the person says; what the asset has is seen in the next list. `after` null: nobody says. */
function evidenceOf({ state }: Job, { changes }: ManualLeaf, at: Instant, after: string | null): JobEvidence {
  return {
    before: changes.map(({ name, architecture, from }) => ({ name, architecture, version: from })),
    after: changes.map(({ name, architecture }) => ({ name, architecture, version: after })),
    ...{ startedAt: state.grant?.at ?? at, endedAt: at, outages: [], rebooted: false, log: null },
  };
}

function notAllThere(missing: ReturnType<typeof missingOf>): Refusal {
  const words = { done: 'is not done', note: 'wants a note of what was seen', file: 'wants a file' };
  return new Refusal('evidence-missing', 'The work is not reported: something of the checklist is missing.', {
    details: missing.map(({ item, what }) => ({ path: `items[${item}]`, problem: words[what] })),
  });
}

function itemOf({ checklist }: ManualLeaf, item: number) {
  const found = checklist[item];
  if (found === undefined) throw new Refusal('not-found', `The checklist has no item ${item}.`);
  return found;
}

/** Locked, and of this person: nobody else takes, files or reports it. */
async function ownOrder(tx: Tx, store: JobStore, parts: ManualParts, { key, login }: Worker): Promise<ManualOrder> {
  const job = await store.lockJob(key);
  if (job === undefined) throw noSuchJob(key);
  const leaf = await leafOfJob(tx, parts.plans, job);
  if (leaf.person === login) return { job, leaf };
  throw new Refusal('work-not-yours', `This work order names ${leaf.person}; you are ${login}.`);
}

/** Only what was granted is filed and reported: nobody who was not allowed to begin may say that it is done. */
async function workUnderWay(tx: Tx, store: JobStore, parts: ManualParts, worker: Worker): Promise<ManualOrder> {
  const order = await ownOrder(tx, store, parts, worker);
  if (AT_WORK.includes(order.job.state.name)) return order;
  throw new Refusal('work-not-taken', `This work is ${order.job.state.name}: it was not taken, or it is over.`);
}

function filedLeaf(
  { key, assetId }: Job,
  filed: {
    readonly item: number;
    readonly step: ChecklistStep;
    readonly note: string | null;
    readonly file: { readonly hash: Hash; readonly name: string; readonly sizeBytes: number } | null;
  },
): NewLeaf {
  const { item, step, note, file } = filed;
  const what = file === null ? null : { hash: file.hash, name: file.name, sizeBytes: file.sizeBytes };
  return { kind: 'work.filed', subject: key, payload: { asset: assetId, item, step, note, file: what } };
}

/** Some events of one job, one after the other, in one transaction. */
class Walk {
  readonly #store: JobStore | GrantStore;
  readonly #by: Worker & { readonly silenceMs: number };
  readonly #leaves: NewLeaf[] = [];
  readonly #wishes: Wish[] = [];
  #timers: readonly TimerChange[] = [];
  #job: Job;

  constructor(store: JobStore, { silenceMs }: ManualParts, worker: Worker, job: Job) {
    this.#store = store;
    this.#by = { ...worker, silenceMs };
    this.#job = job;
  }

  /** The next word of the person. */
  report(report: JobReport): Promise<void> {
    return this.step({ kind: 'job.reported', sequence: this.#job.state.lastSequence + 1, report });
  }

  async step(event: JobEvent): Promise<void> {
    const { actor, at, silenceMs } = this.#by;
    const stepped = await advanceJob(this.#store, this.#job, event, { actor, at, silenceMs });
    if (stepped.kind === 'refused') throw new Refusal('event-refused', sentenceOf(stepped.reason));
    this.#job = stepped.job;
    this.#leaves.push(...stepped.leaves);
    this.#wishes.push(...stepped.wishes);
    // Of one timer the last word counts.
    this.#timers = stepped.timers;
  }

  with<T>(value: T, ...leaves: readonly NewLeaf[]): Changed<T> {
    return { value, leaves: [...this.#leaves, ...leaves], wishes: this.#wishes, timers: this.#timers };
  }
}
