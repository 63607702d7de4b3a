import { generateKeyPairSync } from 'node:crypto';
import {
  type AgentTask,
  type GrantAnswer,
  type JobOffer,
  type JobReportBody,
  type ReportsAnswer,
  type RunnerFacts,
  SignedReport,
} from '@patchsteward/contract';
import type { Leaf, PackageChange } from '@patchsteward/core/plan';
import type { InstalledPackage, InventorySections, OfferedUpdate } from '@patchsteward/core/vocabulary';
import type { sha256 } from '@patchsteward/trust';
import { authorizeLeaf, authorizePlan } from '@patchsteward/trust/authorize';
import type { KnownRoot } from '@patchsteward/trust/root';
import { reportHash, signReport } from '@patchsteward/trust/statement';
import { expectOk, FakeAgent } from '../../1-identification/testing/fake-agent.ts';
import { addressed, inventory } from '../../1-identification/testing/inventories.ts';
import { newId } from '../../platform/ids.ts';

export interface HostKind {
  readonly name: string;
  readonly environment: 'production' | 'non-production';
  readonly criticality: 'low' | 'normal' | 'high' | 'critical';
}

/** A host with a runner, as the contract has it: it verifies what it is told to do, and signs what it says. */
export class ActingHost {
  readonly kind: HostKind;
  readonly agent: FakeAgent;
  readonly runner: RunnerFacts;
  packages: InstalledPackage[];
  updates: OfferedUpdate[];
  origin: string;
  /** The next report. */
  sequence = 1;
  previous: string | null = null;
  readonly instance = newId();
  /** Why its next installation goes wrong and is taken back; null: it works. */
  breaks: string | null = null;
  readonly #clock: () => number;
  readonly #known: KnownRoot;

  constructor(
    port: number,
    kind: HostKind,
    given: {
      readonly packages: readonly InstalledPackage[];
      readonly updates: readonly OfferedUpdate[];
      readonly origin: string;
      readonly clock: () => number;
      readonly known: KnownRoot;
    },
  ) {
    this.kind = kind;
    this.agent = new FakeAgent(port, kind.name, generateKeyPairSync('ed25519').privateKey);
    this.packages = [...given.packages];
    this.updates = [...given.updates];
    this.origin = given.origin;
    this.#clock = given.clock;
    this.#known = given.known;
    this.runner = {
      version: '0.1.0',
      rootVersion: 1,
      environment: kind.environment,
      criticality: kind.criticality,
      allow: { reboot: true, kernel: true, lanes: ['routine', 'critical', 'emergency'] },
      packagesDenied: [],
    };
  }

  get assetId(): string {
    return this.agent.identity?.assetId ?? '';
  }

  inventory(): InventorySections {
    const usual = inventory({ hostname: this.kind.name });
    return {
      ...usual,
      packages: { ...usual.packages, packages: this.packages },
      updates: { updates: this.updates, unanswered: null },
      origins: {
        origins: [
          {
            ...{ id: this.origin, publisher: 'Acme', label: 'Acme', suite: 'stable', codename: 'stable' },
            ...{ date: this.#clock() - 3_600_000, validUntil: null, signed: true },
          },
        ],
      },
    };
  }

  /** Reports what it has and asks what there is to do. */
  async checkIn(): Promise<AgentTask[]> {
    // One look at the clock: what is reported is what is asked about.
    const inventory = this.inventory();
    const sections = addressed(inventory);
    await this.agent.report(inventory);
    return expectOk(await this.agent.checkIn(sections, { runner: this.runner })).tasks;
  }

  /** Answers the questions of a check-in: what its package manager would do. */
  async propose(tasks: readonly AgentTask[], changesFor: (name: string) => PackageChange | undefined): Promise<void> {
    for (const task of tasks) {
      if (task.kind !== 'propose') continue;
      const changes = task.targets.flatMap(({ name }) => changesFor(name) ?? []);
      expectOk(
        await this.agent.call({
          path: `/agent/v1/proposals/${task.id}`,
          body: { packagesHash: task.packagesHash, targets: task.targets, answer: { kind: 'resolved', changes } },
        }),
      );
    }
  }

  async offer(job: string): Promise<JobOffer> {
    return expectOk(await this.agent.call<JobOffer>({ method: 'GET', path: `/agent/v1/jobs/${job}?rootVersion=1` }));
  }

  /** The check of the runner: the work order where people stand behind it, else why not. */
  authorized(offer: JobOffer, moment: 'prepare' | 'start' = 'prepare'): Leaf | string {
    const now = this.#clock();
    const { environment, criticality, allow, packagesDenied } = this.runner;
    const guard = { environment, criticality, allow, packagesDenied };
    const plan = authorizePlan({
      ...{ envelope: offer.envelope, known: this.#known, pinned: guard, now, superseded: [], quarantined: [] },
    });
    if (!plan.ok) return plan.refusal.code;
    const leaf = authorizeLeaf({
      authorized: plan.value,
      leaf: { bytes: Buffer.from(offer.leaf, 'base64'), index: offer.leafIndex, proof: offer.proof.map(hashOf) },
      host: { assetId: this.assetId, guard, last: null },
      now,
      moment,
    });
    return leaf.ok ? leaf.value.leaf : leaf.refusal.code;
  }

  async askGrant(job: string, bootId = 'boot-1'): Promise<GrantAnswer> {
    const requestedAt = new Date(this.#clock()).toISOString();
    return expectOk(
      await this.agent.call<GrantAnswer>({
        path: `/agent/v1/jobs/${job}/grant`,
        body: { bootId, requestedAt },
      }),
    );
  }

  /** The next report of its chain, signed; not sent yet. */
  signed(job: string, epoch: number, report: JobReportBody, bootId = 'boot-1'): SignedReport {
    const unsigned = {
      assetId: this.assetId,
      instance: this.instance,
      bootId,
      epoch,
      sequence: this.sequence,
      previous: this.previous,
      job,
      report,
      at: new Date(this.#clock()).toISOString(),
    };
    const signed = SignedReport.parse(signReport(unsigned, this.agent.privateKey));
    this.sequence += 1;
    this.previous = reportHash(signed);
    return signed;
  }

  async send(reports: readonly SignedReport[]): Promise<ReportsAnswer> {
    return expectOk(await this.agent.call<ReportsAnswer>({ path: '/agent/v1/reports', body: { reports } }));
  }

  async say(offer: JobOffer, ...reports: readonly JobReportBody[]): Promise<ReportsAnswer> {
    return this.send(reports.map((report) => this.signed(offer.job, offer.epoch, report)));
  }

  /** Claims, fetches every file and finds it to be the signed one, simulates; then it is ready. */
  async arm(job: string): Promise<{ readonly offer: JobOffer; readonly leaf: Leaf }> {
    const offer = await this.offer(job);
    const leaf = this.authorized(offer);
    if (typeof leaf === 'string') throw new Error(`the host refuses its work order: ${leaf}`);
    await this.say(offer, { phase: 'claimed' }, { phase: 'fetching' }, { phase: 'preflight' }, { phase: 'armed' });
    return { offer, leaf };
  }

  /** One round of an agent that does as it is told; gives what it was granted, or why it waits. */
  async work(): Promise<GrantAnswer[]> {
    const answers: GrantAnswer[] = [];
    for (const task of await this.checkIn()) {
      if (task.kind !== 'job') continue;
      const ready = this.#ready.get(task.job) ?? (await this.#prepare(task.job));
      if (ready === null) continue;
      const answer = await this.askGrant(task.job);
      answers.push(answer);
      if (answer.kind !== 'granted') continue;
      if (this.breaks === null) await this.install(ready.offer, ready.leaf);
      else await this.fail(ready.offer, ready.leaf, this.breaks);
    }
    await this.checkIn();
    return answers;
  }

  readonly #ready = new Map<string, { readonly offer: JobOffer; readonly leaf: Leaf }>();

  /** null: people do not stand behind it yet. */
  async #prepare(job: string): Promise<{ readonly offer: JobOffer; readonly leaf: Leaf } | null> {
    if (typeof this.authorized(await this.offer(job)) === 'string') return null;
    const ready = await this.arm(job);
    this.#ready.set(job, ready);
    return ready;
  }

  /** What the runner does with a grant: the versions change, and the host says so. */
  async install(offer: JobOffer, leaf: Leaf): Promise<void> {
    const startedAt = new Date(this.#clock()).toISOString();
    const before = this.#versions(leaf);
    await this.say(offer, { phase: 'installing' });
    this.packages = this.packages.map((one) => {
      const change = leaf.changes.find(({ name }) => name === one.name);
      return change?.to == null ? one : { ...one, version: change.to, sourceVersion: change.to };
    });
    this.updates = this.updates.filter(({ name }) => !leaf.changes.some((change) => change.name === name));
    const evidence = {
      before,
      after: this.#versions(leaf),
      startedAt,
      endedAt: new Date(this.#clock()).toISOString(),
      outages: [],
      rebooted: false,
      log: null,
    };
    await this.say(offer, { phase: 'verifying' }, { phase: 'health' }, { phase: 'succeeded', evidence });
  }

  async fail(offer: JobOffer, leaf: Leaf, cause: string): Promise<void> {
    const at = new Date(this.#clock()).toISOString();
    const versions = this.#versions(leaf);
    const evidence = {
      ...{ before: versions, after: versions, startedAt: at, endedAt: at },
      ...{ outages: [], rebooted: false, log: null },
    };
    const error = { stage: 'installing', package: leaf.changes[0]?.name ?? null, cause } as const;
    await this.say(
      offer,
      { phase: 'installing' },
      { phase: 'rolling-back' },
      { phase: 'rolled-back', error, evidence },
    );
  }

  #versions({ changes }: Leaf) {
    return changes.map(({ name, architecture }) => {
      const found = this.packages.find((one) => one.name === name && one.architecture === architecture);
      return { name, architecture, version: found?.version ?? null };
    });
  }
}

function hashOf(text: string) {
  // Only the form is looked at here; the proof itself is checked against the signed root.
  return text as ReturnType<typeof sha256>;
}
