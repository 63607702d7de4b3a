import { setTimeout as pause } from 'node:timers/promises';
import { ApiError } from '@patchsteward/contract/client';
import type { CampaignStateName } from '@patchsteward/core/campaign';
import { MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { Statement } from '@patchsteward/trust/statement';
import type { Host } from '../../demo/hosts/host.ts';
import { inTurns } from '../../demo/house/turns.ts';
import type { DemoLogin } from '../../demo/story/people.ts';
import { signPlan, signStatement } from '../../demo/story/signing.ts';
import { Teller } from '../../demo/story/teller.ts';
import { hasReached } from '../../demo/story/way.ts';
import { BenchError } from '../bench-error.ts';
import { updateOfFleet } from './fleet.ts';
import type { RolloutHouse } from './house.ts';

const HANDS = 6;
const CAMPAIGNS_MAX = 10;
/** The lists over the fleet are counted behind the doors. */
const OPEN_TRIES_MAX = 60;
/** Between two looks whether the plan is there: short beside what is measured. */
const LOOK_MS = 10;
/** Far beyond the promise: then something is stuck. */
const PLAN_MS_MAX = 600_000;
/** States in which the word is with the hosts; everywhere else people have it, or nobody. */
const ALL_ASKED: ReadonlySet<string> = new Set(['identified', 'evaluated', 'replanning']);

/** One campaign over a whole fleet: people at the doors with keys of their own, hosts that answer what they are asked. */
export class FleetCampaign {
  readonly #house: RolloutHouse;
  readonly #said: (line: string) => void;
  readonly #teller: Teller;
  readonly #ring: readonly Host[];
  readonly #production: readonly Host[];
  id = '';

  constructor(house: RolloutHouse, said: (line: string) => void, signal: AbortSignal) {
    this.#house = house;
    this.#said = said;
    this.#ring = house.hosts.filter(({ facts }) => facts.ring);
    this.#production = house.hosts.filter(({ facts }) => !facts.ring);
    const { ivy } = house.staff.clients;
    this.#teller = new Teller({
      clock: house.clock,
      stopped: () => signal.aborted,
      isAtRest: house.server.isAtRest,
      campaigns: async () => (await ivy('campaign.list', { query: { limit: CAMPAIGNS_MAX } })).items,
      hosts: async ({ state }) => {
        return (await inTurns(this.#asked(state), HANDS, (host) => host.round())).includes(true);
      },
      moved: () => Promise.resolve(),
    });
  }

  /** Opened, assessed, tested by the ring, every backup proved but one: nothing else is missing for the plan. */
  prepare(): Promise<void> {
    return this.#teller.tell([
      async () => {
        this.id = await this.#opened();
        this.#said('opened');
        await this.#say('risk.assessed', 'ivy', {
          ...{ impact: 'low', reboot: false, restarts: [], rollback: 'prepared' },
          ...{ exposure: 'no more than before', note: 'A small change of one package.' },
        });
        await this.#untilReason('test-not-started');
        this.#said('every host has answered what it would install');
        await signPlan(this.#house.staff, { plan: await this.#plan('test'), login: 'ivy', intent: 'test', why: null });
        await this.#until('tested');
        this.#said('tested');
        await this.#house.prober.watch(this.#production.slice(1));
      },
    ]);
  }

  /** Proves the last backup. On the clock of the machine: until people can sign the plan for production. */
  async planMs(): Promise<number> {
    const began = performance.now();
    await this.#house.prober.watch(this.#production.slice(0, 1));
    for (;;) {
      const { plans } = await this.#house.staff.clients.ivy('campaign.show', { params: { id: this.id } });
      const tookMs = performance.now() - began;
      if (plans.production !== null) return tookMs;
      if (tookMs > PLAN_MS_MAX)
        throw new BenchError('there is no plan after ten minutes', 'look at what the server does');
      await pause(LOOK_MS);
    }
  }

  /** Asked for, agreed to, approved, announced: until the first wave is open. */
  deploy(): Promise<void> {
    return this.#teller.tell([
      async () => {
        const { staff } = this.#house;
        await this.#until('planned');
        const plan = await this.#plan('production');
        await signPlan(staff, { plan, login: 'ivy', intent: 'request', why: 'it is exploited' });
        const assets = this.#production.map(({ assetId }) => assetId).sort();
        await this.#say('window.agreed', 'otto', { assets }, plan);
        for (const login of ['sam', 'cara'] as const)
          await signPlan(staff, { plan, login, intent: 'approve', why: null });
        await this.#until('deploying');
        // Its files are there and what it would do is what was signed: a host of this wave waits for its grant alone.
        await inTurns(this.#production, HANDS, (host) => host.round({ inSteps: true }));
      },
    ]);
  }

  /** Stop: nothing more is granted. */
  async halt(): Promise<void> {
    const body = { why: 'Somebody who is on call saw something.' };
    await this.#house.staff.clients.ivy('campaign.halt', { params: { id: this.id }, body });
  }

  #asked(state: string): readonly Host[] {
    if (state === 'authentic') return this.#ring;
    return ALL_ASKED.has(state) ? this.#house.hosts : [];
  }

  async #opened(): Promise<string> {
    const { scope, source } = updateOfFleet();
    const assets = this.#house.hosts.map(({ assetId }) => assetId);
    const body = { proposal: `${scope}/${source}`, assets };
    for (let tries = 1; ; tries += 1) {
      try {
        return (await this.#house.staff.clients.ivy('campaign.open', { body })).id;
      } catch (error) {
        const early = error instanceof ApiError && (error.code === 'not-found' || error.code === 'bad-request');
        if (!early || tries >= OPEN_TRIES_MAX) throw error;
      }
      await this.#teller.at(this.#house.clock.now() + MINUTE_MS);
    }
  }

  #say<Kind extends Statement['kind']>(
    kind: Kind,
    by: DemoLogin,
    body: Extract<Statement, { kind: Kind }>['body'],
    plan: string | null = null,
  ): Promise<void> {
    const at = this.#house.clock.now();
    // The parts fit each other by the type of the call.
    return signStatement(this.#house.staff, by, { kind, campaign: this.id, plan, body, by, at } as Statement);
  }

  async #plan(kind: 'test' | 'production'): Promise<string> {
    const { plans } = await this.#house.staff.clients.ivy('campaign.show', { params: { id: this.id } });
    const plan = plans[kind];
    if (plan === null) throw new BenchError(`there is no plan for ${kind}`, 'look at the campaign');
    return plan;
  }

  #until(wanted: CampaignStateName): Promise<void> {
    return this.#teller.until(this.id, ({ state }) => hasReached(state, wanted));
  }

  #untilReason(wanted: string): Promise<void> {
    return this.#teller.until(this.id, ({ reasons }) => reasons.some(({ code }) => code === wanted));
  }
}
