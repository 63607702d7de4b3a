import type { CampaignEvent, CampaignState } from '@patchsteward/core/campaign';
import { type HostDeclaration, isTerminal } from '@patchsteward/core/job';
import { HOUR_MS, MINUTE_MS, type SignedBy } from '@patchsteward/core/vocabulary';
import type { Job } from '@patchsteward/server/engine';
import type { HostSim } from '../host/host-sim.ts';
import { Process } from '../time/process.ts';
import type { Member } from '../world/fleet.ts';
import { CAMPAIGN, TARGET, tokenHash } from '../world/fleet.ts';
import { planFor } from '../world/planner.ts';
import type { World } from '../world/world.ts';
import { misbehave } from './malice.ts';
import { REQUESTER, signatureOf } from './staff.ts';
import { isUnanswered } from './unanswered.ts';

const LOOK_MS = 10 * MINUTE_MS;
const LATE_MS_MAX = HOUR_MS;

/** Those who ask, approve, halt, resume, repair and answer for hosts: by looking now and then, some of them late. */
export class People {
  readonly #world: World;
  readonly #process: Process;
  #plans = 0;
  #rounds = 1;

  constructor(world: World) {
    this.#world = world;
    this.#process = new Process(world.scheduler);
  }

  powerCycleMs(): number {
    return this.#world.dice.between(HOUR_MS, 2 * HOUR_MS);
  }

  /** From what was seen to what was tested: done before the faults begin. */
  async open(): Promise<void> {
    const { scheduler } = this.#world;
    await this.#lead(firstEvents(this.#world, scheduler.now));
    scheduler.begin(() => this.#live());
  }

  async #lead(events: readonly CampaignEvent[]): Promise<void> {
    for (const event of events) {
      if (event.kind === 'test.verdict') await this.#testUnclearly();
      // What the campaign has heard before it need not hear again.
      const isOver = event.kind === 'test.verdict' && this.#world.campaign?.name === 'tested';
      const refused = isOver ? null : await this.#insist(event, event.kind === 'update.seen' ? REQUESTER : 'system');
      if (refused !== null && this.#rounds === 1) throw new Error(`${event.kind} was refused: ${refused}`);
    }
  }

  async #checkBackups(): Promise<void> {
    await this.#feed({ kind: 'backup.checked', ...this.#world.backupsNow() }, 'system');
  }

  /** Until a server lives that answers. */
  async #insist(event: CampaignEvent, person: string): Promise<string | null> {
    for (;;) {
      const refused = await this.#feed(event, person);
      if (refused === null || !isUnanswered(refused)) return refused;
      await this.#process.pause(MINUTE_MS);
    }
  }

  /** No pass at first: somebody would go on anyhow, and then two people look, or it is tested again. // S15 */
  async #testUnclearly(): Promise<void> {
    const { dice, faults } = this.#world;
    if (!faults.strikes('test-unclear', 0.5)) return;
    const result = dice.one(['inconclusive', 'fail'] as const);
    await this.#feed({ kind: 'test.verdict', result, report: tokenHash('report', 1), reasons: [] }, 'system');
    await this.#feed({ kind: 'test.accepted', signed: [signatureOf('eve')] }, 'eve');
    await this.#feed({ kind: 'test.accepted', signed: [signatureOf(REQUESTER)] }, REQUESTER);
    await this.#checkBackups();
    await this.#feed({ kind: 'test.accepted', signed: [signatureOf('eve'), signatureOf('ben')] }, 'eve');
  }

  /** What was accepted for a time opened again. */
  async #begin(): Promise<void> {
    this.#rounds += 1;
    await this.#lead(firstEvents(this.#world, this.#world.scheduler.now, this.#rounds).slice(1));
  }

  async #live(): Promise<void> {
    const { dice, faults } = this.#world;
    for (;;) {
      const state = this.#world.campaign;
      if (state !== undefined) await this.#act(state);
      const late = faults.strikes('people-late', 0.3) ? dice.below(LATE_MS_MAX) : 0;
      await this.#process.pause(dice.between(MINUTE_MS, LOOK_MS) + late);
    }
  }

  async #act(state: CampaignState): Promise<void> {
    await this.#answerForHosts(state);
    await this.#deeds[state.name]?.(state);
    await misbehave(this.#world, state, (event, person) => this.#feed(event, person));
  }

  readonly #deeds: Readonly<Partial<Record<CampaignState['name'], (state: CampaignState) => Promise<void>>>> = {
    identified: () => this.#begin(),
    tested: () => this.#checkBackups(),
    'backed-up': (state) => this.#plan(state),
    replanning: (state) => this.#plan(state),
    planned: async (state) => {
      await this.#approve(state);
      await this.#leaveIt();
    },
    approved: (state) => this.#notify(state),
    paused: (state) => this.#resume(state),
    halted: (state) => this.#resume(state),
    scheduled: (state) => this.#interrupt(state),
    deploying: (state) => this.#interrupt(state),
  };

  /** What nobody has begun with, and nobody needs any more, is taken back; what was begun with is the server's to end. */
  async #giveUp({ deployed }: CampaignState): Promise<void> {
    this.#world.trace.count('nothing to plan');
    const isOver = this.#world.members.every(({ scoped }) => !this.#isLeft(scoped.assetId));
    if (isOver && !deployed)
      await this.#feed({ kind: 'campaign.withdrawn', why: 'nobody needs it', vendor: false }, 'ada');
  }

  /** A host that forked is enrolled anew, as another asset. */
  #isLeft(assetId: string): boolean {
    if (this.#isForked(assetId)) return false;
    const told = this.#world.database.tables.checkIns.get(assetId)?.versions;
    return told === undefined || ![...told.values()].every((version) => version === TARGET);
  }

  async #plan(state: CampaignState): Promise<void> {
    const { scheduler, policy, members, database, engine, due, scene } = this.#world;
    const now = scheduler.now;
    const { checkIns, plans } = database.tables;
    const todo = members.filter(({ scoped }) => this.#isLeft(scoped.assetId));
    const offered = todo.map((member) => asOffered(member, checkIns.get(member.scoped.assetId)?.versions));
    const { lane, windowsMs } = scene;
    const asked = { campaign: CAMPAIGN, requester: REQUESTER, lane, now, due, policy, windowsMs };
    const compiled = planFor(offered, asked);
    if (compiled === null) return this.#giveUp(state);
    this.#plans += 1;
    const plan = tokenHash('plan', this.#plans);
    const { body, leaves, infeasible } = compiled;
    plans.set(plan, {
      ...{ plan, campaign: CAMPAIGN, kind: 'production', epoch: this.#plans, notAfter: body.notAfter },
      // In this world hosts alone are patched.
      leaves: leaves.filter((leaf) => 'ecosystem' in leaf),
    });
    await this.#feed(
      {
        ...{ kind: 'plan.compiled', plan, planKind: 'production', waves: body.summary.waves, hosts: leaves.length },
        ...{ firstStart: body.summary.firstStart, notAfter: body.notAfter, lastEnd: body.summary.lastEnd },
        infeasible: engine.slips.has('late-not-named') ? [] : infeasible.map(({ subject }) => subject),
      },
      'system',
    );
  }

  async #approve(state: CampaignState): Promise<void> {
    const plan = state.plan?.hash;
    if (plan === undefined) return;
    if (state.change === null) {
      const signed = this.#sign(plan, REQUESTER);
      await this.#feed({ kind: 'change.requested', plan, signed, why: 'it is exploited' }, REQUESTER);
      return;
    }
    if (state.windows.length === 0) {
      const assets = state.assets.map(({ assetId }) => assetId);
      await this.#feed({ kind: 'window.agreed', plan, signed: signatureOf('ben'), assets }, 'ben');
    }
    for (const person of this.#world.scene.approvers) {
      if (state.votes.some((vote) => vote.person === person)) continue;
      await this.#feed({ kind: 'approval.signed', plan, signed: this.#sign(plan, person) }, person);
    }
  }

  /** Security and an owner live with it for a while. */
  async #leaveIt(): Promise<void> {
    const { dice, faults, scheduler } = this.#world;
    if (!faults.strikes('risk-accepted', 0.1)) return;
    const expiresAt = scheduler.now + dice.between(MINUTE_MS, HOUR_MS);
    const signed = [signatureOf('dot'), signatureOf('ben')];
    await this.#feed({ kind: 'risk.accepted', signed, expiresAt, why: 'not this week' }, 'dot');
  }

  async #notify({ notice, lane }: CampaignState): Promise<void> {
    if (notice !== null) return;
    const { policy, scheduler, scene } = this.#world;
    const elapsesAt = scheduler.now + policy.lanes[lane ?? scene.lane].noticeMs + MINUTE_MS;
    await this.#feed({ kind: 'notice.sent', receipts: tokenHash('receipts', this.#plans), elapsesAt }, 'system');
  }

  async #resume(state: CampaignState): Promise<void> {
    if (!this.#world.scene.goesOn) return;
    const plan = state.plan?.hash;
    const missing = this.#world.scene.approvers.filter((person) => !state.votes.some((vote) => vote.person === person));
    if (state.name === 'paused' && plan !== undefined) {
      for (const person of missing) {
        await this.#feed({ kind: 'approval.signed', plan, signed: this.#sign(plan, person) }, person);
      }
    }
    await this.#feed({ kind: 'resume', signed: signatureOf('cem'), why: 'looked at and understood' }, 'cem');
  }

  async #interrupt(state: CampaignState): Promise<void> {
    const { faults } = this.#world;
    if (faults.strikes('halted', 0.05)) await this.#feed({ kind: 'halt', why: 'something looks odd' }, 'eve');
    const plan = state.plan?.hash;
    if (plan === undefined || !faults.strikes('approval-revoked', 0.05)) return;
    await this.#feed({ kind: 'approval.revoked', plan, signed: signatureOf('dot'), why: 'second thoughts' }, 'dot');
  }

  /** Whoever is silent, or failed, is looked at by a person, who says what they saw. */
  async #answerForHosts(state: CampaignState): Promise<void> {
    if (!['deploying', 'paused', 'halted', 'replanning', 'monitoring', 'rolling-back'].includes(state.name)) return;
    for (const job of this.#world.database.tables.jobs.values()) {
      const host = this.#world.hostOf(job.assetId);
      if (host === undefined || !this.#needsAnswer(job, host) || this.#world.dice.chance(0.5)) continue;
      const as = this.#lookAt(host, job);
      if (as === null) continue;
      const { assetId } = job;
      const signed = signatureOf('eve');
      await this.#feed({ kind: 'host.declared', assetId, as, signed, why: 'looked at it' }, 'eve');
    }
  }

  /** What a person who stands before the machine sees and mends; null: it is still at work. */
  #lookAt(host: HostSim, { state }: Job): HostDeclaration | null {
    if (host.gone) return 'decommissioned';
    if (!host.up || host.runner.isBusy) return null;
    if (this.#isForked(host.assetId)) {
      this.#world.removeClones(host.assetId);
      return 'decommissioned';
    }
    if (state.name === 'failed' || state.name === 'rollback-failed') {
      host.broken.clear();
      host.isSick = false;
    }
    return 'up-verified';
  }

  #isForked(assetId: string): boolean {
    return (this.#world.database.tables.hosts.get(assetId)?.forkedAt ?? null) !== null;
  }

  #needsAnswer({ assetId, state }: Job, { gone }: HostSim): boolean {
    const isLost = gone || this.#isForked(assetId);
    if (isLost && state.declared === null && !isTerminal(state.name)) return true;
    if (state.slot === null) return false;
    return state.unknownSince !== null || state.name === 'failed' || state.name === 'rollback-failed';
  }

  /** The signature stands beside the plan from now on, whatever becomes of the request. */
  #sign(plan: string, person: string): SignedBy {
    const made = this.#world.signatures.get(plan) ?? [];
    const known = made.find((one) => one.person === person);
    if (known !== undefined) return known;
    const signed = signatureOf(person);
    this.#world.signatures.set(plan, [...made, signed]);
    return signed;
  }

  /** Through the door of a server that happens to be up; one that dies with it is asked again at the next look. */
  #feed(event: CampaignEvent, person: string): Promise<string | null> {
    return this.#world.ask(this.#process, (server) => server.feed(CAMPAIGN, event, person));
  }
}

/** The transaction that the host would run now: from the versions that it told last. */
function asOffered(member: Member, told: ReadonlyMap<string, string> | undefined): Member {
  const { transaction } = member.planned;
  if (transaction === null || told === undefined) return member;
  const changes = transaction.changes
    .map((change) => ({ ...change, from: told.get(change.name) ?? null }))
    .filter(({ from, to }) => from !== to);
  const { rollback } = transaction;
  const back = changes.map((change) => ({ ...change, from: change.to, to: change.from }));
  const undone = rollback.kind === 'downgrade' ? { ...rollback, changes: back } : rollback;
  return { ...member, planned: { ...member.planned, transaction: { ...transaction, changes, rollback: undone } } };
}

function firstEvents(world: World, now: number, round = 1): CampaignEvent[] {
  const test = tokenHash('test', round);
  const report = tokenHash('report', 1);
  const eve = signatureOf('eve');
  return [
    {
      ...{ kind: 'update.seen', campaign: CAMPAIGN, title: 'openssl', updates: [], requester: REQUESTER },
      ...{ releasedAt: now, firstSeen: now },
    },
    { kind: 'scope.computed', assets: world.members.map(({ scoped }) => scoped) },
    { kind: 'lane.proposed', lane: world.scene.lane, due: world.due, reasons: [] },
    {
      kind: 'risk.assessed',
      assessment: {
        ...{ impact: 'low', reboot: true, restarts: [], rollback: 'rehearsed', exposure: 'internal', note: '' },
      },
      signed: eve,
    },
    { kind: 'auth.verified', report, files: 2 },
    {
      ...{ kind: 'plan.compiled', plan: test, planKind: 'test', waves: 1, hosts: 1, infeasible: [] },
      ...{ firstStart: now, notAfter: now + HOUR_MS, lastEnd: now + HOUR_MS },
    },
    { kind: 'test.started', plan: test, signed: eve },
    { kind: 'test.verdict', result: 'pass', report, reasons: [] },
    { kind: 'backup.checked', ...world.backupsNow() },
  ];
}
