import type { CampaignSummary } from '@patchsteward/contract';
import type { Client } from '@patchsteward/contract/client';
import { HOUR_MS, type Instant } from '@patchsteward/core/vocabulary';
import type { Host } from '../hosts/host.ts';
import type { Archive } from '../house/archive.ts';
import { advisoryFile, exploitedFile, scoresFile } from '../house/feeds.ts';
import type { Staff } from '../house/founding.ts';
import type { Prober } from '../house/prober.ts';
import type { StoryClock } from '../house/story-clock.ts';
import { inTurns } from '../house/turns.ts';
import { CAMPAIGNS } from './campaigns.ts';
import { Teller } from './teller.ts';
import { BATCHES_HOURS_AGO, releasedAt, UPDATES } from './updates.ts';
import { Walk } from './walk.ts';

const HANDS = 6;
const CAMPAIGNS_MAX = 100;
/** The vendor's update of this package has other bytes than its signed index says. */
const SPOILED = new Set(['exim4']);
/** Hosts that fell silent were last heard of before this. */
const SILENT_MS = 31 * HOUR_MS;

interface StoryParts {
  readonly staff: Staff;
  readonly hosts: readonly Host[];
  readonly archive: Archive;
  readonly origin: string;
  readonly prober: Prober;
  readonly clock: StoryClock;
  readonly end: Instant;
  readonly said: (line: string) => void;
  readonly stopped: () => boolean;
  /** Whether the server has nothing left to do. */
  readonly isAtRest: () => Promise<boolean>;
}

/** Six days in a minute: what the vendor publishes, what people do about it, what hosts say. */
export async function tellStory(parts: StoryParts): Promise<void> {
  const { staff, hosts, prober, clock, end, said, stopped, isAtRest } = parts;
  const holds = new Map<string, readonly Host[]>();
  const teller = new Teller({
    clock,
    stopped,
    isAtRest,
    campaigns: () => allCampaigns(staff.clients.ivy),
    hosts: async (campaign) => {
      const called = awaitedHosts(campaign, holds.get(campaign.id) ?? []);
      const acted = await inTurns(called, HANDS, (host) => host.round());
      return acted.includes(true);
    },
    moved: () => prober.keepUp(),
  });
  const walks = CAMPAIGNS.map((story) => {
    const update = UPDATES.find(({ source }) => source === story.source);
    if (update === undefined) throw new TypeError(`the story has no update of ${story.source}`);
    const own = hosts.filter(({ facts }) => facts.team.role === update.role);
    const hold = (campaign: string, held: readonly Host[]) => void holds.set(campaign, held);
    const walk = new Walk({ staff, teller, prober, clock: clock.now, end, hold, said }, story, update, own);
    return () => walk.tell();
  });
  const batches = BATCHES_HOURS_AGO.map((hoursAgo) => async () => {
    await teller.at(end - hoursAgo * HOUR_MS);
    await publish(parts);
    said(`the vendor publishes (${hoursAgo} hours ago)`);
  });
  await teller.tell([...batches, ...walks]);
}

/** Whose word a campaign in this state waits for; the others need not be asked all the time. */
function awaitedHosts({ state }: CampaignSummary, held: readonly Host[]): readonly Host[] {
  if (state === 'authentic') return held.filter(({ facts }) => facts.ring);
  return RESTING.has(state) ? [] : held;
}

/** People have the word, or nobody. */
const RESTING = new Set(['identified', 'quarantined', 'tested', 'planned', 'approved', 'audited', 'completed']);

async function allCampaigns(client: Client): Promise<readonly CampaignSummary[]> {
  return (await client('campaign.list', { query: { limit: CAMPAIGNS_MAX } })).items;
}

/** A new index, new advisories; hosts see what is offered, and the server counts what it means. */
async function publish({ archive, staff, hosts, origin, clock, end }: StoryParts): Promise<void> {
  const now = clock.now();
  const out = UPDATES.filter((update) => releasedAt(update, end) <= now);
  await archive.publish(out, SPOILED, now);
  await staff.clients.ada('origin.refresh', { params: { id: origin } });
  const files = {
    'debian-osv': advisoryFile(out, end),
    kev: exploitedFile(out, now),
    epss: scoresFile(out, now),
  } as const;
  for (const feed of ['debian-osv', 'kev', 'epss'] as const) {
    await staff.clients.sam('feed.import', { params: { feed }, body: Buffer.from(files[feed]) });
  }
  const concerned = new Set(out.map(({ role }) => role));
  await inTurns(
    hosts.filter(({ facts }) => concerned.has(facts.team.role) && !(facts.silent && now > end - SILENT_MS)),
    HANDS,
    (host) => host.round({ works: false }),
  );
}
