import type { ErrorSignature, JobEvidence, JobReport } from '@patchsteward/core/job';
import type { ActingManager } from '../package-managers/acting.ts';
import { CommandError, runCommand } from '../platform/command.ts';
import { beganAt, hashOfLog, type Installation, judgeInstalled, versionsNow } from './evidence.ts';
import { type HealthTools, judgeHealth, missingNow } from './health.ts';
import { absentFiles, countErrorLines } from './host-look.ts';
import type { Attempt, JobRecord } from './job-record.ts';
import type { Journal } from './journal.ts';
import { type JobFiles, nextStep, type Step } from './next-step.ts';
import { OutageWatch, sumOutages } from './outages.ts';
import { checkLock } from './preflight.ts';
import { after, type JobProgress } from './progress.ts';
import { runProbe } from './run-probe.ts';
import { readServices, type ServiceState } from './service-state.ts';
import type { RunnerTools } from './tools.ts';
import type { Exit } from './units.ts';
import type { WorkOrder } from './work-order.ts';

const LOOK_EVERY_MS = 500;
/** From here on a person should look; the package manager is left alone all the same. // rollout §2.6 installing */
const OVERRUN_MS = 30 * 60_000;
const RESTART_LIMITS = { timeoutMs: 10 * 60_000, outputBytesMax: 1024 * 1024 };

export interface JobPlace {
  readonly manager: ActingManager;
  readonly journal: Journal<JobRecord>;
  readonly files: JobFiles;
  readonly logPath: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A work order past its point of no return, on its way to an end: taken up by whoever finds its journal. */
export class JobRun {
  readonly order: WorkOrder;
  #progress: JobProgress;
  readonly #place: JobPlace;
  readonly #tools: RunnerTools;
  readonly #outages: OutageWatch;

  constructor(order: WorkOrder, progress: JobProgress, place: JobPlace, tools: RunnerTools) {
    this.order = order;
    this.#progress = progress;
    this.#place = place;
    this.#tools = tools;
    // Without a departure the work begins now; a boot later the monotonic clock has begun anew, and what lies before this
    // moment belongs to the reboot. A service that runs since long before must not look as if it had come back just now.
    const sameBoot = progress.departed?.attempt.bootId === tools.bootId;
    const sinceMs = (sameBoot ? progress.departed?.monotonicMs : undefined) ?? tools.monotonicMs();
    this.#outages = new OutageWatch(sinceMs, sameBoot ? progress.outages : []);
  }

  get progress(): JobProgress {
    return this.#progress;
  }

  /** Goes on until there is an end, or the machine is about to reboot. Each step is on record before the next. */
  async drive(): Promise<void> {
    for (;;) {
      const step = nextStep(this.#progress, this.order.leaf, this.#place.files, this.#tools.now());
      if (step.kind === 'rest' || (await this.#perform(step)) === 'leaving') return;
    }
  }

  async record(record: JobRecord): Promise<void> {
    await this.#place.journal.append(record);
    this.#progress = after(this.#progress, record) ?? this.#progress;
  }

  async #perform(step: Exclude<Step, { kind: 'rest' }>): Promise<'leaving' | undefined> {
    switch (step.kind) {
      case 'watch':
        await this.#watch(step.attempt);
        return;
      case 'run':
        await this.#run(step.attempt);
        return;
      case 'judge':
        await this.#judge(step);
        return;
      case 'settle':
        return this.#settle();
      case 'check-health':
        await this.#checkHealth();
        return;
      case 'finish':
        if (await this.#isAsSaid(step)) await this.#finish(step);
    }
  }

  async #run(attempt: Omit<Attempt, 'bootId' | 'at'>): Promise<void> {
    // Half of a killed package manager may live on and still work: two at once would be worse than waiting.
    const busy = await checkLock(this.#preflight());
    if (busy !== null) this.#tools.log('warning', 'package-manager-busy', { detail: busy.detail });
    const begun: Attempt = { ...attempt, bootId: this.#tools.bootId, at: this.#tools.now() };
    await this.record({ kind: 'attempt', attempt: begun });
    await this.launch(begun);
  }

  /** Starts the process of an attempt that is on record. */
  async launch({ unit, command }: Attempt): Promise<void> {
    const { environment, logPath } = this.#place;
    try {
      await this.#tools.units.start({ name: unit, command, environment, logPath });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      this.#tools.log('error', 'unit-not-started', { unit, problem: error.message });
      await this.record({ kind: 'ended', unit, exit: { kind: 'unknown' }, lost: false, at: this.#tools.now() });
    }
  }

  async #watch({ unit, command, at }: Attempt): Promise<void> {
    let warned = false;
    for (;;) {
      const state = await this.#tools.units.inspect({ name: unit, command });
      const now = this.#tools.now();
      if (state.kind === 'ended') return this.record({ kind: 'ended', unit, exit: state.exit, lost: false, at: now });
      if (state.kind === 'absent') {
        return this.record({ kind: 'ended', unit, exit: { kind: 'unknown' }, lost: true, at: now });
      }
      if (!warned && now - at > OVERRUN_MS) {
        warned = true;
        this.#tools.log('warning', 'package-manager-overrun', { unit, log: this.#place.logPath });
      }
      await this.#wait(LOOK_EVERY_MS);
    }
  }

  async #judge({ attempt, exit }: Extract<Step, { kind: 'judge' }>): Promise<void> {
    const error = await this.#fault(attempt.stage === 'rollback', exit);
    await this.record({ kind: 'judged', error, at: this.#tools.now() });
  }

  async #fault(back: boolean, exit: Exit): Promise<ErrorSignature | null> {
    const { leaf } = this.order;
    const undone = leaf.rollback.kind === 'downgrade' ? leaf.rollback.changes : [];
    const changes = back ? undone : leaf.changes;
    const error = await judgeInstalled(changes, exit, back ? 'rolling-back' : 'installing', this.#installation());
    if (error !== null) this.#tools.log('warning', 'not-as-signed', { ...error, back });
    return error;
  }

  /**
   * Since the packages were judged the host may have been down and was watched, and others work on it as well: no end is
   * told over other versions. Where there are some, the packages are repaired as after a try. // rollout §2.6, S7
   */
  async #isAsSaid({ phase }: Extract<Step, { kind: 'finish' }>): Promise<boolean> {
    if (phase === 'failed' || phase === 'rollback-failed') return true;
    // How the last try ended was judged then.
    const error = await this.#fault(phase === 'rolled-back', { kind: 'exited', code: 0 });
    if (error !== null) await this.record({ kind: 'judged', error, at: this.#tools.now() });
    return error === null;
  }

  async #settle(): Promise<'leaving' | undefined> {
    const { standing } = this.#progress;
    const { bootId, needsReboot, reboot } = this.#tools;
    if (standing.kind === 'rebooting' && standing.bootId === bootId) {
      await reboot();
      return 'leaving';
    }
    if (standing.kind === 'installed' && this.order.leaf.reboot === 'if-needed' && (await needsReboot())) {
      await this.record({ kind: 'rebooting', bootId, at: this.#tools.now() });
      await reboot();
      return 'leaving';
    }
    if (standing.kind === 'installed') await this.#restartUnits();
    await this.record({ kind: 'restarted', at: this.#tools.now() });
    return undefined;
  }

  async #restartUnits(): Promise<void> {
    for (const unit of this.order.leaf.restarts) {
      try {
        await runCommand('systemctl', ['restart', '--', unit], RESTART_LIMITS);
      } catch (error) {
        // The health check says whether it runs.
        if (!(error instanceof CommandError)) throw error;
        this.#tools.log('warning', 'restart-failed', { unit, problem: error.complaint });
      }
      await this.#look();
    }
  }

  async #checkHealth(): Promise<void> {
    const { health } = this.order.leaf;
    const tools = this.#healthTools();
    const error = (await this.#kernelFault()) ?? (await judgeHealth({ ...health, units: this.#units() }, tools));
    const unmet = health.further === undefined ? [] : await missingNow(health.further.wanted, tools);
    await this.record({ kind: 'checked', error, ...(unmet.length === 0 ? {} : { unmet }), at: this.#tools.now() });
  }

  #healthTools(): HealthTools {
    const { host, self, systemd, boottimeMs, now } = this.#tools;
    return {
      services: readServices,
      probe: (checks) => runProbe(checks, self, systemd),
      absent: (files) => absentFiles(host, files),
      errorLines: countErrorLines,
      ...{ boottimeMs, now },
      wait: (ms) => this.#wait(ms),
    };
  }

  /** A host that rebooted for a kernel and runs another one than the newest is not where it was to be. */
  async #kernelFault(): Promise<ErrorSignature | null> {
    const { rebootedAt, direction } = this.#progress;
    if (rebootedAt === null || direction === 'back' || !(await this.#tools.needsReboot())) return null;
    return { stage: 'health', package: null, cause: 'reboot-still-needed' };
  }

  async #finish(step: Extract<Step, { kind: 'finish' }>): Promise<void> {
    const at = this.#tools.now();
    const evidence = await this.#evidence(at);
    const report: JobReport =
      step.phase === 'succeeded' ? { phase: step.phase, evidence } : endOf(step.phase, step.error, evidence);
    await this.record({ kind: 'finished', report, at });
    this.#tools.log('info', 'job-finished', { job: this.order.job, phase: step.phase });
    await this.#forgetUnits();
  }

  async #evidence(at: number): Promise<JobEvidence> {
    const units = this.#units();
    const states = this.#tools.systemd ? await readServices(units) : [];
    const open = this.#outages.open(states, this.#tools.monotonicMs());
    const { departed, outages, rebootedAt, unmet } = this.#progress;
    const began = departed === null ? at : beganAt({ ...departed, bootId: departed.attempt.bootId }, this.#moment(at));
    const seen = [...outages, ...open, ...this.#rebootOutages(states, rebootedAt)];
    return {
      before: departed?.before ?? [],
      after: await versionsNow(this.order.leaf.changes, this.#installation()),
      startedAt: began,
      endedAt: at,
      outages: sumOutages(units, seen),
      rebooted: rebootedAt !== null,
      ...(unmet.length === 0 ? {} : { unmet }),
      log: await hashOfLog(this.#place.logPath),
    };
  }

  #moment(at: number) {
    return { at, monotonicMs: this.#tools.monotonicMs(), bootId: this.#tools.bootId };
  }

  /** From the order to reboot until the service was up again: no monotonic clock spans that. */
  #rebootOutages(states: readonly ServiceState[], rebootedAt: number | null): { unit: string; downMs: number }[] {
    if (rebootedAt === null) return [];
    const bootedMs = this.#tools.now() - this.#tools.monotonicMs();
    return states
      .filter(({ active }) => active)
      .map(({ unit, activeSinceMs }) => ({ unit, downMs: Math.max(bootedMs + activeSinceMs - rebootedAt, 0) }));
  }

  async #forgetUnits(): Promise<void> {
    for (const record of await this.#place.journal.read()) {
      if (record.kind !== 'ended') continue;
      try {
        await this.#tools.units.forget(record.unit);
      } catch (error) {
        // It only takes a line in a list of the service manager until the next boot.
        if (!(error instanceof CommandError)) throw error;
      }
    }
  }

  async #wait(ms: number): Promise<void> {
    await this.#tools.wait(ms);
    await this.#look();
  }

  async #look(): Promise<void> {
    const units = this.#units();
    if (units.length === 0 || !this.#tools.systemd) return;
    for (const outage of this.#outages.look(await readServices(units), this.#tools.monotonicMs())) {
      await this.record({ kind: 'outage', ...outage });
    }
  }

  #units(): string[] {
    return [...new Set([...this.order.leaf.health.units, ...this.order.leaf.restarts])].sort();
  }

  #installation(): Installation {
    return { manager: this.#place.manager, host: this.#tools.host };
  }

  #preflight() {
    const { host, wait, boottimeMs, lockWaitMs } = this.#tools;
    return { host, manager: this.#place.manager, wait, boottimeMs, lockWaitMs };
  }
}

function endOf(
  phase: 'failed' | 'rolled-back' | 'rollback-failed',
  error: ErrorSignature,
  evidence: JobEvidence,
): JobReport {
  return { phase, error, evidence };
}
