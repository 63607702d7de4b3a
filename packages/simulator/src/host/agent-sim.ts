import {
  JobAgent,
  JobMemory,
  Problem,
  type Question,
  ReportQueue,
  type ReportSeal,
  runLoop,
  type Shelf,
  type Surroundings,
  tasksOf,
} from '@patchsteward/agent/engine';
import type { Leaf } from '@patchsteward/core/plan';
import type { Hash, Instant, ReasonCode } from '@patchsteward/core/vocabulary';
import type { grantJob } from '@patchsteward/server/engine';
import type { Acknowledged } from '../promises/promises.ts';
import { Process } from '../time/process.ts';
import type { SignedOffer } from '../world/authority.ts';
import { ModelShelf } from './disk.ts';
import type { HostSim } from './host-sim.ts';
import type { WaitsFor } from './sleepers.ts';

const FETCH_MS_MAX = 20_000;
/** Of what a mirror that lies hands out. */
const LIES_SHARE = 0.3;
const RESTART_MS = 30_000;
/** Of agents that were granted something. */
const DIES_SHARE = 0.1;
const DIES_MS_MAX = 60;

/** agentd of a host: the product's own loop, job agent, memory and queue, over a model of disk, line and runner. */
export class AgentSim {
  readonly #host: HostSim;
  process: Process;
  #clockAheadMs: number | null = null;
  #last: { readonly path: string; readonly answer: unknown } = { path: '', answer: null };

  constructor(host: HostSim) {
    this.#host = host;
    this.process = new Process(host.world.scheduler);
    this.process.kill();
  }

  start(): void {
    const process = new Process(this.#host.world.scheduler);
    this.process = process;
    this.#host.world.scheduler.begin(async () => {
      try {
        await this.#run(process);
      } catch (error) {
        if (!(error instanceof Problem || error instanceof Error)) throw error;
        this.#host.world.agentFell(this.#host.name, error);
      }
      process.kill();
      this.#host.world.scheduler.after(RESTART_MS, () => {
        if (this.#host.up && !this.process.alive) this.start();
      });
    });
  }

  async #run(process: Process): Promise<void> {
    const host = this.#host;
    const { world } = host;
    const shelf: Shelf = new ModelShelf(host.disk, FOLDER, process);
    const speaker = {
      assetId: host.assetId,
      bootId: host.bootId,
      seal: world.seal,
      newInstance: () => world.newId(),
    };
    const surroundings: Surroundings = {
      now: () => host.wallClock,
      random: () => world.dice.next(),
      wait: (ms) => this.#rest(ms, process),
      log: (_level, event) => world.trace.count(`log ${event}`),
    };
    const agent = new JobAgent({
      memory: await JobMemory.open(shelf),
      reports: await ReportQueue.open(shelf, speaker, surroundings.log),
      runner: { ask: (question) => host.runner.ask(question) },
      spool: {
        path: '/spool',
        keepOnly: () => Promise.resolve(),
        fetchAll: async () => {
          await process.pause(world.dice.below(FETCH_MS_MAX));
          const lies = world.faults.strikes('mirror-lies', LIES_SHARE);
          host.hasOtherBytes = lies && world.engine.slips.has('bytes-not-compared');
          return lies && !host.hasOtherBytes ? { kind: 'hash-mismatch', name: 'openssl' } : null;
        },
      },
      boottimeMs: () => host.boottimeMs,
      bootId: host.bootId,
      readLeaf: (offer) => leafOf(offer as unknown as SignedOffer), // The doors of this world make no others.
      surroundings,
    });
    const line = {
      ask: (question: Question) => this.#ask(question, process),
      download: () => Promise.reject(new Error('the spool of this world downloads nothing')),
    };
    await runLoop(
      {
        checkIn: async () => {
          const versions = agent.changing ? null : new Map(host.versions);
          const answer = await this.#ask({ method: 'POST', path: CHECK_IN, json: { versions } }, process);
          // Only the door of this world answers it.
          const { tasks, nextPollMs } = answer as { readonly tasks: unknown; readonly nextPollMs: number };
          await agent.take(tasksOf(tasks), line);
          return nextPollMs;
        },
        remember: () => Promise.resolve(),
        work: () => agent.work(line, this.#clockAheadMs),
      },
      { once: false },
      surroundings,
    );
  }

  #ask(question: Question, process: Process): Promise<unknown> {
    const { world } = this.#host;
    this.#last = { path: question.path, answer: null };
    const askedAt = world.scheduler.now;
    return process.wait<unknown>((answer, fail) =>
      world.network.send(this.#host, question, {
        answer: (value, serverTime) => {
          this.#clockAheadMs = serverTime - this.#host.wallClock;
          this.#last = { path: question.path, answer: value };
          if (question.path === CHECK_IN) world.promises.onHeard(this.#host, askedAt);
          this.#mayDie(question.path, value);
          if (question.path === REPORTS) world.promises.onAcknowledged(this.#host, value as Acknowledged); // Its door answers so.
          answer(value);
        },
        fail,
      }),
    );
  }

  /** Between the grant and the start is where a death hurts. */
  #mayDie(path: string, answer: unknown): void {
    const { world } = this.#host;
    const isGranted = path.endsWith(GRANT) && (answer as GrantAnswer).kind === 'granted'; // Its door answers so.
    if (!isGranted || !world.faults.strikes('agent-killed', DIES_SHARE)) return;
    world.scheduler.after(world.dice.below(DIES_MS_MAX), () => this.#host.killAgent());
  }

  /** As long as its loop wants, or longer where it would only ask again and hear the same. */
  #rest(ms: number, process: Process): Promise<void> {
    const waitsFor = this.#waitsFor();
    if (waitsFor === null) return process.pause(ms);
    const { world, assetId } = this.#host;
    const seenEveryMs = waitsFor.kind === 'work' ? world.idlePollMs : world.busyPollMs;
    const everyMs = waitsFor.kind === 'runner' ? ms : seenEveryMs;
    return world.sleepers.nap({ assetId, process, waitsFor, ms, everyMs, seenEveryMs });
  }

  #waitsFor(): WaitsFor | null {
    const { path, answer } = this.#last;
    const { world } = this.#host;
    // What failed is tried again soon, and of two that speak as one nobody knows what the other one was told.
    if (answer === null || world.hasClone(this.#host)) return null;
    const held = this.#held;
    if (held?.phase === 'started') return { kind: 'runner' };
    if (path === CHECK_IN) return held === null && isIdle(answer) ? { kind: 'work' } : null;
    if (!path.endsWith(GRANT)) return null;
    // Only the doors of this world answer.
    const told = answer as GrantAnswer;
    return told.kind === 'waiting' ? waitsForReasons(told.reasons, this.#host.world.scheduler.now) : null;
  }

  get #held(): HeldJob | null {
    const kept = this.#host.disk.files.get(`${FOLDER}job.json`);
    return kept === undefined ? null : (kept as { readonly held: HeldJob | null }).held; // Only JobMemory writes it.
  }
}

export const CHECK_IN = '/agent/v1/check-in';
export const REPORTS = '/agent/v1/reports';
const FOLDER = 'agent/';
const GRANT = '/grant';
type HeldJob = NonNullable<JobMemory['held']>;
type GrantAnswer = Awaited<ReturnType<typeof grantJob>>;
type Waiting = Extract<GrantAnswer, { readonly kind: 'waiting' }>;
const OF_CAMPAIGN: ReadonlySet<string> = new Set<ReasonCode>([
  'campaign-not-deploying',
  'wave-not-open',
  'window-over',
]);
/** The host hands its grant back. */
const OF_HOST: ReasonCode = 'grant-outstanding';

function isIdle(answer: unknown): boolean {
  return (answer as { readonly tasks: readonly unknown[] }).tasks.length === 0; // Only the door of this world answers it.
}

/** All that was told must have gone before there is another answer: the slowest of them is enough to wait for. */
function waitsForReasons(reasons: Waiting['reasons'], now: Instant): WaitsFor | null {
  if (reasons.some(({ code }) => code === OF_HOST)) return null;
  if (reasons.some(({ code }) => OF_CAMPAIGN.has(code))) return { kind: 'campaign' };
  const at = Math.max(...reasons.map(({ by }) => (by === null ? 0 : Date.parse(by))));
  return at > now ? { kind: 'time', at } : { kind: 'place' };
}

function leafOf({ plan, assetId }: SignedOffer): Leaf | null {
  return plan.leaves.find((leaf) => leaf.assetId === assetId) ?? null;
}

/** Signatures and hashes as tokens: one object, one hash. */
export function tokenSeal(): ReportSeal {
  const hashes = new WeakMap<object, Hash>();
  let made = 0;
  return {
    sign: (said) => ({ ...said, signature: 'token' }),
    hashOf: (report) => {
      const known = hashes.get(report);
      if (known !== undefined) return known;
      made += 1;
      const hash = `sha256:${made.toString(16).padStart(64, '0')}` as Hash; // A token that looks like one.
      hashes.set(report, hash);
      return hash;
    },
  };
}
