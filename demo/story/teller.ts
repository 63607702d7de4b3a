import { setTimeout as pause } from 'node:timers/promises';
import type { CampaignSummary } from '@patchsteward/contract';
import type { Instant } from '@patchsteward/core/vocabulary';
import { DemoError } from '../demo-error.ts';
import type { StoryClock } from '../house/story-clock.ts';
import { nextInstant } from './timeline.ts';

/** The server works behind its doors: so many looks without any news, and only time is missing. */
const QUIET_LOOKS = 3;
const LOOK_MS = 40;
/** On the clock of the machine; beyond, something does not happen that the story needs. */
const TELLING_MS_MAX = 240_000;

interface TellerParts {
  readonly clock: StoryClock;
  readonly campaigns: () => Promise<readonly CampaignSummary[]>;
  /** Hosts of these campaigns do what there is to do; true: something was done. */
  readonly hosts: (campaigns: readonly CampaignSummary[]) => Promise<boolean>;
  /** Whoever started the demo has seen enough. */
  readonly stopped: () => boolean;
  /** Called each time the clock was moved. */
  readonly moved: (now: Instant) => Promise<void>;
}

interface Waiting {
  readonly resolve: (summary: CampaignSummary | null) => void;
  readonly at: Instant | null;
  readonly campaign: string | null;
  readonly met: (summary: CampaignSummary) => boolean;
}

/**
 * Several stories at once on one clock. Each waits for an instant or for its campaign to come somewhere; only when all of
 * them wait, and the server has nothing more to do either, the clock is moved to the next instant that anybody waits for.
 */
export class Teller {
  readonly #parts: TellerParts;
  readonly #waiting = new Set<Waiting>();
  #running = 0;
  #failure: Error | null = null;

  constructor(parts: TellerParts) {
    this.#parts = parts;
  }

  /** Goes on when the clock of the story shows this. */
  at(instant: Instant): Promise<CampaignSummary | null> {
    if (instant <= this.#parts.clock.now()) return Promise.resolve(null);
    return this.#wait({ at: instant, campaign: null, met: () => false });
  }

  /** Goes on when the campaign is where the story wants it; its hosts work meanwhile. */
  until(campaign: string, met: (summary: CampaignSummary) => boolean): Promise<CampaignSummary | null> {
    return this.#wait({ at: null, campaign, met });
  }

  #wait(one: Omit<Waiting, 'resolve'>): Promise<CampaignSummary | null> {
    this.#running -= 1;
    return new Promise((resolve) => {
      this.#waiting.add({
        ...one,
        resolve: (summary) => {
          this.#running += 1;
          resolve(summary);
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
    await this.#run();
  }

  async #run(): Promise<void> {
    const until = Date.now() + TELLING_MS_MAX;
    let quiet = 0;
    let before = new Map<string, string>();
    while (this.#running > 0 || this.#waiting.size > 0) {
      if (this.#failure !== null) throw this.#failure;
      if (this.#parts.stopped()) throw new DemoError('the story was stopped', 'the next start tells it anew');
      if (Date.now() > until) throw this.#stuck([...before.values()].join('\n'));
      await pause(this.#running > 0 ? 1 : LOOK_MS);
      if (this.#running > 0) continue;
      const summaries = await this.#parts.campaigns();
      const told = this.#goOn(summaries);
      const seen = new Map(summaries.map(({ id, title, state, sentence }) => [id, `${title}: ${state}: ${sentence}`]));
      const news = summaries.filter(({ id }) => seen.get(id) !== before.get(id));
      before = seen;
      // Hosts are asked where something is new, once the clock was moved, and once more before it is moved again.
      const asked = quiet === 0 || quiet === QUIET_LOOKS ? summaries.filter(({ id }) => this.#awaited(id)) : news;
      const acted = await this.#parts.hosts(asked);
      quiet = acted || told || news.length > 0 ? 1 : quiet + 1;
      if (quiet <= QUIET_LOOKS) continue;
      await this.#move(summaries);
      quiet = 0;
    }
    if (this.#failure !== null) throw this.#failure;
  }

  #awaited(id: string): boolean {
    return [...this.#waiting].some(({ campaign }) => campaign === id);
  }

  #goOn(summaries: readonly CampaignSummary[]): boolean {
    const now = this.#parts.clock.now();
    let told = false;
    for (const one of [...this.#waiting]) {
      const summary = summaries.find(({ id }) => id === one.campaign) ?? null;
      if (!(one.at !== null && one.at <= now) && !(summary !== null && one.met(summary))) continue;
      this.#waiting.delete(one);
      one.resolve(summary);
      told = true;
    }
    return told;
  }

  async #move(summaries: readonly CampaignSummary[]): Promise<void> {
    const { clock, moved } = this.#parts;
    const waited = summaries.filter(({ id }) => this.#awaited(id));
    const planned = [...this.#waiting].flatMap(({ at }) => at ?? []);
    const next = nextInstant(clock.now(), planned, waited);
    if (next !== null) clock.moveTo(next);
    await moved(clock.now());
  }

  #stuck(seen: string): DemoError {
    return new DemoError(
      `the story of the demo does not go on:\n${seen}`,
      'start over with: npm start -- --demo --fresh',
    );
  }
}
