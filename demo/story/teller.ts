import { setTimeout as pause } from 'node:timers/promises';
import type { CampaignSummary } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { DemoError } from '../demo-error.ts';
import type { StoryClock } from '../house/story-clock.ts';
import { nextInstant } from './timeline.ts';

/** On the clock of the machine, between two looks whether people and the server are done. */
const LOOK_MS = 4;
/** On the clock of the machine: whoever is at work for so long and brings nothing new does not come to an end. */
const WORKING_MS_MAX = 180_000;
/** Once the clock of the story is that of the machine it cannot be moved; only a moment may still be missing. */
const ARRIVED_MS_MAX = 30_000;

interface TellerParts {
  readonly clock: StoryClock;
  readonly campaigns: () => Promise<readonly CampaignSummary[]>;
  /** Whether the server has nothing left to do until time passes or somebody says something. */
  readonly isAtRest: () => Promise<boolean>;
  /** Hosts of this campaign do what there is to do; true: something was done. */
  readonly hosts: (campaign: CampaignSummary) => Promise<boolean>;
  /** Whoever started the demo has seen enough. */
  readonly stopped: () => boolean;
  /** Called each time the clock was moved. */
  readonly moved: (now: Instant) => Promise<void>;
  /** Of the machine. */
  readonly machine?: () => Instant;
}

interface Waiting {
  readonly resolve: () => void;
  readonly at: Instant | null;
  readonly campaign: string | null;
  readonly met: (summary: CampaignSummary) => boolean;
}

/**
 * Several stories at once on one clock. Each waits for an instant or for its campaign to come somewhere. Campaigns are
 * read only while the server is at rest, and it says so itself: no machine is too slow for a story that waits for what
 * lasts until time passes or somebody acts. When hosts have nothing to do either, the clock is moved to the next instant
 * that anybody waits for.
 */
export class Teller {
  readonly #parts: TellerParts;
  readonly #machine: () => Instant;
  readonly #waiting = new Set<Waiting>();
  /** What was said of a campaign when its hosts had nothing to do. */
  readonly #idle = new Map<string, string>();
  #running = 0;
  #failure: Error | null = null;
  /** What is said of all campaigns, and when that was new or somebody went on. */
  #news = { text: '', at: 0 };

  constructor(parts: TellerParts) {
    this.#parts = parts;
    this.#machine = parts.machine ?? Date.now;
  }

  /** Goes on when the clock of the story shows this. */
  at(instant: Instant): Promise<void> {
    if (instant <= this.#parts.clock.now()) return Promise.resolve();
    return this.#wait({ at: instant, campaign: null, met: () => false });
  }

  /** Goes on when the campaign is where the story wants it, and would stay there; its hosts work meanwhile. */
  until(campaign: string, met: (summary: CampaignSummary) => boolean): Promise<void> {
    return this.#wait({ at: null, campaign, met });
  }

  #wait(one: Omit<Waiting, 'resolve'>): Promise<void> {
    this.#running -= 1;
    return new Promise((resolve) => {
      this.#waiting.add({
        ...one,
        resolve: () => {
          this.#running += 1;
          resolve();
        },
      });
    });
  }

  /** Tells all of them to their ends. */
  async tell(stories: readonly (() => Promise<void>)[]): Promise<void> {
    for (const story of stories) {
      this.#running += 1;
      void story().then(
        () => {
          this.#running -= 1;
        },
        (error: unknown) => {
          this.#failure ??= error instanceof Error ? error : new Error('a story broke off', { cause: error });
          this.#running -= 1;
        },
      );
    }
    this.#news = { text: '', at: this.#machine() };
    await this.#rest();
    while (this.#waiting.size > 0) {
      await this.#step();
      await this.#rest();
    }
  }

  /** People have spoken, and everything that follows from it has happened. */
  async #rest(): Promise<void> {
    const until = this.#machine() + WORKING_MS_MAX;
    for (;;) {
      if (this.#failure !== null) throw this.#failure;
      if (this.#parts.stopped()) throw new DemoError('the story was stopped', 'the next start tells it anew');
      if (this.#running === 0 && (await this.#parts.isAtRest())) return;
      if (this.#machine() > until) throw stuck(await this.#parts.campaigns(), this.#running === 0);
      await pause(LOOK_MS);
    }
  }

  /** Somebody goes on, or hosts do something, or time passes. */
  async #step(): Promise<void> {
    const summaries = await this.#parts.campaigns();
    this.#refuseStandstill(summaries);
    if (this.#goOn(summaries)) this.#news = { ...this.#news, at: this.#machine() };
    else if (!(await this.#ask(summaries))) await this.#move(summaries);
  }

  #refuseStandstill(summaries: readonly CampaignSummary[]): void {
    const now = this.#machine();
    const text = summaries.map(textOf).join('\n');
    if (text !== this.#news.text) this.#news = { text, at: now };
    if (now - this.#news.at > (this.#parts.clock.hasArrived ? ARRIVED_MS_MAX : WORKING_MS_MAX))
      throw stuck(summaries, false);
  }

  #goOn(summaries: readonly CampaignSummary[]): boolean {
    const now = this.#parts.clock.now();
    let told = false;
    for (const one of [...this.#waiting]) {
      const summary = summaries.find(({ id }) => id === one.campaign);
      if (!(one.at !== null && one.at <= now) && !(summary !== undefined && one.met(summary))) continue;
      this.#waiting.delete(one);
      one.resolve();
      told = true;
    }
    return told;
  }

  /** Hosts of which nothing is known since time passed, or something new is said; false: there were none. */
  async #ask(summaries: readonly CampaignSummary[]): Promise<boolean> {
    const open = this.#awaited(summaries).filter((summary) => this.#idle.get(summary.id) !== textOf(summary));
    for (const summary of open) {
      const acted = await this.#parts.hosts(summary);
      if (acted) this.#idle.delete(summary.id);
      else this.#idle.set(summary.id, textOf(summary));
    }
    return open.length > 0;
  }

  #awaited(summaries: readonly CampaignSummary[]): CampaignSummary[] {
    const awaited = new Set([...this.#waiting].map(({ campaign }) => campaign));
    return summaries.filter(({ id }) => awaited.has(id));
  }

  async #move(summaries: readonly CampaignSummary[]): Promise<void> {
    const { clock, moved } = this.#parts;
    const planned = [...this.#waiting].flatMap(({ at }) => at ?? []);
    const next = nextInstant(clock.now(), planned, this.#awaited(summaries));
    if (next !== null) clock.moveTo(next);
    this.#idle.clear();
    await moved(clock.now());
  }
}

function textOf({ state, reasons }: CampaignSummary): string {
  return JSON.stringify([state, reasons]);
}

function stuck(summaries: readonly CampaignSummary[], restless: boolean): DemoError {
  const seen = summaries.map(({ title, state, sentence }) => `${title}: ${state}: ${sentence}`);
  return new DemoError(
    [`the story of the demo does not go on${restless ? ', the server never comes to rest' : ''}:`, ...seen].join('\n'),
    'start over with: npm start -- --demo --fresh',
  );
}
