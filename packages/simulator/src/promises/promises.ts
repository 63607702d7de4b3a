import type { CampaignEvent, CampaignState, EventOf, Recorded } from '@patchsteward/core/campaign';
import type { HostDeclaration, JobEvent, JobRecorded, JobReport } from '@patchsteward/core/job';
import type { Leaf, PackageChange } from '@patchsteward/core/plan';
import { type Hash, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { HostSim } from '../host/host-sim.ts';
import type { Departures } from '../host/runner-sim.ts';
import type { KeptPlan } from '../store/tables.ts';
import { missingAuthority } from '../world/authority.ts';
import { CAMPAIGN } from '../world/fleet.ts';
import type { World } from '../world/world.ts';
import { Forks, type Told } from './forks.ts';
import { Halts } from './halts.ts';
import { Silences } from './silences.ts';
import { Terms } from './terms.ts';
import { Trials } from './trials.ts';
import { Votes } from './votes.ts';

/** Clocks of hosts may differ by so much, and the guard band of a window is as wide. */
const CLOCK_MS = 4 * MINUTE_MS;
/** Going back may run past the interval by the signed grace; what began in time may reboot this much later. */
const REBOOT_MS = 150 * MINUTE_MS;

export interface Broken {
  readonly promise: string;
  readonly detail: string;
}

/** What a host says when it counts as up again, and when it does not but is at its end. */
const IS_UP: ReadonlySet<string> = new Set(['succeeded', 'rolled-back', 'returned', 'blocked']);
const IS_BAD: ReadonlySet<string> = new Set(['failed', 'rollback-failed']);

/** What holds where a server is stolen: it can hold back, delay and reorder within what people signed. // decided 20 */
const OF_HOSTS: ReadonlySet<string> = new Set(['S1', 'S3', 'S7', 'S8', 'S10', 'S11', 'S14', 'S16', 'no-bug']);
/** What a clock of a host and that of the server may differ by when a start is looked at. */
const START_SLACK_MS = MINUTE_MS;

export interface Acknowledged {
  readonly acknowledged: number;
}

interface Departure {
  readonly job: Hash;
  readonly plan: KeptPlan;
  readonly leaf: Leaf;
}

/**
 * What must hold, over what was committed and what is true on the hosts. Nothing here asks the rules of the product: it
 * counts again by itself. // rollout §2.8
 */
export class Promises {
  readonly broken: Broken[] = [];
  /** When something last happened to the campaign. */
  movedAt = 0;
  readonly #world: World;
  /** Hosts that were allowed to go down, or went, and have said nothing good since. By asset. */
  readonly #allowed = new Map<string, string>();
  /** Of these those of whom no end was told. */
  readonly #running = new Set<string>();
  readonly #down = new Map<string, string>();
  readonly #departed = new Map<string, string>();
  /** When a host last departed. */
  readonly #departedAt = new Map<string, number>();
  /** A stolen server let it and its copy go under one work order. */
  readonly #doubled = new Set<string>();
  /** Down, and nobody can know: set back into work that was answered for long ago, or its copy said that it is up. */
  readonly #unseen = new Set<string>();
  readonly #saidByCopy = new Set<string>();
  /** Under which order a host departed. */
  readonly #orders = new Map<string, Leaf>();
  readonly #finished = new Map<string, number>();
  readonly #epochs = new Map<string, number>();
  readonly #unprotected = new Set<string>();
  readonly #jobs = new Map<string, { readonly assetId: string; readonly wave: number; readonly plan: string }>();
  #waves: { wave: number; closed: boolean }[] = [];
  #name: CampaignState['name'] | null = null;
  readonly #silent = new Set<string>();
  readonly #failures = new Set<string>();
  /** Their hosts said themselves that something went wrong: no later word about silence takes that back. */
  readonly #toldBad = new Set<string>();
  /** Somebody looked at these and went on. */
  readonly #excused = new Set<string>();
  readonly #votes: Votes;
  readonly #forks: Forks;
  readonly #halts: Halts;
  readonly #silences: Silences;
  readonly #trials: Trials;
  readonly terms: Terms;
  /** Until when the last grant of a job lets it start. */
  readonly #startBy = new Map<string, number>();
  readonly #heard = new Set<string>();
  /** Plan and asset of what was taken back. */
  readonly #takenBack = new Set<string>();
  /** What each machine did so, with the job; with a server that lies a host and its copy may have one work order. */
  readonly #tookBack = new Map<string, Map<string, Hash>>();
  /** The work order under which a machine departed last. */
  readonly #orderOf = new Map<string, { readonly taken: string; readonly job: Hash }>();
  #succeededAt = 0;

  constructor(world: World) {
    this.#world = world;
    this.#votes = new Votes(world);
    this.#forks = new Forks(world);
    this.#halts = new Halts(world);
    this.#silences = new Silences(world);
    this.#trials = new Trials(world);
    this.terms = new Terms(world);
  }

  fail(promise: string, detail: string): void {
    if (this.#isStolen && !OF_HOSTS.has(promise)) return;
    this.broken.push({ promise, detail });
    this.#world.tell('BROKEN', promise, detail);
  }

  get #isStolen(): boolean {
    return this.#world.faults.wasOn('server-stolen');
  }

  onBackup(assetId: string, isThere: boolean): void {
    if (isThere) this.#unprotected.delete(assetId);
    else this.#unprotected.add(assetId);
  }

  onCommit(stream: string, recorded: Recorded | JobRecorded): void {
    const { event } = recorded;
    this.#world.tell(event.kind, stream, 'to' in recorded ? recorded.to : phaseOf(recorded.event));
    // A story that begins with job: is one of a job; the other one is the campaign's.
    if (stream === CAMPAIGN) this.#onCampaign((recorded as Recorded).to, event as CampaignEvent);
    else this.#onJob(stream.slice('job:'.length), event as JobEvent);
  }

  #onCampaign(to: CampaignState['name'], event: CampaignEvent): void {
    this.#name = to;
    this.#votes.hear(to, event);
    this.#halts.hear(to);
    this.#trials.hear(to, event);
    this.terms.hear(to, event);
    this.movedAt = this.#world.scheduler.now;
    this.#world.trace.count(`campaign ${to}`);
    if (event.kind === 'plan.compiled' && event.planKind === 'production') this.#onPlanned(event);
    if (event.kind === 'wave.opened') this.#onOpened(event.wave);
    if (event.kind === 'wave.closed') this.#onClosed(event.wave);
    if (event.kind === 'resume') this.#excuse();
  }

  /** Who cannot be done in time is named when the plan is made, and not when it is too late. // rollout L6 */
  #onPlanned({ plan, infeasible }: EventOf<'plan.compiled'>): void {
    this.#waves = [];
    const { database, due, policy } = this.#world;
    for (const { assetId, intervals } of database.tables.plans.get(plan)?.leaves ?? []) {
      const ends = (intervals[0]?.from ?? 0) + policy.schedule.expectedDurationMs;
      if (ends > due && !infeasible.includes(assetId)) this.fail('L6', `${assetId} comes too late, and nobody says so`);
    }
  }

  #onOpened(wave: number): void {
    const { lane, scheduler } = this.#world;
    const watchedMs = wave > 1 ? lane.waveSoakMs : 0;
    if (scheduler.now < this.#succeededAt + watchedMs) this.fail('S5', `wave ${wave} before the last one was watched`);
    if (this.#waves.some(({ closed }) => !closed)) this.fail('S5', `wave ${wave} beside an open one`);
    this.#waves.push({ wave, closed: false });
  }

  #onClosed(wave: number): void {
    this.#waves = this.#waves.map((one) => (one.wave === wave ? { ...one, closed: true } : one));
    this.#checkClosed(wave);
  }

  #excuse(): void {
    for (const job of this.#failures) this.#excused.add(job);
    this.#failures.clear();
  }

  /** Nobody of a closed wave is still on the way. */
  #checkClosed(wave: number): void {
    const plan = this.#world.campaign?.plan?.hash;
    for (const job of this.#running) {
      const known = this.#jobs.get(job);
      if (known?.wave === wave && known.plan === plan) this.fail('S5', `wave ${wave} closed over ${known.assetId}`);
    }
  }

  #onJob(job: string, event: JobEvent): void {
    const { kind } = event;
    if (kind === 'job.queued') this.#jobs.set(job, { assetId: event.assetId, wave: event.wave, plan: event.plan });
    if (kind === 'job.granted') {
      this.#startBy.set(job, event.startBy);
      this.#onGrant(job);
    }
    if (kind === 'job.declared') this.#onDeclared(job, event.as);
    if (kind === 'job.reported') this.#onReport(job, event.report, event.sequence);
    if (kind === 'job.silent') {
      this.#silent.add(job);
      this.#silences.onSilent(job);
      this.#blame(job);
    }
    this.#world.trace.count(`job ${phaseOf(event)}`);
  }

  #onDeclared(job: string, as: HostDeclaration): void {
    this.#allowed.delete(job);
    this.#running.delete(job);
    // Silence was the failure, and somebody looked: only a host that is down stays one.
    if (as !== 'down-accepted') this.#forgiveSilence(job);
    this.#silent.delete(job);
    this.#down.delete(this.#jobs.get(job)?.assetId ?? '');
  }

  #onReport(job: string, { phase }: JobReport, sequence: number): void {
    const said = `${job} ${sequence}`;
    if (this.#heard.has(said)) this.fail('S12', `report ${sequence} of ${job.slice(-6)} counts twice`);
    this.#heard.add(said);
    const known = this.#jobs.get(job);
    if (phase === 'rolled-back' && known !== undefined) this.#takenBack.add(`${known.plan} ${known.assetId}`);
    // Whoever comes to an end after its wave, a person having answered for it, is not what is watched now.
    const last = this.#waves.at(-1);
    const isWatched = last !== undefined && !last.closed && last.wave === known?.wave;
    if (phase === 'succeeded' && isWatched) this.#succeededAt = this.#world.scheduler.now;
    this.#forgiveSilence(job);
    // Until the fork is known, what its copy says is its own word.
    const isOfCopy = known !== undefined && this.#saidByCopy.has(`${known.assetId} ${sequence}`);
    if (IS_UP.has(phase) && isOfCopy) this.#unseen.add(known.assetId);
    if (IS_UP.has(phase)) this.#allowed.delete(job);
    if (IS_UP.has(phase) || IS_BAD.has(phase)) this.#running.delete(job);
    if (IS_BAD.has(phase) || phase === 'rolling-back' || phase === 'rolled-back') {
      this.#toldBad.add(job);
      this.#blame(job);
    }
  }

  /** Who is heard of again has not failed by its silence; what it said of itself stands. */
  #forgiveSilence(job: string): void {
    if (this.#silent.delete(job) && !this.#toldBad.has(job)) this.#failures.delete(job);
  }

  /** Once: what was looked at stays looked at. */
  #blame(job: string): void {
    if (!this.#excused.has(job)) this.#failures.add(job);
  }

  #onGrant(job: string): void {
    const known = this.#jobs.get(job);
    if (known === undefined) {
      this.fail('S12', `a grant for ${job}, which was never queued`);
      return;
    }
    const { assetId, wave } = known;
    if (this.#name !== 'deploying') this.fail('S5', `a grant for ${assetId} while the campaign is ${this.#name}`);
    if (!this.#waves.some((one) => one.wave === wave && !one.closed)) {
      this.fail('S5', `a grant for ${assetId} in wave ${wave}, which is not open`);
    }
    if (this.#unprotected.has(assetId)) this.fail('S9', `a grant for ${assetId} without a backup`);
    this.#checkOrder(job, known);
    this.#checkLimit(assetId);
    this.#allowed.set(job, assetId);
    this.#running.add(job);
    this.#checkBudgets(assetId);
  }

  /** What the order says itself: its times, its host, and that it was not taken back. */
  #checkOrder(job: string, { assetId, plan }: { readonly assetId: string; readonly plan: string }): void {
    const { now } = this.#world.scheduler;
    const kept = this.#world.database.tables.plans.get(plan);
    const leaf = kept?.leaves.find((one) => one.assetId === assetId);
    const inside = leaf?.intervals.some(({ from, until }) => from <= now + CLOCK_MS && now < until + CLOCK_MS);
    if (inside !== true) this.fail('S3', `a grant for ${assetId} outside its intervals`);
    if (kept === undefined || now > kept.notAfter + CLOCK_MS) this.fail('S16', `a grant for ${assetId} after its plan`);
    if (this.#takenBack.has(`${plan} ${assetId}`))
      this.fail('S14', `a grant for ${assetId}, which took this plan back`);
    for (const [other, where] of this.#allowed) {
      if (other !== job && where === assetId && this.#running.has(other)) this.fail('S10', `two grants for ${assetId}`);
    }
  }

  /** What a server says it has, it has. // rollout L7 */
  onAcknowledged({ assetId }: HostSim, { acknowledged }: Acknowledged): void {
    const kept = this.#world.database.tables.hosts.get(assetId)?.lastSequence ?? 0;
    if (acknowledged > kept) this.fail('L7', `report ${acknowledged} of ${assetId} is acknowledged and not there`);
  }

  /** What a machine is about to tell; of a copy it is remembered. */
  onSaid({ isCopy, assetId }: HostSim, reports: readonly Told[]): void {
    if (isCopy) for (const { sequence } of reports) this.#saidByCopy.add(`${assetId} ${sequence}`);
  }

  onTaken(assetId: string, reports: readonly Told[], answer: Acknowledged): void {
    this.#forks.onTaken(assetId, reports, answer);
  }

  /** The answer that lets a machine go down, also where it is said again. */
  onGranted({ assetId }: HostSim): void {
    this.#forks.onGrant(assetId);
  }

  onHeard(host: HostSim, askedAt: number): void {
    this.#halts.onHeard(host, askedAt);
  }

  onSignal(host: HostSim): void {
    this.fail('S11', `the package manager of ${host.name} was stopped`);
  }

  /** At most as many failures as the lane allows, and what nobody has heard of is one. */
  #checkLimit(assetId: string): void {
    const { failures, percent } = this.#world.lane.pauseLimit;
    const attempted = new Set([...this.#allowed.keys(), ...this.#finished.keys()]).size;
    const most = Math.max(failures, Math.ceil((attempted * percent) / 100));
    if (this.#failures.size >= most) {
      this.fail('S6', `a grant for ${assetId} after ${this.#failures.size} failures`);
    }
  }

  /** Whoever may be down, and whoever is down by us, together, in each group of this host. */
  #checkBudgets(assetId: string): void {
    const { assets } = this.#world.database.tables;
    const seen = [...this.#down.keys()].filter((one) => !this.#unseen.has(one));
    const down = new Set([...this.#allowed.values(), ...seen]);
    for (const group of assets.get(assetId)?.redundancyGroups ?? []) {
      const members = [...assets.values()].filter(({ redundancyGroups }) => redundancyGroups.includes(group));
      const budget = Math.max(1, Math.floor(members.length / 10));
      const here = members.filter((member) => down.has(member.assetId));
      if (here.length <= budget) continue;
      this.fail('S4', `${here.map((one) => one.assetId.slice(-4)).join(' ')} of ${group}, allowed are ${budget}`);
    }
  }

  /** The point of no return, as it is on the disk of the host. */
  onDeparture(host: HostSim, { job, plan, leaf }: Departure): void {
    const { world } = host;
    world.tell('departed', host.name, job.slice(-6));
    const before = this.#departed.get(job);
    // Of its double no machine knows; only servers do, and the one that lies says go to both.
    const isDouble = before !== host.name && this.#isStolen;
    if (before !== undefined && !isDouble) this.fail('S10', `${host.name} departs twice for one work order`);
    if (isDouble && before !== undefined) this.#doubled.add(host.assetId);
    this.#departed.set(job, host.name);
    this.#departedAt.set(host.assetId, this.#world.scheduler.now);
    this.#orders.set(job, leaf);
    const running = this.#down.get(host.assetId);
    if (running !== undefined && running !== job && !this.#finished.has(running) && !isDouble) {
      this.fail('S10', `${host.name} is under way already`);
    }
    if (this.#world.scheduler.now > (this.#startBy.get(job) ?? 0) + START_SLACK_MS && !this.#isStolen) {
      this.fail('S5', `${host.name} departs without a grant, or after it`);
    }
    const taken = `${plan.plan} ${host.assetId}`;
    if (this.#takenBack.has(taken) && !this.#wasAnothers(host, taken))
      this.fail('S14', `${host.name} takes up what it took back`);
    this.#orderOf.set(host.name, { taken, job });
    if (plan.epoch < (this.#epochs.get(host.assetId) ?? 0)) this.fail('S10', `${host.name} goes back an epoch`);
    this.#epochs.set(host.assetId, plan.epoch);
    this.#halts.onDeparture(host);
    this.#checkAuthority(host, plan);
    this.#checkInterval(host, leaf);
    this.#down.set(host.assetId, job);
    this.#unseen.delete(host.assetId);
    this.#checkBudgets(host.assetId);
  }

  onTakenUp(host: HostSim, departure: Departure): void {
    if (!this.#departed.has(departure.job)) this.onDeparture(host, departure);
  }

  /** What is not on its disk any more it never did, and what is there it still has to end. */
  onRestored(host: HostSim, { departed, finished, running }: Departures): void {
    for (const [job, name] of this.#departed) {
      if (name !== host.name) continue;
      this.#departed.delete(job);
      this.#finished.delete(job);
    }
    for (const job of departed) this.#departed.set(job, host.name);
    for (const job of finished) this.#finished.set(job, host.world.scheduler.now);
    if (running === null) this.#down.delete(host.assetId);
    else this.#down.set(host.assetId, running);
    if (running !== null && !this.#allowed.has(running)) this.#unseen.add(host.assetId);
    this.#epochs.delete(host.assetId);
    // With a server that lies about it as well, nobody is left who remembers.
    if (this.#isStolen)
      for (const taken of this.#takenBack) if (taken.endsWith(host.assetId)) this.#takenBack.delete(taken);
    const remembered = this.#tookBack.get(host.name) ?? new Map<string, Hash>();
    for (const [taken, job] of remembered) if (!finished.has(job)) remembered.delete(taken);
  }

  /** What a disk remembers, so does its copy. */
  onCopied(copy: HostSim, { name }: HostSim): void {
    this.#tookBack.set(copy.name, new Map(this.#tookBack.get(name)));
  }

  /**
   * Of what another machine with its key took back no machine knows, be it the copy or the original; servers do, and this
   * one lies. What it took back itself, or its disk before it was copied, it knows.
   */
  #wasAnothers({ name }: HostSim, taken: string): boolean {
    const isAnothers = [...this.#tookBack].some(([machine, known]) => machine !== name && known.has(taken));
    return this.#isStolen && isAnothers && this.#tookBack.get(name)?.has(taken) !== true;
  }

  /** A machine that ends what another one with its key began: what counts is told by that one. */
  #isEcho(host: HostSim): boolean {
    if (this.#doubled.has(host.assetId)) return true;
    return host.isCopy && this.#departed.get(this.#down.get(host.assetId) ?? '') !== host.name;
  }

  #checkAuthority(host: HostSim, departed: KeptPlan): void {
    const { plan, notAfter } = departed;
    const { authority, scheduler, signatures } = host.world;
    const missing = missingAuthority(authority, plan, signatures.get(plan) ?? []);
    if (authority.plans.get(plan) !== departed) this.fail('S7', `${host.name} departs under a plan that nobody signed`);
    if (missing !== null) this.fail('S1', `${host.name} departs under a plan with ${missing}`);
    if (scheduler.now > notAfter + CLOCK_MS) this.fail('S16', `${host.name} departs under a plan that is over`);
  }

  #checkInterval(host: HostSim, { intervals }: Leaf): void {
    const now = this.#timeOf(host);
    const inside = intervals.some(({ from, until }) => now >= from - CLOCK_MS && now < until + CLOCK_MS);
    if (!inside) this.fail('S3', `${host.name} departs outside its intervals`);
  }

  /** With a server that lies about it as well, a host whose clock is wrong has nobody left to ask for the time. */
  #timeOf(host: HostSim): number {
    return this.#isStolen ? host.wallClock : host.world.scheduler.now;
  }

  onReboot(host: HostSim): void {
    if (this.#isEcho(host)) return;
    const job = this.#down.get(host.assetId);
    const leaf = this.#leafOf(job);
    if (leaf === undefined || leaf.reboot === 'never') this.fail('S3', `${host.name} reboots without being told`);
    const { now } = host.world.scheduler;
    // It may have departed by a wrong clock, and the clock be right by now; or it is wrong now, and the time is right.
    const times = this.#isStolen ? [now, host.wallClock] : [now];
    const isSoon = this.#isStolen && now < (this.#departedAt.get(host.assetId) ?? 0) + REBOOT_MS;
    const isLate = leaf?.intervals.every(({ from, until }) =>
      times.every((time) => time < from - CLOCK_MS || time >= until + REBOOT_MS),
    );
    if (isLate === true && !isSoon) {
      this.fail('S3', `${host.name} reboots long after its interval`);
    }
  }

  #leafOf(job: string | undefined): Leaf | undefined {
    return this.#orders.get(job ?? '');
  }

  /** What a package manager is let do is what was signed, or its way back. */
  onUnit(host: HostSim, changes: readonly PackageChange[], leaf: Leaf): void {
    if (host.disk.owes) this.fail('S10', `${host.name} begins before it is on the disk that it does`);
    if (host.hasOtherBytes) this.fail('S8', `${host.name} installs other bytes than were signed`);
    const { now } = host.world.scheduler;
    const others = [...host.units.values()].filter(({ exit, endsAt }) => exit === null && endsAt > now);
    if (others.length > 1) this.fail('S10', `two package managers at work on ${host.name}`);
    const back = leaf.rollback.kind === 'downgrade' ? leaf.rollback.changes : [];
    if (changes !== leaf.changes && changes !== back) this.fail('S7', `${host.name} installs what nobody signed`);
    if (this.#isEcho(host)) return;
    const signed = this.#leafOf(this.#down.get(host.assetId));
    if (signed !== leaf) this.fail('S7', `${host.name} works on another order than its own`);
  }

  onFinish(host: HostSim, leaf: Leaf, report: JobReport): void {
    const order = this.#orderOf.get(host.name);
    if (report.phase === 'rolled-back' && order !== undefined) {
      const known = this.#tookBack.get(host.name) ?? new Map<string, Hash>();
      this.#tookBack.set(host.name, known.set(order.taken, order.job));
    }
    if (this.#isEcho(host)) return;
    const job = this.#down.get(host.assetId) ?? '';
    host.world.tell('finished', host.name, report.phase);
    if (this.#finished.has(job)) this.fail('S10', `${host.name} ends twice`);
    this.#finished.set(job, host.world.scheduler.now);
    const back = leaf.rollback.kind === 'downgrade' ? leaf.rollback.changes : [];
    if (report.phase === 'succeeded') this.#checkVersions(host, leaf.changes);
    if (report.phase === 'rolled-back') this.#checkVersions(host, back);
    if (report.phase === 'succeeded' || report.phase === 'rolled-back') this.#down.delete(host.assetId);
  }

  #checkVersions(host: HostSim, changes: readonly PackageChange[]): void {
    const wrong = changes.find(({ name, to }) => (host.versions.get(name) ?? null) !== to || host.broken.has(name));
    if (wrong !== undefined) this.fail('S7', `${host.name} says it is done, and ${wrong.name} is not`);
  }
}

function phaseOf(event: JobEvent): string {
  return event.kind === 'job.reported' ? event.report.phase : event.kind;
}
