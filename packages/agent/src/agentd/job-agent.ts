import type { AgentTask, JobOffer, RunnerFacts } from '@patchsteward/contract';
import type { JobReport } from '@patchsteward/core/job';
import type { Leaf } from '@patchsteward/core/plan';
import { type Hash, MINUTE_MS, type ReasonCode, sentenceOf } from '@patchsteward/core/vocabulary';
import { decodeLeaf } from '@patchsteward/trust/plan';
import { leafFiles } from '../leaf-files.ts';
import { isRecord } from '../platform/json.ts';
import type { Surroundings } from '../platform/surroundings.ts';
import type { JobStatus, RunnerAnswer } from '../runner/protocol.ts';
import { AnswerError } from './answers.ts';
import type { HeldJob, JobMemory } from './held-job.ts';
import type { ReportQueue } from './report-queue.ts';
import type { RunnerClient } from './runner-client.ts';
import type { ServerClient } from './server-client.ts';
import { ServerRefusal } from './server-errors.ts';
import type { Spool } from './spool.ts';

/** A work order of 10,000 packages in base64, with the roots beside it. */
const OFFER_BYTES_MAX = 24 * 1024 * 1024;
/** A package takes seconds: progress that is told later than this looks like none. */
const LOOK_EVERY_MS = 2_000;
/** A server that says "at once" is asked once a second; one that names a slow pace is asked at the next check-in anyhow. */
const RETRY_MS_MIN = 1_000;
const RETRY_MS_MAX = 15 * MINUTE_MS;
/** Counted by us from the request on, whatever the answer says. // rollout §2.6 granted */
const GRANT_MS_MAX = 600_000;
/** // rollout §2.6 preflight: clock skew */
const CLOCK_SKEW_MS_MAX = 120_000;

export interface JobParts {
  readonly memory: JobMemory;
  readonly reports: ReportQueue;
  readonly runner: Pick<RunnerClient, 'ask'>;
  readonly spool: Pick<Spool, 'path' | 'keepOnly' | 'fetchAll'>;
  /** Since boot, while suspended as well. */
  readonly boottimeMs: () => number;
  readonly bootId: string;
  /** The work order in an offer; null: it cannot be read. */
  readonly readLeaf: (offer: JobOffer) => Leaf | null;
  readonly surroundings: Surroundings;
}

/** The line to the server. */
type Line = Pick<ServerClient, 'ask' | 'download'>;

/** When it wants to be called again: after so long, at the next check-in, or after one that should be made now. */
export type Next =
  | { readonly kind: 'again'; readonly afterMs: number }
  | { readonly kind: 'rest' }
  | { readonly kind: 'check-in' };

const REST: Next = { kind: 'rest' };
const AGAIN: Next = { kind: 'again', afterMs: 0 };

/** agentd's side of a work order: it fetches, asks and reports. What is done on the host, and whether, is the runner's. */
export class JobAgent {
  readonly #parts: JobParts;
  /** Refused for now; the server names the job again as long as it stands. */
  #resting = false;

  constructor(parts: JobParts) {
    this.#parts = parts;
  }

  /** The host is being changed: what its package manager says meanwhile is neither the old state nor the new. */
  get changing(): boolean {
    return this.#parts.memory.held?.phase === 'started';
  }

  /** What the owner of the host pinned, for the check-in; null: nothing on this host may change it. */
  async runnerFacts(): Promise<RunnerFacts | null> {
    const answer = await this.#parts.runner.ask({ kind: 'hello' });
    return answer?.kind === 'hello' ? answer.facts : null;
  }

  /** Takes what the server wants after a check-in. */
  async take(tasks: readonly AgentTask[], client: Line): Promise<void> {
    for (const task of tasks) {
      if (task.kind === 'root') await this.#updateRoots(client);
      if (task.kind === 'cancel') await this.#cancel(task.job as Hash, task.why);
    }
    const wanted = tasks.flatMap((task) => (task.kind === 'job' ? [task.job as Hash] : []));
    await this.#holdOne(wanted);
    this.#resting = false;
  }

  /** Goes as far as it can without waiting for anybody. */
  async work(client: Line, clockAheadMs: number | null): Promise<Next> {
    const next = await this.#advance(client, clockAheadMs);
    await this.#parts.reports.send(client);
    return next;
  }

  async #advance(client: Line, clockAheadMs: number | null): Promise<Next> {
    const { held } = this.#parts.memory;
    if (held === null || this.#resting) return REST;
    switch (held.phase) {
      case 'offered':
        return this.#fetch(held, client);
      case 'fetched':
        return this.#prepare(held, clockAheadMs);
      case 'armed':
        return this.#askGrant(held, client);
      case 'granted':
        return this.#start(held);
      case 'started':
        return this.#follow(held);
    }
  }

  /** One work order at a time; the one that is begun stays, whatever the server names. */
  async #holdOne(wanted: readonly Hash[]): Promise<void> {
    const { memory, runner } = this.#parts;
    const { held } = memory;
    if (held !== null && (held.phase === 'started' || held.phase === 'granted' || wanted.includes(held.job))) return;
    if (held !== null) {
      await runner.ask({ kind: 'cancel', job: held.job, why: 'the server does not name it any more' });
      await memory.release();
    }
    const job = wanted.find((each) => !memory.hasEnded(each));
    if (job === undefined) return;
    await memory.hold({ job, offer: null, phase: 'offered', grant: null, told: [], trail: 0 });
  }

  /** Stopping is cheap before the point of no return, and impossible after it. */
  async #cancel(job: Hash, why: string): Promise<void> {
    const { memory, runner, reports, surroundings } = this.#parts;
    const { held } = memory;
    if (held === null || held.job !== job || held.phase === 'started') return;
    const answer = await runner.ask({
      kind: 'cancel',
      job,
      why: why === '' ? 'canceled' : why.slice(0, WHY_CHARACTERS_MAX),
    });
    if (answer?.kind === 'status' && (answer.standing === 'running' || answer.standing === 'finished')) return;
    if (held.offer !== null) {
      await reports.add(subjectOf(held), { phase: 'returned', detail: `canceled: ${why}` }, surroundings.now());
    }
    await memory.release();
  }

  async #updateRoots(client: Line): Promise<void> {
    const facts = await this.runnerFacts();
    if (facts === null) return;
    const path = `/agent/v1/roots?after=${facts.rootVersion}`;
    const value = await client.ask({ method: 'GET', path, answerBytesMax: OFFER_BYTES_MAX });
    if (!isRecord(value) || !Array.isArray(value['roots'])) throw new AnswerError('roots');
    const answer = await this.#parts.runner.ask({ kind: 'roots', envelopes: value['roots'] });
    if (answer?.kind === 'roots' && answer.refused !== null) {
      this.#parts.surroundings.log('error', 'trust-root-refused', { why: answer.refused });
    }
  }

  async #fetch(held: HeldJob, client: Line): Promise<Next> {
    const { memory, runner, spool } = this.#parts;
    const hello = await runner.ask({ kind: 'hello' });
    const facts = hello?.kind === 'hello' ? hello.facts : null;
    const offer = await this.#loadOffer(held, facts?.rootVersion ?? 0, client);
    if (offer === null) {
      await memory.release();
      return REST;
    }
    const known: HeldJob = { ...held, offer };
    await this.#tell(known, { phase: 'claimed' });
    if (hello === null) return this.#block('runner-not-installed', 'no runner listens on this host');
    const leaf = this.#parts.readLeaf(offer);
    if (leaf === null) return this.#block('plan-not-authorized', 'the work order cannot be read');
    await this.#tell(memory.held ?? known, { phase: 'fetching' });
    const files = leafFiles(leaf);
    await spool.keepOnly(files);
    const fault = await spool.fetchAll(files, client);
    if (fault !== null) return this.#block(fault.kind, fault.name);
    await this.#step({ phase: 'fetched' });
    return AGAIN;
  }

  async #loadOffer(held: HeldJob, rootVersion: number, client: Line): Promise<JobOffer | null> {
    if (held.offer !== null) return held.offer;
    const path = `/agent/v1/jobs/${held.job}?rootVersion=${rootVersion}`;
    try {
      const value = await client.ask({ method: 'GET', path, answerBytesMax: OFFER_BYTES_MAX });
      if (!isRecord(value) || value['job'] !== held.job || typeof value['leaf'] !== 'string')
        throw new AnswerError('job');
      if (typeof value['epoch'] !== 'number') throw new AnswerError('job');
      const offer = value as unknown as JobOffer; // Its other fields only the runner reads, and it believes none.
      await this.#parts.memory.hold({ ...held, offer });
      return offer;
    } catch (error) {
      if (error instanceof ServerRefusal && error.has('not-found')) return null;
      throw error;
    }
  }

  async #prepare(held: HeldJob, aheadMs: number | null): Promise<Next> {
    const { runner, spool } = this.#parts;
    await this.#tell(held, { phase: 'preflight' });
    if (aheadMs !== null && Math.abs(aheadMs) > CLOCK_SKEW_MS_MAX) {
      return this.#block(
        'clock-wrong',
        // In whole minutes, for seconds differ from one look to the next, and would be told each time.
        `${Math.floor(Math.abs(aheadMs) / MINUTE_MS)} min ${aheadMs > 0 ? 'behind' : 'ahead of'} the server`,
      );
    }
    const answer = await runner.ask({ kind: 'prepare', offer: held.offer, spool: spool.path });
    if (answer === null) return this.#block('runner-not-installed', 'no runner listens on this host');
    const report = reportIn(answer);
    if (report === null) return this.#again(answer);
    if (report.phase !== 'armed') return this.#refused(report);
    await this.#tell(this.#held(held), report);
    await this.#step({ phase: 'armed' });
    return AGAIN;
  }

  /** May this host go down now? The time to start counts from here, not from when an answer came. */
  async #askGrant(held: HeldJob, client: Line): Promise<Next> {
    const { bootId, boottimeMs, reports, surroundings } = this.#parts;
    await reports.send(client);
    // A grant that was given back, and the server does not know it yet, would be granted again and then taken away.
    if (reports.pending) return this.#rest();
    const askedMs = boottimeMs();
    const json = { bootId, requestedAt: new Date(surroundings.now()).toISOString() };
    const answer = grantOf(await client.ask({ method: 'POST', path: `/agent/v1/jobs/${held.job}/grant`, json }));
    // The answer that granted it was lost, and its time has passed. Only this host can know, and nobody else frees it.
    if (answer.kind === 'waiting' && answer.isOut) return this.#giveBack('the answer with the grant never came');
    if (answer.kind === 'waiting') {
      return { kind: 'again', afterMs: Math.min(Math.max(answer.retryMs, RETRY_MS_MIN), RETRY_MS_MAX) };
    }
    const startByBoottimeMs = askedMs + Math.min(answer.startByMs, GRANT_MS_MAX);
    // On the disk before it is used: a grant that is forgotten could not be given back.
    await this.#step({ phase: 'granted', grant: { grant: answer.grant, startByBoottimeMs, bootId } });
    return AGAIN;
  }

  async #start(held: HeldJob): Promise<Next> {
    const { bootId, boottimeMs, runner } = this.#parts;
    const { grant } = held;
    if (grant === null) throw new Error(`${held.job} has no grant.`);
    const status = await runner.ask({ kind: 'status', job: held.job });
    if (status?.kind === 'status' && (status.standing === 'running' || status.standing === 'finished'))
      return this.#started();
    if (grant.bootId !== bootId || boottimeMs() > grant.startByBoottimeMs)
      return this.#giveBack('the time to start passed');
    const answer = await runner.ask({ kind: 'start', job: held.job, ...grantWords(grant) });
    if (answer === null) return this.#giveBack('no runner listens on this host');
    if (answer.kind === 'started') return this.#started();
    const report = reportIn(answer);
    if (report === null) return this.#again(answer);
    if (report.phase === 'returned') return this.#giveBack(report.detail);
    await this.#giveBack(report.phase === 'blocked' ? `${report.reason}: ${report.detail}` : report.phase);
    return this.#refused(report);
  }

  async #started(): Promise<Next> {
    await this.#step({ phase: 'started' });
    return AGAIN;
  }

  /** The slot is free again at once, and not only when its time has passed. */
  async #giveBack(detail: string): Promise<Next> {
    const { memory, reports, surroundings } = this.#parts;
    const { held } = memory;
    if (held === null) return REST;
    await reports.add(subjectOf(held), { phase: 'returned', detail }, surroundings.now());
    await this.#step({ phase: 'fetched', grant: null });
    return this.#rest();
  }

  /** Until the next check-in. */
  #rest(): Next {
    this.#resting = true;
    return REST;
  }

  /** Tells every phase that the runner passed, in its order, until there is an end. */
  async #follow(held: HeldJob): Promise<Next> {
    const { memory, reports, runner, surroundings } = this.#parts;
    const status = await runner.ask({ kind: 'status', job: held.job });
    if (status === null || status.kind !== 'status') return { kind: 'again', afterMs: LOOK_EVERY_MS };
    for (const report of status.trail.slice(held.trail)) {
      await reports.add(subjectOf(held), report, surroundings.now());
      await this.#step({ trail: (memory.held?.trail ?? 0) + 1 });
    }
    if (status.standing !== 'finished') {
      this.#sayLost(status);
      return { kind: 'again', afterMs: LOOK_EVERY_MS };
    }
    await memory.end(held.job);
    await this.#parts.spool.keepOnly([]);
    return { kind: 'check-in' };
  }

  #sayLost({ standing, job }: JobStatus): void {
    if (standing === 'running') return;
    this.#parts.surroundings.log('error', 'job-not-with-runner', { job, standing });
  }

  async #refused(report: JobReport): Promise<Next> {
    if (report.phase !== 'blocked') return REST;
    const next = await this.#block(report.reason, report.detail);
    // Who signed may be another tomorrow, and what was handed out may be wrong: it is loaded anew, and not kept for ever.
    if (report.reason === 'plan-not-authorized') await this.#step({ phase: 'offered', offer: null });
    return next;
  }

  /** Told once for each new reason, and tried again when the server still wants it. */
  async #block(reason: ReasonCode, detail: string): Promise<Next> {
    const { memory, surroundings } = this.#parts;
    const { held } = memory;
    if (held === null) return REST;
    if (await this.#tell(held, { phase: 'blocked', reason, detail })) {
      const problem = sentenceOf({ code: reason, subject: detail, clearableBy: [] });
      surroundings.log('warning', 'job-blocked', { job: held.job, reason, problem });
    }
    return this.#rest();
  }

  #again(answer: RunnerAnswer): Next {
    this.#parts.surroundings.log('warning', 'runner-failed', {
      answer: answer.kind,
      detail: 'detail' in answer ? answer.detail : '',
    });
    this.#resting = true;
    return REST;
  }

  /** Adds a report unless the very same was told before; whether it did. */
  async #tell(held: HeldJob, report: JobReport): Promise<boolean> {
    const { memory, reports, surroundings } = this.#parts;
    const mark = JSON.stringify(report);
    if (held.told.includes(mark)) return false;
    await reports.add(subjectOf(held), report, surroundings.now());
    await memory.hold({ ...held, told: [...stillTrue(held.told, report), mark] });
    return true;
  }

  async #step(change: Partial<HeldJob>): Promise<void> {
    const { memory } = this.#parts;
    if (memory.held !== null) await memory.hold({ ...memory.held, ...change });
  }

  #held(fallback: HeldJob): HeldJob {
    return this.#parts.memory.held ?? fallback;
  }
}

const WHY_CHARACTERS_MAX = 200;

/** Ready and blocked follow each other in turns: what the last one made untrue is news when it comes again. */
function stillTrue(told: readonly string[], { phase }: JobReport): readonly string[] {
  if (phase !== 'blocked' && phase !== 'armed') return told;
  return told.filter((each) => !each.includes('"blocked"') && !each.includes('"armed"'));
}

function subjectOf({ job, offer }: HeldJob): { job: Hash; epoch: number } {
  return { job, epoch: offer?.epoch ?? 0 };
}

function grantWords({ grant, startByBoottimeMs }: NonNullable<HeldJob['grant']>): {
  grant: string;
  startByBoottimeMs: number;
} {
  return { grant, startByBoottimeMs };
}

export function leafOf(offer: JobOffer): Leaf | null {
  const read = decodeLeaf(Buffer.from(offer.leaf, 'base64'));
  return read.ok ? read.value : null;
}

function reportIn(answer: RunnerAnswer): JobReport | null {
  return answer.kind === 'report' ? answer.report : null;
}

function saysOut(reasons: unknown): boolean {
  return Array.isArray(reasons) && reasons.some((reason) => isRecord(reason) && reason['code'] === GRANT_OUT);
}

const GRANT_OUT: ReasonCode = 'grant-outstanding';

function grantOf(
  value: unknown,
): { kind: 'granted'; grant: string; startByMs: number } | { kind: 'waiting'; retryMs: number; isOut: boolean } {
  if (isRecord(value)) {
    const { kind, grant, startByMs, retryMs, reasons } = value;
    if (kind === 'granted' && typeof grant === 'string' && typeof startByMs === 'number')
      return { kind, grant, startByMs };
    if (kind === 'waiting' && typeof retryMs === 'number') return { kind, retryMs, isOut: saysOut(reasons) };
  }
  throw new AnswerError('grant');
}
