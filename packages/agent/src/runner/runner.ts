import type { JobReport } from '@patchsteward/core/job';
import type { HealthChecks, Leaf } from '@patchsteward/core/plan';
import type { Hash } from '@patchsteward/core/vocabulary';
import type { PackageCommand } from '../package-managers/acting.ts';
import { actingManagerFor } from '../package-managers/acting-managers.ts';
import { AGENT_VERSION } from '../version.ts';
import { versionsNow } from './evidence.ts';
import { loadGuard } from './guard-file.ts';
import type { Attempt, JobRecord } from './job-record.ts';
import { type JobPlace, JobRun } from './job-run.ts';
import { Journal } from './journal.ts';
import { dropPackages, findRotten, jobFiles, keepPackages } from './kept-packages.ts';
import { commandsOf, unitName } from './next-step.ts';
import { checkDisk, checkPackages, type PreflightTools } from './preflight.ts';
import { type JobProgress, progressOf } from './progress.ts';
import type { JobStatus, RunnerAnswer, RunnerRequest } from './protocol.ts';
import { blocked, type Refusal } from './refusal.ts';
import { runProbe } from './run-probe.ts';
import type { RunnerState } from './state.ts';
import type { RunnerTools } from './tools.ts';
import { RootStore } from './trust-root.ts';
import { reopenOffer, verifyOffer } from './verify-offer.ts';
import { type Offer, offerOf, type WorkOrder } from './work-order.ts';

/** A grant is for ten minutes; an agentd that names a later end is not believed. */
const GRANT_MS_MAX = 600_000;
const MEND_LOOK_MS = 500;
const DRIVE_AGAIN_MS = 10_000;

/** Root's part of the agent: it believes nobody, and does what enough people signed, once. */
export class Runner {
  readonly #state: RunnerState;
  readonly #roots: RootStore;
  readonly #guardPath: string;
  readonly #tools: RunnerTools;
  readonly #jobs = new Map<Hash, readonly JobRecord[]>();
  #run: JobRun | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #mends = 0;

  private constructor(state: RunnerState, roots: RootStore, guardPath: string, tools: RunnerTools) {
    this.#state = state;
    this.#roots = roots;
    this.#guardPath = guardPath;
    this.#tools = tools;
  }

  /** Reads what is on record, and takes up a work order that was left on its way. */
  static async open(state: RunnerState, guardPath: string, tools: RunnerTools): Promise<Runner> {
    const runner = new Runner(state, await RootStore.load(state), guardPath, tools);
    for (const job of await state.jobs()) {
      const records = await new Journal<JobRecord>(state.journalPath(job)).read();
      runner.#jobs.set(job, records);
      const progress = progressOf(records);
      if (progress !== null && isUnderWay(progress)) await runner.#takeUp(job, progress);
    }
    return runner;
  }

  get busy(): boolean {
    return this.#run !== null;
  }

  /** Questions are answered at once; what changes something waits for its turn. */
  handle(request: RunnerRequest): Promise<RunnerAnswer> {
    switch (request.kind) {
      case 'hello':
        return this.#hello();
      case 'status':
        return Promise.resolve(this.#status(request.job));
      case 'roots':
        return this.#inTurn(() => this.#takeRoots(request.envelopes));
      case 'prepare':
        return this.#inTurn(async () => reportOf(await this.#prepare(request.offer, request.spool)));
      case 'start':
        return this.#inTurn(() => this.#start(request));
      case 'cancel':
        return this.#inTurn(() => this.#cancel(request.job, request.why));
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work, work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  async #hello(): Promise<RunnerAnswer> {
    const answer = await loadGuard(this.#guardPath);
    const job = this.#run?.order.job ?? null;
    if (answer.kind === 'unusable') return { kind: 'hello', facts: null, why: answer.why, job };
    const { environment, criticality, allow, packagesDenied } = answer.guard;
    const facts = {
      version: AGENT_VERSION,
      rootVersion: this.#roots.version,
      environment,
      criticality,
      allow: { ...allow, lanes: [...allow.lanes] },
      packagesDenied: [...packagesDenied],
    };
    return { kind: 'hello', facts, why: null, job };
  }

  async #takeRoots(envelopes: Parameters<RootStore['extend']>[0]): Promise<RunnerAnswer> {
    const refused = await this.#roots.extend(envelopes);
    return { kind: 'roots', version: this.#roots.version, refused };
  }

  #status(job: Hash): JobStatus {
    const progress = this.#progressOf(job);
    if (progress === null) return { kind: 'status', job, standing: 'unknown', trail: [] };
    const { kind } = progress.standing;
    const still = kind === 'armed' || kind === 'canceled' || kind === 'finished' ? kind : 'running';
    return { kind: 'status', job, standing: still, trail: progress.trail };
  }

  #progressOf(job: Hash): JobProgress | null {
    if (this.#run?.order.job === job) return this.#run.progress;
    return progressOf(this.#jobs.get(job) ?? []);
  }

  /** Everything that can be known before anything is changed. Nothing here is believed because agentd says it. */
  async #prepare(offer: Offer, spool: string): Promise<JobReport> {
    // A root that is refused is not known afterwards, and the plan is judged by what is.
    if (offer.roots.length > 0) await this.#roots.extend(offer.roots);
    const order = await this.#verify(offer, 'prepare');
    if ('phase' in order) return order;
    const taken = this.#assertFree(order);
    if (taken !== null) return taken;
    await this.#state.supersede(order.plan.supersedes);
    const tools = await this.#preflight(order.leaf);
    const { packagesDirectory } = this.#state;
    const crowded = await checkDisk(order.leaf, tools);
    if (crowded !== null) return crowded;
    await dropPackages(this.#leavesUnderWay(order.leaf), packagesDirectory);
    const fault = await keepPackages(order.leaf, spool, packagesDirectory);
    if (fault !== null)
      return fault.kind === 'missing' ? blocked('artifact-missing', fault.name) : blocked('hash-mismatch', fault.name);
    const refusal = await checkPackages(order.leaf, jobFiles(order.leaf, this.#state), tools);
    if (refusal !== null) return refusal;
    await this.#arm(order, offer);
    return { phase: 'armed' };
  }

  async #verify(offer: Offer, moment: 'prepare' | 'start'): Promise<WorkOrder | Refusal> {
    const now = this.#tools.now();
    const answer = await loadGuard(this.#guardPath);
    if (answer.kind === 'unusable') return blocked('guard-unusable', answer.why);
    if (!(await this.#state.passClock(now))) {
      // The same words at each look, so that they are told once.
      return blocked('clock-wrong', 'it is before a time that this host has seen');
    }
    const { guard } = answer;
    const context = { state: this.#state, roots: this.#roots, guard, quarantined: this.#quarantined(), now };
    return verifyOffer(offer, moment, context);
  }

  /** A plan that had to be taken back here is not tried again. // rollout S14 */
  #quarantined(): Hash[] {
    return [...this.#jobs.values()].flatMap((records) => {
      const progress = progressOf(records);
      if (progress?.standing.kind !== 'finished') return [];
      const { phase } = progress.standing.report;
      return phase === 'rolled-back' || phase === 'rollback-failed' ? [progress.armed.plan] : [];
    });
  }

  /** One at a time, each once. // rollout S10 */
  #assertFree({ job }: WorkOrder): Refusal | null {
    if (this.#run !== null) return blocked('host-busy', `the work order ${this.#run.order.job} is under way`);
    const { kind } = this.#progressOf(job)?.standing ?? { kind: 'none' };
    return kind === 'finished' ? blocked('host-busy', 'this work order was done before; each is done once') : null;
  }

  async #arm(order: WorkOrder, offer: Offer): Promise<void> {
    for (const [job, records] of this.#jobs) {
      if (job !== order.job && progressOf(records)?.standing.kind === 'armed')
        await this.#cancelArmed(job, 'another one took its place');
    }
    await this.#state.saveOffer(order.job, JSON.stringify(offer));
    const { planId: plan, plan: body, job } = order;
    await this.#append(job, {
      kind: 'armed',
      job,
      plan,
      planKind: body.kind,
      epoch: body.epoch,
      at: this.#tools.now(),
    });
  }

  async #append(job: Hash, record: JobRecord): Promise<void> {
    await new Journal<JobRecord>(this.#state.journalPath(job)).append(record);
    this.#jobs.set(job, [...(this.#jobs.get(job) ?? []), record]);
  }

  /** The last look, and then the point of no return. */
  async #start({ job, grant, startByBoottimeMs }: Extract<RunnerRequest, { kind: 'start' }>): Promise<RunnerAnswer> {
    if (this.#run?.order.job === job) return { kind: 'started', job };
    const text = this.#progressOf(job)?.standing.kind === 'armed' ? await this.#state.loadOffer(job) : null;
    const offer = text === null ? null : offerOf(JSON.parse(text));
    if (offer === null) return reportOf(blocked('plan-not-authorized', 'this work order was not prepared'));
    const order = await this.#verify(offer, 'start');
    if ('phase' in order) return reportOf(order);
    const refusal = this.#assertFree(order) ?? (await this.#lookAgain(order));
    if (refusal !== null) return reportOf(refusal);
    const late = this.#lateBy(startByBoottimeMs);
    if (late !== null) return reportOf({ phase: 'returned', detail: late });
    await this.#depart(order, grant);
    return { kind: 'started', job };
  }

  #lateBy(startByBoottimeMs: number): string | null {
    const nowMs = this.#tools.boottimeMs();
    if (startByBoottimeMs > nowMs + GRANT_MS_MAX) return 'the grant ends later than any grant may';
    return nowMs > startByBoottimeMs ? `the time to start passed ${nowMs - startByBoottimeMs} ms ago` : null;
  }

  /** Between preparing and starting hours may lie, and others work on the host. */
  async #lookAgain({ leaf }: WorkOrder): Promise<Refusal | null> {
    const { packagesDirectory } = this.#state;
    const rotten = await findRotten(leaf, packagesDirectory);
    if (rotten !== null) return blocked('hash-mismatch', `the kept file of ${rotten} is not what was signed`);
    const tools = await this.#preflight(leaf);
    return (await checkDisk(leaf, tools)) ?? checkPackages(leaf, jobFiles(leaf, this.#state), tools);
  }

  async #depart(order: WorkOrder, grant: string): Promise<void> {
    const { job, leaf, plan, planId } = order;
    const progress = this.#progressOf(job);
    if (progress === null) throw new Error(`${job} is not armed.`);
    await this.#state.passPlan({ epoch: plan.epoch, plan: planId });
    const place = await this.#place(order);
    const attempt = this.#firstAttempt(order, place);
    const run = new JobRun(order, progress, place, this.#tools);
    const { host, now, monotonicMs } = this.#tools;
    const before = await versionsNow(leaf.changes, { manager: place.manager, host });
    await run.record({ kind: 'departed', grant, before, attempt, monotonicMs: monotonicMs(), at: now() });
    this.#run = run;
    try {
      await run.launch(attempt);
    } finally {
      // Past the point of no return it goes on, also where the first process could not be started.
      this.#drive(run);
    }
  }

  #firstAttempt({ job }: WorkOrder, { files }: JobPlace): Attempt {
    const [command] = commandsOf('install', 1, files);
    if (command === undefined) throw new Error('An installation has no command.');
    const { bootId, now } = this.#tools;
    return { stage: 'install', number: 1, part: 0, unit: unitName(job, 'install', 1, 0), command, bootId, at: now() };
  }

  async #place({ job, leaf }: WorkOrder): Promise<JobPlace> {
    const manager = actingManagerFor(leaf.ecosystem);
    return {
      manager,
      journal: new Journal<JobRecord>(this.#state.journalPath(job)),
      files: jobFiles(leaf, this.#state),
      logPath: this.#state.logPath(job),
      environment: await manager.writeConfiguration(this.#state.configurationDirectory),
    };
  }

  async #takeUp(job: Hash, progress: JobProgress): Promise<void> {
    const text = await this.#state.loadOffer(job);
    const offer = text === null ? null : offerOf(JSON.parse(text));
    const order = offer === null ? null : reopenOffer(offer);
    if (order === null) {
      this.#tools.log('error', 'work-order-lost', { job });
      return;
    }
    this.#tools.log('info', 'job-taken-up', { job, standing: progress.standing.kind });
    const run = new JobRun(order, progress, await this.#place(order), this.#tools);
    this.#run = run;
    this.#drive(run);
  }

  #drive(run: JobRun): void {
    void this.#driveToEnd(run);
  }

  /** A full disk or a silent service manager stops it for a while; the journal says where it goes on. */
  async #driveToEnd(run: JobRun): Promise<void> {
    const { job } = run.order;
    for (;;) {
      try {
        await run.drive();
        this.#jobs.set(job, await new Journal<JobRecord>(this.#state.journalPath(job)).read());
        // It leaves for a reboot otherwise, and no other may begin before.
        if (run.progress.standing.kind === 'finished') this.#run = null;
        return;
      } catch (error) {
        const problem = error instanceof Error ? (error.stack ?? error.message) : 'unknown';
        this.#tools.log('error', 'job-interrupted', { job, problem });
        await this.#tools.wait(DRIVE_AGAIN_MS);
      }
    }
  }

  async #cancel(job: Hash, why: string): Promise<RunnerAnswer> {
    if (this.#progressOf(job)?.standing.kind === 'armed') await this.#cancelArmed(job, why);
    return this.#status(job);
  }

  async #cancelArmed(job: Hash, why: string): Promise<void> {
    await this.#append(job, { kind: 'canceled', why, at: this.#tools.now() });
  }

  #leavesUnderWay(leaf: Leaf): Leaf[] {
    return this.#run === null ? [leaf] : [leaf, this.#run.order.leaf];
  }

  async #preflight({ ecosystem }: Leaf): Promise<PreflightTools> {
    const { host, wait, boottimeMs, lockWaitMs, self, systemd } = this.#tools;
    const manager = actingManagerFor(ecosystem);
    const environment = await manager.writeConfiguration(this.#state.configurationDirectory);
    const stateDirectory = this.#state.path;
    const { mendCommand: command } = manager;
    const mend = () => (command === null ? Promise.resolve() : this.#mend(command, environment));
    const probe = (checks: HealthChecks) => runProbe(checks, self, systemd);
    return { host, manager, wait, boottimeMs, lockWaitMs, environment, stateDirectory, probe, mend };
  }

  /** A unit of its own as well: what a package manager began is never cut short because we end. */
  async #mend(command: PackageCommand, environment: Readonly<Record<string, string>>): Promise<void> {
    this.#mends += 1;
    const name = `patchsteward-mend-${process.pid}-${this.#tools.boottimeMs()}-${this.#mends}`;
    const { units, wait } = this.#tools;
    await units.start({ name, command, environment, logPath: `${this.#state.path}/logs/mend.log` });
    while ((await units.inspect({ name, command })).kind === 'running') await wait(MEND_LOOK_MS);
    await units.forget(name);
  }
}

function isUnderWay({ standing }: JobProgress): boolean {
  return standing.kind !== 'armed' && standing.kind !== 'canceled' && standing.kind !== 'finished';
}

function reportOf(report: JobReport): RunnerAnswer {
  return { kind: 'report', report };
}
