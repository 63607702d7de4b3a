import { type BackupsChecked, checkBackups } from '@patchsteward/core/4-backup';
import type { CampaignState, Recorded } from '@patchsteward/core/campaign';
import type { JobRecorded } from '@patchsteward/core/job';
import type { LanePolicy, Policy } from '@patchsteward/core/policy';
import { type Instant, MINUTE_MS, type SignedBy } from '@patchsteward/core/vocabulary';
import { tokenSeal } from '../host/agent-sim.ts';
import { HostSim } from '../host/host-sim.ts';
import { Sleepers } from '../host/sleepers.ts';
import { People } from '../people/people.ts';
import { REQUESTER } from '../people/staff.ts';
import { NO_SERVER, SERVER_DIED } from '../people/unanswered.ts';
import { Promises } from '../promises/promises.ts';
import { ServerSim } from '../server/server-sim.ts';
import { Database } from '../store/database.ts';
import { type Dice, diceOf } from '../time/dice.ts';
import type { Process } from '../time/process.ts';
import { Scheduler } from '../time/scheduler.ts';
import type { Authority } from './authority.ts';
import type { Engine } from './engine.ts';
import { type Fault, Faults } from './faults.ts';
import { CAMPAIGN, type Member, startVersions, TARGET, tokenHash, tokenId } from './fleet.ts';
import { Network } from './network.ts';
import type { Scene } from './scene.ts';
import { Trace } from './trace.ts';

/** A Friday noon. */
const START = Date.UTC(2026, 10, 20, 12);
/** Of each statement: some servers die some times in a story. */
const CRASH_SHARES = [0.0001, 0.0003, 0.001] as const;
/** Twice what a job is expected to take, as the server reckons it. */
const SILENCE_FACTOR = 2;
/** How the story of a work order is called. */
const JOB_STREAM = 'job:';

export interface WorldOptions {
  readonly seed: number;
  readonly scene: Scene;
  readonly engine: Engine;
  readonly faults: readonly Fault[];
  readonly keepStory: boolean;
  /** Hears what the campaign went through. */
  readonly onCampaign?: (recorded: Recorded) => void;
}

/** All there is: time, servers over one database, hosts, lines, people, and what must hold. */
export class World {
  readonly seed: number;
  readonly scene: Scene;
  readonly dice: Dice;
  readonly scheduler = new Scheduler(START);
  readonly trace: Trace;
  readonly faults: Faults;
  readonly engine: Engine;
  readonly policy: Policy;
  readonly members: readonly Member[];
  readonly database: Database;
  readonly servers: readonly ServerSim[];
  readonly hosts: readonly HostSim[];
  /** Hosts that a scene drew for its release to break; people may have mended some of them since. */
  readonly badHosts = new Set<HostSim>();
  /** Machines that came about from the disk of another one, and speak with its key. */
  readonly clones: HostSim[] = [];
  readonly network: Network;
  readonly sleepers: Sleepers;
  readonly promises: Promises;
  readonly people: People;
  readonly seal = tokenSeal();
  readonly signatures = new Map<string, readonly SignedBy[]>();
  readonly authority: Authority;
  readonly due: Instant;
  readonly target = TARGET;
  readonly busyPollMs: number;
  readonly idlePollMs: number;
  readonly silenceMs: number;
  readonly #listener: WorldOptions['onCampaign'];
  #ids = 1_000;

  constructor({ seed, scene, engine, faults, keepStory, onCampaign }: WorldOptions) {
    this.seed = seed;
    this.scene = scene;
    this.#listener = onCampaign;
    this.engine = engine;
    this.dice = diceOf(seed);
    this.trace = new Trace(keepStory);
    this.faults = new Faults(this.dice, this.trace, faults);
    this.policy = scene.drawPolicy(this.dice);
    this.due = START + this.dice.one(scene.dueMs);
    this.members = scene.drawFleet(this.dice);
    this.busyPollMs = this.dice.one([3 * MINUTE_MS, 5 * MINUTE_MS, 10 * MINUTE_MS]);
    this.idlePollMs = 30 * MINUTE_MS;
    this.silenceMs = SILENCE_FACTOR * this.policy.schedule.expectedDurationMs;
    this.promises = new Promises(this);
    const weather = {
      isFine: this.faults.isOn('statements-interleave'),
      crashShare: this.faults.isOn('server-killed') ? this.dice.one(CRASH_SHARES) : 0,
    };
    if (weather.isFine) this.faults.count('statements-interleave');
    this.database = new Database(
      () => this.scheduler.now,
      this.dice,
      weather,
      (stream, recorded) => this.#onCommit(stream, recorded),
    );
    this.sleepers = new Sleepers(this.scheduler, this.dice, this.database.tables);
    this.authority = {
      ...{ requester: REQUESTER, plans: this.database.tables.plans, signatures: this.signatures },
      rule: this.lane.approvals.critical,
    };
    this.#fillTables();
    this.network = new Network(this);
    const { scheduler, dice, database, trace, silenceMs } = this;
    const policy = engine.policyOf(this.policy);
    this.servers = ['server-1', 'server-2'].map(
      (name) =>
        new ServerSim(name, { scheduler, dice, database, policy, engine, trace, silenceMs, faults: this.faults }),
    );
    this.hosts = this.members.map(({ scoped }) => new HostSim(this, scoped.assetId, scoped.name));
    for (const host of this.hosts) for (const [name, version] of startVersions()) host.versions.set(name, version);
    this.people = new People(this);
  }

  #onCommit(stream: string, recorded: Recorded | JobRecorded): void {
    this.promises.onCommit(stream, recorded);
    const { kind } = recorded.event;
    // What the server thinks of a campaign opens nobody's way.
    if (kind === 'verdict.recorded') return;
    if (stream === CAMPAIGN) this.sleepers.onCampaign();
    // A story of the campaign is no story of a job.
    if (stream === CAMPAIGN) this.#listener?.(recorded as Recorded);
    const job = this.database.tables.jobs.get(stream.slice(JOB_STREAM.length));
    if (stream !== CAMPAIGN && job !== undefined) this.sleepers.onJob(job.assetId, job.state.slot !== null);
  }

  get lane(): LanePolicy {
    return this.policy.lanes[this.scene.lane];
  }

  get campaign(): CampaignState | undefined {
    return this.database.tables.campaigns.get(CAMPAIGN)?.state;
  }

  hostOf(assetId: string): HostSim | undefined {
    return this.hosts.find((host) => host.assetId === assetId);
  }

  /** Another machine with this disk, at once. */
  cloneOf(host: HostSim): void {
    const clone = new HostSim(this, host.assetId, `${host.name}-clone-${this.clones.length + 1}`);
    clone.becomeCopyOf(host);
    this.clones.push(clone);
    clone.start();
  }

  hasClone({ assetId }: HostSim): boolean {
    return this.clones.some((clone) => clone.assetId === assetId && !clone.gone);
  }

  /** Somebody found them. */
  removeClones(assetId: string): void {
    for (const clone of this.clones) if (clone.assetId === assetId) clone.leaveForGood();
  }

  newId(): string {
    this.#ids += 1;
    return tokenId(this.#ids);
  }

  tell(what: string, who: string, detail = ''): void {
    this.trace.tell(this.scheduler.now, what, who, detail);
  }

  get healsAt(): Instant {
    return START + this.scene.healsMs;
  }

  get endsAt(): Instant {
    return START + this.scene.horizonMs;
  }

  agentFell(name: string, error: Error): void {
    this.trace.count('agent fell');
    this.tell('agent-fell', name, error.message);
  }

  /** Something of the product threw what is no refusal: a bug. */
  fell(error: unknown): void {
    this.promises.fail('no-bug', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  /** A request of a person; one that dies with its server is refused with nothing. */
  ask(process: Process, work: (server: ServerSim) => Promise<unknown>): Promise<string | null> {
    const server = this.dice.any(this.servers.filter(({ isUp }) => isUp));
    if (server === undefined) return Promise.resolve(NO_SERVER);
    return process.wait<string | null>((answer) => {
      let over = false;
      const end = (value: string | null): void => {
        if (!over) answer(value);
        over = true;
      };
      const forget = server.process.whenKilled(() => end(SERVER_DIED));
      this.scheduler.begin(async () => {
        const refused = await work(server);
        forget();
        end(refused === null ? null : JSON.stringify(refused));
      });
    });
  }

  backupsNow(): BackupsChecked {
    return checkBackups([...this.database.tables.backups.values()], this.lane, this.scheduler.now);
  }

  #fillTables(): void {
    const { assets, backups } = this.database.tables;
    for (const [index, { scoped }] of this.members.entries()) {
      const { assetId, name, redundancyGroups } = scoped;
      assets.set(assetId, { assetId, redundancyGroups });
      const proof = {
        ...{ evidence: tokenHash('backup', index), hostname: name, takenAt: START, bytes: 1_000 },
        ...{ earlierBytes: [], checkedAt: START },
      };
      backups.set(assetId, { assetId, name, hostname: name, proof, waiver: null });
    }
  }
}
