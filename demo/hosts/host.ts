import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import {
  type AgentTask,
  type CheckInAnswer,
  type GrantAnswer,
  type JobOffer,
  type JobReportBody,
  type ReportsAnswer,
  type RunnerFacts,
  SignedReport,
} from '@patchsteward/contract';
import type { Leaf, PackageChange } from '@patchsteward/core/plan';
import { DAY_MS, HOUR_MS, type Instant, SECTION_NAMES } from '@patchsteward/core/vocabulary';
import { sha256 } from '@patchsteward/trust';
import { authorizeLeaf, authorizePlan } from '@patchsteward/trust/authorize';
import type { KnownRoot } from '@patchsteward/trust/root';
import { reportHash, signReport } from '@patchsteward/trust/statement';
import { expectOk, type Identity } from '../../packages/server/src/1-identification/testing/fake-agent.ts';
import { addressed } from '../../packages/server/src/1-identification/testing/inventories.ts';
import { fileOf } from '../../packages/server/src/3-testing/testing/repository.ts';
import { newId } from '../../packages/server/src/platform/ids.ts';
import type { DemoHostFacts } from '../story/fleet.ts';
import { releasedAt, type StoryUpdate, UPDATES } from '../story/updates.ts';
import { HostAgent } from './host-agent.ts';
import { inventoryOf } from './inventory.ts';

/** Long before the certificate of a host ends; a demo may lie still for days. */
const RENEW_AFTER_MS = 2 * DAY_MS;
const BOOT_ID = 'boot-1';

/** What a host keeps on its disk. */
export interface HostState {
  readonly keyPem: string;
  readonly instance: string;
  identity: Identity | null;
  certifiedAt: Instant;
  sequence: number;
  previous: string | null;
  /** Signed and not acknowledged yet. */
  pending: readonly SignedReport[];
  versions: Readonly<Record<string, string>>;
  /** How far its jobs are. */
  jobs: Record<string, Progress>;
  breaks: boolean;
}

interface Progress {
  readonly stage: 'armed' | 'installing' | 'done';
  readonly since: Instant;
}

/** What an installation takes where somebody looks on. */
const INSTALL_MS = 30_000;

export interface HostHouse {
  readonly agentsPort: number;
  readonly origin: string;
  readonly clock: () => Instant;
  /** The instant at which the story ends, by which everything in it is dated. */
  readonly end: Instant;
  readonly known: KnownRoot | null;
  /** Called whenever what is on the host's disk has changed, before anybody hears of it. */
  readonly keep: (name: string, state: HostState) => Promise<void>;
}

/** A simulated host: it speaks to the server as every agent does, verifies what it is told to do, and signs what it says. */
export class Host {
  readonly facts: DemoHostFacts;
  readonly state: HostState;
  readonly #house: HostHouse;
  readonly #agent: HostAgent;
  readonly #updates: readonly StoryUpdate[];
  readonly #offers = new Map<string, { readonly offer: JobOffer; readonly leaf: Leaf }>();

  constructor(facts: DemoHostFacts, house: HostHouse, state: HostState = newState()) {
    this.facts = facts;
    this.state = state;
    this.#house = house;
    this.#agent = new HostAgent(house.agentsPort, facts.name, createPrivateKey(state.keyPem));
    if (state.identity !== null) this.#agent.use(state.identity);
    this.#updates = UPDATES.filter(({ role }) => role === facts.team.role);
  }

  get assetId(): string {
    return this.state.identity?.assetId ?? '';
  }

  async enroll(token: string): Promise<void> {
    this.state.identity = expectOk(await this.#agent.enroll(token));
    this.state.certifiedAt = this.#house.clock();
    await this.#keep();
  }

  disconnect(): void {
    this.#agent.disconnect();
  }

  /** Whether a job is under way that should not wait for the next minute. */
  get busy(): boolean {
    return Object.values(this.state.jobs).some(({ stage }) => stage === 'installing');
  }

  get jobsDone(): number {
    return Object.values(this.state.jobs).filter(({ stage }) => stage === 'done').length;
  }

  /**
   * One round of an agent: says what it has, answers what it is asked, does what people have signed. `inSteps`: one phase
   * of a job at a time, so that somebody who looks sees it at work. Gives whether anything happened.
   */
  async round({ inSteps = false, works = true } = {}): Promise<boolean> {
    await this.#renewInTime();
    const tasks = await this.#checkIn();
    let acted = false;
    for (const task of tasks) {
      if (task.kind === 'propose') await this.#propose(task);
      else if (task.kind !== 'job' || !works) continue;
      else if (!(await this.#advance(task.job, inSteps))) continue;
      acted = true;
    }
    // What a job changed is told at once: nobody has to wait a minute for good news.
    if (acted) await this.#checkIn();
    return acted;
  }

  /** What it says at a check-in, while nothing on it changes. */
  checkInBody() {
    const sections = addressed(inventoryOf(this.#view()));
    const hashes = Object.fromEntries(SECTION_NAMES.map((name) => [name, sections[name].hash]));
    const body = {
      ...{ bootId: BOOT_ID, sentAt: this.#nowText(), agentVersion: '0.1.0', sections: hashes },
      runner: this.#runner(),
    };
    return { sections, body };
  }

  async #checkIn(): Promise<readonly AgentTask[]> {
    const { sections, body } = this.checkInBody();
    const ask = async () => expectOk(await this.#agent.call<CheckInAnswer>({ path: '/agent/v1/check-in', body }));
    const first = await ask();
    if (first.accepted) return first.tasks;
    for (const name of first.missing) expectOk(await this.#agent.send(name, sections[name]));
    return (await ask()).tasks;
  }

  async #propose({ id, packagesHash, targets }: Extract<AgentTask, { kind: 'propose' }>): Promise<void> {
    const changes = targets.flatMap(({ name }) => this.#changeOf(name));
    const body = { packagesHash, targets, answer: { kind: 'resolved', changes } };
    // Where the question was settled meanwhile the answer is not wanted any more, and the next check-in knows better.
    const { status } = await this.#agent.call({ path: `/agent/v1/proposals/${id}`, body });
    if (status >= 500) throw new Error(`the server failed at the answer of ${this.facts.name}`);
  }

  #changeOf(name: string): PackageChange[] {
    const update = this.#updates.find(({ source }) => source === name);
    if (update === undefined) return [];
    const file = fileOf({ name, version: update.to });
    return [
      {
        ...{ name, architecture: 'amd64', from: this.state.versions[name] ?? update.from, to: update.to },
        ...{ sha256: sha256(file), sizeBytes: file.length, origin: this.#house.origin },
      },
    ];
  }

  /** One job, as far as it goes now; false: there is nothing to be done yet. */
  async #advance(job: string, inSteps: boolean): Promise<boolean> {
    const known = this.#offers.get(job) ?? (await this.#authorized(job));
    if (known === null) return false;
    const { offer, leaf } = known;
    const progress = this.state.jobs[job];
    if (progress?.stage === 'done') return false;
    if (inSteps && progress !== undefined && !this.#isOver(progress)) return false;
    if (progress === undefined) {
      this.#note(job, 'armed');
      await this.#say(offer, { phase: 'claimed' }, { phase: 'fetching' }, { phase: 'preflight' }, { phase: 'armed' });
      if (inSteps) return true;
    }
    if (this.state.jobs[job]?.stage === 'armed') {
      if (!(await this.#granted(job))) return progress === undefined;
      this.#note(job, 'installing');
      await this.#say(offer, { phase: 'installing' });
      if (inSteps) return true;
    }
    await this.#finish(offer, leaf);
    return true;
  }

  #note(job: string, stage: Progress['stage']): void {
    this.state.jobs[job] = { stage, since: this.#house.clock() };
  }

  #isOver({ stage, since }: Progress): boolean {
    return stage !== 'installing' || this.#house.clock() - since >= INSTALL_MS;
  }

  async #granted(job: string): Promise<boolean> {
    const body = { bootId: BOOT_ID, requestedAt: this.#nowText() };
    const answer = expectOk(await this.#agent.call<GrantAnswer>({ path: `/agent/v1/jobs/${job}/grant`, body }));
    return answer.kind === 'granted';
  }

  async #finish(offer: JobOffer, leaf: Leaf): Promise<void> {
    const startedAt = this.#nowText();
    const before = this.#versionsOf(leaf);
    const rest = { startedAt, outages: [], rebooted: false, log: null };
    this.#note(offer.job, 'done');
    if (this.state.breaks) {
      const evidence = { ...rest, before, after: before, endedAt: this.#nowText() };
      const cause = 'post-installation script ended with exit status 1';
      const error = { stage: 'installing', package: leaf.changes[0]?.name ?? null, cause } as const;
      return this.#say(offer, { phase: 'rolling-back' }, { phase: 'rolled-back', error, evidence });
    }
    const changed = leaf.changes.flatMap(({ name, to }) => (to === null ? [] : [[name, to] as const]));
    this.state.versions = { ...this.state.versions, ...Object.fromEntries(changed) };
    const evidence = { ...rest, before, after: this.#versionsOf(leaf), endedAt: this.#nowText() };
    return this.#say(offer, { phase: 'verifying' }, { phase: 'health' }, { phase: 'succeeded', evidence });
  }

  #versionsOf({ changes }: Leaf) {
    return changes.map(({ name, architecture, from }) => ({
      ...{ name, architecture },
      version: this.state.versions[name] ?? from,
    }));
  }

  /** The check of the runner: null where people do not stand behind it. */
  async #authorized(job: string): Promise<{ readonly offer: JobOffer; readonly leaf: Leaf } | null> {
    const { known, clock } = this.#house;
    const path = `/agent/v1/jobs/${job}?rootVersion=1`;
    const offer = expectOk(await this.#agent.call<JobOffer>({ method: 'GET', path }));
    if (known === null) return null;
    const { environment, criticality, allow, packagesDenied } = this.#runner();
    const guard = { environment, criticality, allow, packagesDenied };
    const now = clock();
    const rest = { superseded: [], quarantined: [] };
    const plan = authorizePlan({ envelope: offer.envelope, known, pinned: guard, now, ...rest });
    if (!plan.ok) return null;
    const leaf = authorizeLeaf({
      authorized: plan.value,
      leaf: {
        ...{ bytes: Buffer.from(offer.leaf, 'base64'), index: offer.leafIndex },
        // Only their form is looked at here; the proof itself is checked against the signed root.
        proof: offer.proof.map((hash) => hash as ReturnType<typeof sha256>),
      },
      host: { assetId: this.assetId, guard, last: null },
      ...{ now, moment: 'prepare' },
    });
    if (!leaf.ok) return null;
    const found = { offer, leaf: leaf.value.leaf };
    this.#offers.set(job, found);
    return found;
  }

  /** Signed and kept before anybody hears of it: a crash leaves no gap in the chain of a host. */
  async #say({ job, epoch }: JobOffer, ...reports: readonly JobReportBody[]): Promise<void> {
    for (const report of reports) {
      const { instance, sequence, previous } = this.state;
      const place = { assetId: this.assetId, instance, bootId: BOOT_ID, epoch, sequence, previous };
      const signed = SignedReport.parse(
        signReport({ ...place, job, report, at: this.#nowText() }, this.#agent.privateKey),
      );
      this.state.pending = [...this.state.pending, signed];
      this.state.sequence = sequence + 1;
      this.state.previous = reportHash(signed);
    }
    await this.#keep();
    const body = { reports: this.state.pending };
    const { acknowledged } = expectOk(await this.#agent.call<ReportsAnswer>({ path: '/agent/v1/reports', body }));
    this.state.pending = this.state.pending.filter(({ sequence }) => sequence > acknowledged);
    await this.#keep();
  }

  async #renewInTime(): Promise<void> {
    const { clock } = this.#house;
    const { identity, certifiedAt } = this.state;
    if (identity === null || clock() - certifiedAt < RENEW_AFTER_MS) return;
    const renewed = expectOk(await this.#agent.renew());
    this.state.identity = { ...identity, ...renewed };
    this.state.certifiedAt = clock();
    this.#agent.use(this.state.identity);
    await this.#keep();
  }

  #runner(): RunnerFacts {
    const { ring, team } = this.facts;
    return {
      ...{ version: '0.1.0', rootVersion: this.#house.known === null ? 0 : 1, packagesDenied: [] },
      ...{ environment: ring ? 'non-production' : 'production', criticality: team.criticality },
      allow: { reboot: true, kernel: true, lanes: ['routine', 'critical', 'emergency'] },
    };
  }

  #view() {
    const { origin, clock, end } = this.#house;
    const now = clock();
    const released = this.#updates.filter((update) => releasedAt(update, end) <= now);
    const dates = released.map((update) => releasedAt(update, end));
    return {
      ...{ facts: this.facts, origin, released, known: this.#updates, versions: this.state.versions },
      indexDate: Math.max(end - 400 * HOUR_MS, ...dates),
      bootedAt: end - 200 * HOUR_MS,
    };
  }

  #nowText(): string {
    return new Date(this.#house.clock()).toISOString();
  }

  #keep(): Promise<void> {
    return this.#house.keep(this.facts.name, this.state);
  }
}

function newState(): HostState {
  const keyPem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return {
    ...{ keyPem, instance: newId(), identity: null, certifiedAt: 0, sequence: 1, previous: null, pending: [] },
    ...{ versions: {}, jobs: {}, breaks: false },
  };
}
