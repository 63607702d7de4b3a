import type { CampaignSummary } from '@patchsteward/contract';
import { ApiError, type Client } from '@patchsteward/contract/client';
import type { CampaignStateName } from '@patchsteward/core/campaign';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { Statement } from '@patchsteward/trust/statement';
import type { Host } from '../hosts/host.ts';
import type { Staff } from '../house/founding.ts';
import type { Prober } from '../house/prober.ts';
import { FAILING_HOSTS, type Reach, type StoryCampaign, UNPROVED_HOSTS } from './campaigns.ts';
import type { DemoLogin } from './people.ts';
import { signPlan, signStatement } from './signing.ts';
import type { Teller } from './teller.ts';
import type { StoryUpdate } from './updates.ts';
import { hasReached } from './way.ts';

interface WalkParts {
  readonly staff: Staff;
  readonly teller: Teller;
  readonly prober: Prober;
  readonly clock: () => Instant;
  readonly end: Instant;
  /** Hosts of a campaign that from now on do what they are told; the others rest. */
  readonly hold: (campaign: string, hosts: readonly Host[]) => void;
  readonly said: (line: string) => void;
}

/** Minutes of the story in which the lists over the fleet are counted, far above what it takes. */
const OPEN_TRIES_MAX = 60;

type PlanKind = 'test' | 'production';

/** The way of one campaign through the rooms, as far as the story goes: people at the doors, with keys of their own. */
export class Walk {
  readonly #parts: WalkParts;
  readonly #story: StoryCampaign;
  readonly #update: StoryUpdate;
  readonly #ring: readonly Host[];
  readonly #production: readonly Host[];
  #id = '';

  constructor(parts: WalkParts, story: StoryCampaign, update: StoryUpdate, hosts: readonly Host[]) {
    this.#parts = parts;
    this.#story = story;
    this.#update = update;
    this.#ring = hosts.filter(({ facts }) => facts.ring);
    this.#production = hosts.filter(({ facts }) => !facts.ring && !facts.silent).slice(0, story.production);
  }

  /** Steps 1 to 7; it ends where the story leaves the campaign to whoever looks at it. */
  async tell(): Promise<void> {
    const { reach, openedHoursAgo, provedHoursAgo } = this.#story;
    await this.#at(openedHoursAgo);
    await this.#open();
    if (reach === 'identified') return;
    if (reach === 'withdrawn') return this.#withdraw();
    await this.#assess();
    if (reach === 'risk-accepted') return this.#acceptRisk();
    if (reach === 'quarantined') return this.#until('quarantined');
    await this.#untilReason('test-not-started');
    await this.#sign(await this.#plan('test'), 'ivy', 'test');
    if (reach === 'ring-watched') return this.#untilRingIsDone();
    await this.#until('tested');
    if (reach === 'backups-missing') return this.#prove(this.#production.slice(UNPROVED_HOSTS));
    await this.#at(provedHoursAgo);
    await this.#prove(this.#production);
    if (reach === 'no-windows') return this.#until('backed-up');
    await this.#until('planned');
    await this.#approve(await this.#plan('production'), reach);
    if (reach === 'change-missing' || reach === 'owner-missing') return;
    await this.#deploy(reach);
  }

  async #open(): Promise<void> {
    const { scope, source } = this.#update;
    const proposal = `${scope}/${source}`;
    const assets = [...this.#ring, ...this.#production].map(({ assetId }) => assetId);
    this.#id = await this.#opened({ proposal, assets });
    this.#parts.hold(this.#id, [...this.#ring, ...this.#production]);
  }

  /** The lists over the fleet are counted behind the doors: what was published a moment ago is proposed a moment later. */
  async #opened(body: { readonly proposal: string; readonly assets: string[] }): Promise<string> {
    for (let tries = 1; ; tries += 1) {
      try {
        return (await this.#as('ivy')('campaign.open', { body })).id;
      } catch (error) {
        const early = error instanceof ApiError && (error.code === 'not-found' || error.code === 'bad-request');
        if (!early || tries >= OPEN_TRIES_MAX) throw error;
      }
      await this.#parts.teller.at(this.#parts.clock() + MINUTE_MS);
    }
  }

  async #withdraw(): Promise<void> {
    const body = { why: 'Demo: the vendor took this update back.', vendor: true };
    await this.#as('ivy')('campaign.withdraw', { params: { id: this.#id }, body });
  }

  async #assess(): Promise<void> {
    await this.#say('risk.assessed', 'ivy', {
      ...{ impact: 'low', reboot: false, restarts: [], rollback: 'prepared' },
      ...{ exposure: 'no more than before', note: 'Demo: a small change of one package.' },
    });
  }

  async #acceptRisk(): Promise<void> {
    const expiresAt = this.#parts.end + 30 * DAY_MS;
    const why = 'Demo: only trusted pictures are converted there until the machines are replaced.';
    // Each signs a statement of their own; the second one makes it hold.
    await this.#say('risk.accepted', 'otto', { expiresAt, why });
    await this.#say('risk.accepted', 'sam', { expiresAt, why });
  }

  /** Who asks, who owns, who decides. The one whom the story leaves out is whom the reader of the demo may be. */
  async #approve(plan: string, reach: Reach): Promise<void> {
    await this.#sign(plan, 'ivy', 'request');
    if (reach !== 'owner-missing') {
      const assets = this.#production.map(({ assetId }) => assetId).sort();
      await this.#say('window.agreed', 'otto', { assets }, plan);
    }
    await this.#sign(plan, 'sam', 'approve');
    if (reach !== 'change-missing') await this.#sign(plan, 'cara', 'approve');
  }

  async #deploy(reach: Reach): Promise<void> {
    if (reach === 'notice-running') return this.#untilReason('notice-running');
    if (reach === 'stopped') {
      for (const host of this.#production.slice(0, FAILING_HOSTS)) host.state.breaks = true;
      return this.#until('paused');
    }
    await this.#until('deploying');
    if (reach === 'deploying') return this.#handOver();
    await this.#until('monitoring');
    if (reach === 'watched') return this.#untilReason('soak-running');
    await this.#until('audited');
    await this.#say('audit.signed', 'ivy', { dispositions: [] });
    if (reach === 'audit-missing') return;
    await this.#say('audit.signed', 'sam', { dispositions: [] });
  }

  /** The next wave is open, and nobody has begun: its hosts go to work before the eyes of whoever looks. */
  async #handOver(): Promise<void> {
    await this.#untilReason('wave-soaking');
    this.#parts.hold(this.#id, []);
    await this.#parts.teller.until(this.#id, ({ reasons }) => reasons.every(({ code }) => code !== 'wave-soaking'));
  }

  /** Its hosts have done their test, and nothing but time is missing. */
  #untilRingIsDone(): Promise<void> {
    const before = new Map(this.#ring.map((host) => [host, host.jobsDone]));
    return this.#parts.teller.until(this.#id, () =>
      this.#ring.every((host) => host.jobsDone > (before.get(host) ?? 0)),
    );
  }

  async #plan(kind: PlanKind): Promise<string> {
    const plan = (await this.#as('ivy')('campaign.show', { params: { id: this.#id } })).plans[kind];
    if (plan === null) throw new TypeError(`${this.#update.source} has no plan for ${kind}`);
    return plan;
  }

  #sign(plan: string, login: DemoLogin, intent: 'request' | 'approve' | 'test'): Promise<void> {
    const why = intent === 'request' ? `Demo: ${this.#update.advisory?.id ?? 'a regular update'}` : null;
    return signPlan(this.#parts.staff, { plan, login, intent, why });
  }

  #say<Kind extends Statement['kind']>(
    kind: Kind,
    by: DemoLogin,
    body: Extract<Statement, { kind: Kind }>['body'],
    plan: string | null = null,
  ): Promise<void> {
    // The parts fit each other by the type of the call.
    const statement = { kind, campaign: this.#id, plan, body, by, at: this.#parts.clock() } as Statement;
    return signStatement(this.#parts.staff, by, statement);
  }

  async #prove(hosts: readonly Host[]): Promise<void> {
    await this.#parts.prober.watch(hosts);
  }

  async #at(hoursAgo: number): Promise<void> {
    await this.#parts.teller.at(this.#parts.end - hoursAgo * HOUR_MS);
  }

  async #until(wanted: CampaignStateName): Promise<void> {
    await this.#parts.teller.until(this.#id, ({ state }) => hasReached(state, wanted));
    this.#parts.said(`${this.#update.source}: ${wanted}`);
  }

  async #untilReason(wanted: string): Promise<void> {
    const found = ({ reasons }: CampaignSummary) => reasons.some(({ code }) => code === wanted);
    await this.#parts.teller.until(this.#id, found);
  }

  #as(login: DemoLogin): Client {
    return this.#parts.staff.clients[login];
  }
}
