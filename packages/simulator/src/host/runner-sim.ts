import {
  type Attempt,
  actingDeb,
  after,
  blocked,
  commandsOf,
  type JobFiles,
  type JobProgress,
  type JobRecord,
  nextStep,
  progressOf,
  type RunnerAnswer,
  type RunnerQuestion,
  type Step,
  unitName,
} from '@patchsteward/agent/engine';
import type { ErrorSignature, JobEvidence, JobReport } from '@patchsteward/core/job';
import type { Leaf, PackageChange } from '@patchsteward/core/plan';
import { type Hash, type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { KeptPlan } from '../store/tables.ts';
import { Process } from '../time/process.ts';
import { type SignedOffer, verifyOrder } from '../world/authority.ts';
import type { Slip } from '../world/engine.ts';
import { DiskFullError, type ModelDisk, ModelShelf } from './disk.ts';
import type { HostSim } from './host-sim.ts';

const LOOK_MS = 5_000;
const DRIVE_AGAIN_MS = 10_000;
const GRANT_MS_MAX = 10 * MINUTE_MS;
const CLOCK_SLACK_MS = 2 * MINUTE_MS;
const NO_FILES: JobFiles = { manager: actingDeb, forward: transactionOf('forward'), back: transactionOf('back') };

interface Marks {
  readonly last: { readonly epoch: number; readonly plan: Hash } | null;
  readonly clockFloor: Instant;
}

interface KeptOffer {
  readonly plan: KeptPlan;
  readonly leaf: Leaf;
  readonly signers: SignedOffer['signers'];
}

interface Run {
  readonly job: Hash;
  readonly leaf: Leaf;
  progress: JobProgress;
}

/**
 * Root's part of an agent: what follows from a journal is the product's own (`progressOf`, `nextStep`); what it reads and
 * starts is this host. A process that dies here is taken up from its journal by the next one.
 */
export class RunnerSim {
  readonly #host: HostSim;
  process: Process;
  #jobs = new Map<Hash, readonly JobRecord[]>();
  #run: Run | null = null;

  constructor(host: HostSim) {
    this.#host = host;
    this.process = new Process(host.world.scheduler);
    this.process.kill();
  }

  get #slips(): ReadonlySet<Slip> {
    return this.#host.world.engine.slips;
  }

  /** Past the point of no return, and not at its end. */
  get isBusy(): boolean {
    return this.#run !== null;
  }

  start(): void {
    this.process = new Process(this.#host.world.scheduler);
    this.#jobs = new Map();
    this.#run = null;
    this.#host.world.sleepers.disturb(this.#host.assetId);
    for (const [name, records] of this.#host.disk.files) {
      if (!name.startsWith(JOURNAL)) continue;
      const job = name.slice(JOURNAL.length) as Hash; // Only #append names files so.
      this.#jobs.set(job, (records as { readonly records: readonly JobRecord[] }).records);
    }
    for (const [job, records] of this.#jobs) {
      const progress = progressOf(records);
      if (progress === null || !isUnderWay(progress)) continue;
      const { plan, leaf } = this.#offerOf(job);
      // A power cut right after the record: nothing was launched, and yet it is begun.
      this.#host.world.promises.onTakenUp(this.#host, { job, plan, leaf });
      this.#drive({ job, leaf, progress });
    }
  }

  async ask(question: RunnerQuestion): Promise<RunnerAnswer | null> {
    if (!this.process.alive) return null;
    try {
      return await this.#answer(question);
    } catch (error) {
      if (!(error instanceof DiskFullError)) throw error;
      return { kind: 'error', code: 'failed', detail: 'the disk is full' };
    }
  }

  #answer(question: RunnerQuestion): Promise<RunnerAnswer> {
    switch (question.kind) {
      case 'hello':
        return Promise.resolve({ kind: 'hello', facts: null, why: null, job: this.#run?.job ?? null });
      case 'status':
        return Promise.resolve(this.#status(question.job));
      case 'roots':
        return Promise.resolve({ kind: 'roots', version: 1, refused: null });
      case 'prepare':
        return this.#prepare(question.offer as SignedOffer);
      case 'start':
        return this.#start(question.job, question.grant, question.startByBoottimeMs);
      case 'cancel':
        return this.#cancel(question.job, question.why);
    }
  }

  #status(job: Hash): RunnerAnswer {
    const progress = this.#progressOf(job);
    if (progress === null) return { kind: 'status', job, standing: 'unknown', trail: [] };
    const { kind } = progress.standing;
    const still = kind === 'armed' || kind === 'canceled' || kind === 'finished' ? kind : 'running';
    return { kind: 'status', job, standing: still, trail: progress.trail };
  }

  #progressOf(job: Hash): JobProgress | null {
    if (this.#run?.job === job) return this.#run.progress;
    return progressOf(this.#jobs.get(job) ?? []);
  }

  async #prepare(offer: SignedOffer): Promise<RunnerAnswer> {
    const order = this.#verify(offer, 'prepare');
    if ('phase' in order) return { kind: 'report', report: order };
    const refusal = this.#assertFree(offer.job) ?? this.#preflight(order.leaf);
    if (refusal !== null) return { kind: 'report', report: refusal };
    for (const [job, records] of this.#jobs) {
      if (job !== offer.job && progressOf(records)?.standing.kind === 'armed') await this.#cancelArmed(job, 'replaced');
    }
    await this.#keep(`offer/${offer.job}`, { plan: order.plan, leaf: order.leaf, signers: offer.signers });
    const { plan, kind: planKind, epoch } = order.plan;
    await this.#append(offer.job, { kind: 'armed', job: offer.job, plan, planKind, epoch, at: this.#host.wallClock });
    return { kind: 'report', report: { phase: 'armed' } };
  }

  #verify(offer: SignedOffer, moment: 'prepare' | 'start') {
    const now = this.#host.wallClock;
    const marks = this.#marks();
    if (now < marks.clockFloor - CLOCK_SLACK_MS) return blocked('clock-wrong', 'before a time that this host has seen');
    this.#host.disk.files.set(MARKS, { ...marks, clockFloor: Math.max(marks.clockFloor, now) });
    const host = { assetId: this.#host.assetId, last: marks.last, quarantined: this.#quarantined() };
    return verifyOrder(this.#host.world.authority, offer, { ...host, now, moment }, this.#slips);
  }

  #marks(): Marks {
    return (this.#host.disk.files.get(MARKS) as Marks | undefined) ?? { last: null, clockFloor: 0 };
  }

  #quarantined(): Hash[] {
    return [...this.#jobs.values()].flatMap((records) => {
      const progress = progressOf(records);
      if (progress?.standing.kind !== 'finished') return [];
      const { phase } = progress.standing.report;
      return phase === 'rolled-back' || phase === 'rollback-failed' ? [progress.armed.plan] : [];
    });
  }

  #assertFree(job: Hash) {
    if (this.#run !== null) return blocked('host-busy', this.#run.job);
    return this.#progressOf(job)?.standing.kind === 'finished' ? blocked('host-busy', 'done before') : null;
  }

  #preflight({ changes }: Leaf) {
    const { broken, versions, lockedUntil, world, disk } = this.#host;
    if (disk.full) return blocked('disk-space-low', 'full');
    if (world.scheduler.now < lockedUntil) return blocked('package-manager-busy', 'somebody else');
    // What an interruption left is mended first, as the product does.
    broken.clear();
    const drifted = changes.find(({ name, from }) => (versions.get(name) ?? null) !== from);
    return drifted === undefined ? null : blocked('drift', drifted.name);
  }

  async #start(job: Hash, grant: string, startByBoottimeMs: number): Promise<RunnerAnswer> {
    if (this.#run?.job === job) return { kind: 'started', job };
    if (this.#progressOf(job)?.standing.kind !== 'armed') {
      return { kind: 'report', report: blocked('plan-not-authorized', 'not prepared') };
    }
    const kept = this.#offerOf(job);
    const { plan: signed, signers } = kept;
    const offer = { job, epoch: signed.epoch, leaf: '', plan: signed, assetId: this.#host.assetId, signers };
    const order = this.#verify(offer, 'start');
    if ('phase' in order) return { kind: 'report', report: order };
    const refusal = this.#assertFree(job) ?? this.#preflight(order.leaf);
    if (refusal !== null) return { kind: 'report', report: refusal };
    const nowMs = this.#host.boottimeMs;
    const isLate = startByBoottimeMs > nowMs + GRANT_MS_MAX || nowMs > startByBoottimeMs;
    if (isLate) {
      return { kind: 'report', report: { phase: 'returned', detail: 'the time to start passed' } };
    }
    await this.#depart(job, order, grant);
    return { kind: 'started', job };
  }

  async #depart(job: Hash, { plan, leaf }: { readonly plan: KeptPlan; readonly leaf: Leaf }, grant: string) {
    const progress = this.#progressOf(job);
    if (progress === null) throw new Error(`${job} is not armed.`);
    await this.#keep('marks', { ...this.#marks(), last: { epoch: plan.epoch, plan: plan.plan } });
    const [command] = commandsOf('install', 1, NO_FILES);
    if (command === undefined) throw new Error('an installation has no command');
    const at = this.#host.wallClock;
    const unit = unitName(job, 'install', 1, 0);
    const attempt: Attempt = {
      ...{ stage: 'install', number: 1, part: 0, unit, command },
      ...{ bootId: this.#host.bootId, at },
    };
    const before = this.#versionsOf(leaf.changes);
    const run = { job, leaf, progress };
    await this.#record(run, { kind: 'departed', grant, before, attempt, monotonicMs: this.#host.boottimeMs, at });
    this.#host.world.promises.onDeparture(this.#host, { job, plan, leaf });
    this.#launch(run, attempt);
    this.#drive(run);
  }

  #launch({ leaf }: Run, { stage, number, part, unit }: Attempt): void {
    const isLast = part + 1 >= commandsOf(stage, number, NO_FILES).length;
    const back = leaf.rollback.kind === 'downgrade' ? leaf.rollback.changes : [];
    this.#host.runUnit(unit, stage === 'rollback' ? back : leaf.changes, leaf, isLast);
  }

  #drive(run: Run): void {
    this.#run = run;
    const { process } = this;
    this.#host.world.scheduler.begin(async () => {
      for (;;) {
        const step = nextStep(run.progress, run.leaf, NO_FILES, this.#host.wallClock);
        if (step.kind === 'rest') break;
        try {
          await this.#perform(run, step, process);
        } catch (error) {
          if (!(error instanceof DiskFullError)) throw error;
          await process.pause(DRIVE_AGAIN_MS);
        }
        if (!process.alive) await process.pause(0);
      }
      if (run.progress.standing.kind === 'finished') this.#run = null;
    });
  }

  async #perform(run: Run, step: Exclude<Step, { kind: 'rest' }>, process: Process): Promise<void> {
    const at = this.#host.wallClock;
    switch (step.kind) {
      case 'watch':
        return this.#watch(run, step.attempt, process);
      case 'run': {
        const attempt: Attempt = { ...step.attempt, bootId: this.#host.bootId, at };
        await this.#record(run, { kind: 'attempt', attempt });
        return this.#launch(run, attempt);
      }
      case 'judge':
        return this.#record(run, { kind: 'judged', error: this.#judge(run, step.attempt.stage === 'rollback'), at });
      case 'settle':
        return this.#settle(run, process);
      case 'check-health':
        await process.pause(run.leaf.health.watchMs);
        return this.#record(run, { kind: 'checked', error: this.#health(), at: this.#host.wallClock });
      case 'finish':
        return this.#finish(run, step);
    }
  }

  async #watch(run: Run, { unit }: Attempt, process: Process): Promise<void> {
    for (;;) {
      const found = this.#host.units.get(unit);
      const at = this.#host.wallClock;
      if (found === undefined || (found.exit === null && this.#slips.has('launched-again'))) {
        return this.#record(run, { kind: 'ended', unit, exit: { kind: 'unknown' }, lost: true, at });
      }
      if (found.exit !== null) return this.#record(run, { kind: 'ended', unit, exit: found.exit, lost: false, at });
      // Looks at which it still runs change nothing.
      const looks = Math.max(1, Math.ceil((found.endsAt - this.#host.world.scheduler.now) / LOOK_MS));
      await process.pause(looks * LOOK_MS);
    }
  }

  #judge({ leaf }: Run, goesBack: boolean): ErrorSignature | null {
    const back = leaf.rollback.kind === 'downgrade' ? leaf.rollback.changes : [];
    const { broken, versions } = this.#host;
    if (this.#slips.has(goesBack ? 'back-unseen' : 'done-unseen')) return null;
    const wrong = (goesBack ? back : leaf.changes).find(
      ({ name, to }) => (versions.get(name) ?? null) !== to || broken.has(name),
    );
    if (wrong === undefined) return null;
    return { stage: goesBack ? 'rolling-back' : 'installing', package: wrong.name, cause: 'other-version' };
  }

  async #settle(run: Run, process: Process): Promise<void> {
    const { standing } = run.progress;
    const { bootId } = this.#host;
    const waits = standing.kind === 'rebooting' && standing.bootId === bootId;
    const isAllowed = run.leaf.reboot !== 'never' || this.#slips.has('reboots-anyhow');
    if (!waits && (standing.kind !== 'installed' || !isAllowed)) {
      return this.#record(run, { kind: 'restarted', at: this.#host.wallClock });
    }
    if (!waits) await this.#record(run, { kind: 'rebooting', bootId, at: this.#host.wallClock });
    this.#host.reboot();
    await process.pause(0);
  }

  #health(): ErrorSignature | null {
    const { isSick, versions, world } = this.#host;
    const sick = isSick && [...versions.values()].includes(world.target);
    return sick ? { stage: 'health', package: null, cause: 'unit-not-active' } : null;
  }

  async #finish(run: Run, step: Extract<Step, { kind: 'finish' }>): Promise<void> {
    const at = this.#host.wallClock;
    // As the product does: no end is told over packages that somebody changed since they were judged.
    const claims = step.phase === 'succeeded' || step.phase === 'rolled-back';
    const fault = claims ? this.#judge(run, step.phase === 'rolled-back') : null;
    if (fault !== null) return this.#record(run, { kind: 'judged', error: fault, at });
    const evidence = this.#evidence(run, at);
    const report: JobReport =
      step.phase === 'succeeded' ? { phase: step.phase, evidence } : { phase: step.phase, error: step.error, evidence };
    await this.#record(run, { kind: 'finished', report, at });
    this.#host.world.promises.onFinish(this.#host, run.leaf, report);
  }

  #evidence({ leaf, progress }: Run, at: Instant): JobEvidence {
    return {
      before: progress.departed?.before ?? [],
      after: this.#versionsOf(leaf.changes),
      startedAt: progress.departed?.at ?? at,
      endedAt: at,
      outages: [],
      rebooted: progress.rebootedAt !== null,
      log: null,
    };
  }

  #versionsOf(changes: readonly PackageChange[]): JobEvidence['before'] {
    const { versions } = this.#host;
    return changes.map(({ name, architecture }) => ({ name, architecture, version: versions.get(name) ?? null }));
  }

  async #cancel(job: Hash, why: string): Promise<RunnerAnswer> {
    if (this.#progressOf(job)?.standing.kind === 'armed') await this.#cancelArmed(job, why);
    return this.#status(job);
  }

  #cancelArmed(job: Hash, why: string): Promise<void> {
    return this.#append(job, { kind: 'canceled', why, at: this.#host.wallClock });
  }

  async #record(run: Run, record: JobRecord): Promise<void> {
    await this.#append(run.job, record);
    run.progress = after(run.progress, record) ?? run.progress;
    this.#host.world.sleepers.disturb(this.#host.assetId);
  }

  async #append(job: Hash, record: JobRecord): Promise<void> {
    const records = [...(this.#jobs.get(job) ?? []), record];
    if (this.#slips.has('journal-not-flushed')) this.#host.disk.keepUnflushed(`${JOURNAL}${job}`, { records });
    else await this.#keep(`journal/${job}`, { records });
    this.#jobs.set(job, records);
  }

  #keep(name: string, value: object): Promise<void> {
    return new ModelShelf(this.#host.disk, FOLDER, this.process).write(name, value);
  }

  #offerOf(job: Hash): KeptOffer {
    const kept = this.#host.disk.files.get(`${FOLDER}offer/${job}`);
    if (kept === undefined) throw new Error(`the work order ${job} is lost`);
    return kept as KeptOffer; // Only #prepare writes it.
  }
}

/** What the journals on a disk say of work orders past the point of no return. */
export interface Departures {
  readonly departed: ReadonlySet<Hash>;
  readonly finished: ReadonlySet<Hash>;
  /** The one that is under way. */
  readonly running: Hash | null;
}

export function departuresOn({ files }: ModelDisk): Departures {
  const [departed, finished] = [new Set<Hash>(), new Set<Hash>()];
  let running: Hash | null = null;
  for (const [name, value] of files) {
    if (!name.startsWith(JOURNAL)) continue;
    const job = name.slice(JOURNAL.length) as Hash; // Only #append names files so, and writes them.
    const { records } = value as { readonly records: readonly JobRecord[] };
    const progress = progressOf(records);
    if (progress === null || progress.departed === null) continue;
    departed.add(job);
    if (progress.standing.kind === 'finished') finished.add(job);
    else running = job;
  }
  return { departed, finished, running };
}

const FOLDER = 'runner/';
const JOURNAL = `${FOLDER}journal/`;
const MARKS = `${FOLDER}marks`;

/** Nobody opens these files here: what the commands do to the host is the model's. */
function transactionOf(way: string): JobFiles['forward'] {
  return { configurationDirectory: '/own', files: [way], beside: [], removed: [] };
}

function isUnderWay({ standing }: JobProgress): boolean {
  return standing.kind !== 'armed' && standing.kind !== 'canceled' && standing.kind !== 'finished';
}
