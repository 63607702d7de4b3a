import type { SignedReport } from '@patchsteward/contract';
import type { JobReport } from '@patchsteward/core/job';
import type { Hash } from '@patchsteward/core/vocabulary';
import { isHash } from '@patchsteward/trust';
import { isRecord } from '../platform/json.ts';
import type { Log } from '../platform/log.ts';
import { Problem } from '../platform/problem.ts';
import type { Shelf } from '../platform/shelf.ts';
import { AnswerError } from './answers.ts';
import type { ReportSeal, UnsignedReport } from './report-seal.ts';
import type { ServerClient } from './server-client.ts';

const HEAD = 'reports.json';
const FOLDER = 'reports';
/** As many as one request of the contract takes, and below its size. */
const REPORTS_PER_REQUEST_MAX = 100;
const REQUEST_BYTES_MAX = 6 * 1024 * 1024;
/** Acknowledged reports that are kept, for a server that was restored from a backup and asks again. */
const KEPT_MAX = 200;
const NAME = /^\d{12}\.json$/;
const NAME_DIGITS = 12;

/** Who speaks: fixed for as long as this state directory exists. */
export interface Speaker {
  readonly assetId: string;
  readonly bootId: string;
  readonly seal: ReportSeal;
  /** Names this state directory, once. */
  readonly newInstance: () => string;
}

/** What a report is about. */
export interface Subject {
  readonly job: Hash;
  readonly epoch: number;
}

interface Head {
  readonly instance: string;
  readonly acknowledged: number;
  /** Of the last report that was removed; the chain goes on from it. */
  readonly sequence: number;
  readonly hash: Hash | null;
}

/**
 * Reports in their own order, each naming the one before it, signed by the key of this host, and on the disk until the
 * server has taken them. // rollout §2.6 protocol
 */
export class ReportQueue {
  readonly #shelf: Shelf;
  readonly #speaker: Speaker;
  readonly #log: Log;
  #head: Head;
  #last: { readonly sequence: number; readonly hash: Hash | null };
  #resendFrom: number | null = null;

  private constructor(shelf: Shelf, speaker: Speaker, log: Log, head: Head) {
    this.#shelf = shelf;
    this.#speaker = speaker;
    this.#log = log;
    this.#head = head;
    this.#last = { sequence: head.sequence, hash: head.hash };
  }

  static async open(shelf: Shelf, speaker: Speaker, log: Log): Promise<ReportQueue> {
    const kept = await shelf.read(HEAD);
    const head = kept === null ? null : headOf(kept);
    if (kept !== null && head === null) throw damaged(HEAD);
    const fresh = { instance: speaker.newInstance(), acknowledged: 0, sequence: 0, hash: null };
    const queue = new ReportQueue(shelf, speaker, log, head ?? fresh);
    if (head === null) await queue.#saveHead();
    const newest = (await queue.#sequences()).at(-1);
    if (newest !== undefined) {
      queue.#last = { sequence: newest, hash: speaker.seal.hashOf(await queue.#load(newest)) };
    }
    return queue;
  }

  /** The server has not taken all of them. */
  get pending(): boolean {
    return this.#head.acknowledged < this.#last.sequence;
  }

  /** On the disk when this returns. */
  async add({ job, epoch }: Subject, report: JobReport, at: number): Promise<void> {
    const { assetId, bootId, seal } = this.#speaker;
    const sequence = this.#last.sequence + 1;
    const said: UnsignedReport = {
      assetId,
      instance: this.#head.instance,
      bootId,
      epoch,
      sequence,
      previous: this.#last.hash,
      job,
      report: wireOf(report),
      at: new Date(at).toISOString(),
    };
    const signed = seal.sign(said);
    await this.#shelf.write(nameOf(sequence), signed);
    this.#last = { sequence, hash: seal.hashOf(signed) };
  }

  /** Sends what is not acknowledged, in order; what cannot be sent now is sent at the next check-in. */
  async send(client: Pick<ServerClient, 'ask'>): Promise<void> {
    for (;;) {
      // Nothing is read to find that nothing is owed.
      if (!this.pending && this.#resendFrom === null) return;
      const from = this.#resendFrom ?? this.#head.acknowledged + 1;
      const batch = await this.#batch(from);
      const first = batch[0];
      if (first === undefined) return;
      const json = { reports: batch };
      const answer = answerOf(await client.ask({ method: 'POST', path: '/agent/v1/reports', json }));
      if (answer.fork) this.#log('error', 'reports-forked', { instance: this.#head.instance });
      await this.#acknowledge(answer.acknowledged);
      const again = answer.resendFrom;
      // The same question would get the same answer.
      if (answer.fork || (again !== null && again >= first.sequence)) return;
      this.#resendFrom = again;
      if (again === null && answer.acknowledged < first.sequence) return;
    }
  }

  async #batch(from: number): Promise<SignedReport[]> {
    const batch: SignedReport[] = [];
    let bytes = 0;
    // They lie there without a gap from the first one that is kept on: one after the other, until there is none.
    for (
      let sequence = Math.max(from, this.#head.sequence + 1);
      batch.length < REPORTS_PER_REQUEST_MAX;
      sequence += 1
    ) {
      const report = (await this.#shelf.read(nameOf(sequence))) as SignedReport | null; // Only `add` writes it.
      if (report === null && sequence <= this.#last.sequence) throw damaged(nameOf(sequence));
      if (report === null) break;
      bytes += JSON.stringify(report).length;
      if (bytes > REQUEST_BYTES_MAX && batch.length > 0) break;
      batch.push(report);
    }
    return batch;
  }

  async #acknowledge(acknowledged: number): Promise<void> {
    if (acknowledged <= this.#head.acknowledged || acknowledged > this.#last.sequence) return;
    // Fewer than are kept: nothing is looked for that could go.
    const mayGo = acknowledged - this.#head.sequence > KEPT_MAX;
    const kept = mayGo ? await this.#sequences() : [];
    const old = kept.filter((sequence) => sequence <= acknowledged).slice(0, -KEPT_MAX);
    const newest = old.at(-1);
    const gone =
      newest === undefined ? {} : { sequence: newest, hash: this.#speaker.seal.hashOf(await this.#load(newest)) };
    this.#head = { ...this.#head, ...gone, acknowledged };
    await this.#saveHead();
    for (const sequence of old) await this.#shelf.remove(nameOf(sequence));
  }

  async #sequences(): Promise<number[]> {
    const names = (await this.#shelf.names(FOLDER)).filter((name) => NAME.test(name));
    return names.map((name) => Number.parseInt(name, 10));
  }

  async #load(sequence: number): Promise<SignedReport> {
    // Written whole by `add` of this class, into a folder of our own.
    const report = (await this.#shelf.read(nameOf(sequence))) as SignedReport | null;
    if (report === null) throw damaged(nameOf(sequence));
    return report;
  }

  #saveHead(): Promise<void> {
    return this.#shelf.write(HEAD, this.#head);
  }
}

function nameOf(sequence: number): string {
  return `${FOLDER}/${String(sequence).padStart(NAME_DIGITS, '0')}.json`;
}

/** Instants are numbers within and RFC 3339 on the wire. // decided 9 */
function wireOf(report: JobReport): SignedReport['report'] {
  if (!('evidence' in report)) return report;
  const { evidence } = report;
  const { unmet, ...rest } = evidence;
  return {
    ...report,
    evidence: {
      ...rest,
      ...(unmet === undefined ? {} : { unmet: [...unmet] }),
      startedAt: new Date(evidence.startedAt).toISOString(),
      endedAt: new Date(evidence.endedAt).toISOString(),
      before: evidence.before.map((each) => ({ ...each })),
      after: evidence.after.map((each) => ({ ...each })),
      outages: evidence.outages.map((each) => ({ ...each })),
    },
  };
}

function answerOf(value: unknown): { acknowledged: number; resendFrom: number | null; fork: boolean } {
  if (!isRecord(value) || typeof value['acknowledged'] !== 'number') throw new AnswerError('reports');
  const { acknowledged, resendFrom, fork } = value;
  return { acknowledged, resendFrom: typeof resendFrom === 'number' ? resendFrom : null, fork: fork === true };
}

function headOf(value: unknown): Head | null {
  if (!isRecord(value)) return null;
  const { instance, acknowledged, sequence, hash } = value;
  if (typeof instance !== 'string' || typeof acknowledged !== 'number' || typeof sequence !== 'number') return null;
  return hash === null || isHash(hash) ? { instance, acknowledged, sequence, hash } : null;
}

function damaged(path: string): Problem {
  return new Problem('state-unusable', `${path} is damaged`, 'run "patchsteward agent leave" and enroll again');
}
