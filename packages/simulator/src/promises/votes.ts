import type { CampaignEvent, CampaignState, EventOf } from '@patchsteward/core/campaign';
import type { Instant, Role, SignedBy } from '@patchsteward/core/vocabulary';
import type { World } from '../world/world.ts';

const APPROVERS: readonly Role[] = ['change', 'security', 'owner'];
const LANES: readonly string[] = ['routine', 'critical', 'emergency'];
/** In these a campaign rests on what people signed. */
const RESTS: ReadonlySet<string> = new Set(['approved', 'scheduled', 'deploying']);

/** Who said what, counted again from the events alone. // rollout S1 S2 S17 */
export class Votes {
  readonly #world: World;
  #plan: string | null = null;
  readonly #votes = new Map<string, SignedBy>();
  #toldAt: Instant | null = null;
  #lane: string | null = null;

  constructor(world: World) {
    this.#world = world;
  }

  hear(to: CampaignState['name'], event: CampaignEvent): void {
    if (event.kind === 'plan.compiled' && event.planKind === 'production') this.#forget(event.plan);
    if (event.kind === 'approval.signed') this.#onApproval(event);
    if (event.kind === 'approval.revoked') this.#votes.delete(event.signed.person);
    if (event.kind === 'resume') this.#onResume(event.signed);
    if (event.kind === 'host.declared') this.#onDeclared(event.signed);
    if (event.kind === 'notice.sent') this.#onNotice(event.elapsesAt);
    if (event.kind === 'wave.opened') this.#onWave();
    if (event.kind === 'lane.proposed' || event.kind === 'lane.set') this.#onLane(event);
    if (RESTS.has(to)) this.#checkSeats(to);
  }

  #forget(plan: string): void {
    this.#plan = plan;
    this.#votes.clear();
    this.#toldAt = null;
  }

  #onApproval({ plan, signed }: EventOf<'approval.signed'>): void {
    if (signed.person === this.#requester) this.#fail('S2', `${signed.person} approves what they asked for`);
    if (plan === this.#plan) this.#votes.set(signed.person, signed);
    else this.#fail('S1', `${signed.person} signed another plan`);
    if (!has(signed, APPROVERS)) this.#fail('S1', `${signed.person} approves nothing`);
  }

  #onResume(signed: SignedBy): void {
    if (signed.person === this.#requester) this.#fail('S2', `${signed.person} resumes what they asked for`);
    else if (!has(signed, APPROVERS)) this.#fail('S6', `${signed.person} may not resume`);
  }

  #onDeclared(signed: SignedBy): void {
    if (!has(signed, ['it', 'owner'])) this.#fail('S4', `${signed.person} answers for hosts of others`);
  }

  #onNotice(elapsesAt: Instant): void {
    const { noticeMs } = this.#world.lane;
    this.#toldAt = this.#world.scheduler.now;
    if (elapsesAt < this.#toldAt + noticeMs) this.#fail('notice', 'shorter than the lane asks for');
  }

  #onWave(): void {
    const { scheduler, lane } = this.#world;
    if (this.#toldAt === null) this.#fail('notice', 'a wave was opened, and nobody was told');
    else if (scheduler.now < this.#toldAt + lane.noticeMs) this.#fail('notice', 'a wave came early');
  }

  #onLane(event: EventOf<'lane.proposed'> | EventOf<'lane.set'>): void {
    const isLower = this.#lane !== null && LANES.indexOf(event.lane) < LANES.indexOf(this.#lane);
    const roles = event.kind === 'lane.set' ? event.signed.flatMap((one) => one.roles) : [];
    if (isLower && !(roles.includes('security') && roles.includes('owner'))) this.#fail('S17', `down to ${event.lane}`);
    this.#lane = event.lane;
  }

  /** Somebody of change, and somebody else of security or an owner; never who asked. */
  #checkSeats(to: string): void {
    const people = [...this.#votes.values()].filter(({ person }) => person !== this.#requester);
    const isFull = people.some((one) => has(one, ['change']) && people.some((other) => isSecond(one, other)));
    if (!isFull) this.#fail('S1', `${to} with ${people.map(({ person }) => person).join(' and ') || 'nobody'}`);
  }

  get #requester(): string {
    return this.#world.authority.requester;
  }

  #fail(promise: string, detail: string): void {
    this.#world.promises.fail(promise, detail);
  }
}

function isSecond(one: SignedBy, other: SignedBy): boolean {
  return other.person !== one.person && has(other, ['security', 'owner']);
}

function has({ roles }: SignedBy, wanted: readonly Role[]): boolean {
  return roles.some((role) => wanted.includes(role));
}
