import type { CampaignEventPage, OriginBody } from '@patchsteward/contract';
import { CRITICAL, RING, type Story } from './story.ts';

const ROOM = '3-testing';
const AUTHENTIC_MS_MAX = 120_000;
const TESTED_MS_MAX = 180_000;
const PLANNED_MS_MAX = 60_000;

export async function test(story: Story): Promise<void> {
  await verifyAuthenticity(story);
  await testRing(story);
}

function verifyAuthenticity(story: Story): Promise<void> {
  const { world, campaign } = story;
  const { transcript } = world;
  return story.step(ROOM, 'every file is traced to a signature of Debian: InRelease, Packages, file', async () => {
    await world.until(campaign, ['authentic'], AUTHENTIC_MS_MAX);
    const verified = await eventOf(story, 'auth.verified');
    transcript.holds('files were verified', Number(verified?.['files']) > 0, verified);
    transcript.see(
      `${String(verified?.['files'])} files are genuine; the report of it is ${String(verified?.['report'])}`,
    );
    const { items } = await world.as('ana').asks<{ items: readonly OriginBody[] }>(['origin', 'list']);
    const security = items.find(({ suite }) => suite === 'bookworm-security')?.index;
    transcript.equal('the index is of Debian', security?.publisher, 'Debian');
    transcript.holds('a pinned key has signed it', (security?.signedBy.length ?? 0) > 0, security?.signedBy);
    transcript.see(`InRelease of ${security?.date ?? '?'}, signed by ${security?.signedBy.join(' and ') ?? 'nobody'}`);
    for (const { path, hash } of security?.packageIndexes ?? []) transcript.see(`${path}: ${hash}`);
  });
}

function testRing(story: Story): Promise<void> {
  const { world, campaign } = story;
  const { transcript } = world;
  return story.step(
    ROOM,
    'the test ring is patched by a signed plan, and judged',
    async () => {
      await world.eventually('a plan of the test ring', PLANNED_MS_MAX, async () => {
        const { plans } = await world
          .as('ana')
          .looks<{ plans: { test: string | null } }>(['campaign', 'show', campaign]);
        return plans.test;
      });
      await world.as('ian').signs(['sign-test', campaign]);
      await world.until(campaign, ['tested', 'backed-up', 'planned'], TESTED_MS_MAX);
      const verdict = await eventOf(story, 'test.verdict');
      transcript.equal('the verdict of the ring', verdict?.['result'], 'pass');
      await story.arePatched(RING);
      for (const host of CRITICAL) {
        const versions = await world.lab.host(host).dpkgVersions();
        const [name = ''] = story.chosen.packages;
        transcript.equal(`${host} is untouched`, versions[name], story.chosen.from);
      }
    },
    RING,
  );
}

/** The newest event of a kind. */
async function eventOf(story: Story, kind: string): Promise<Record<string, unknown> | undefined> {
  const { items } = await story.world.as('ana').asks<CampaignEventPage>(['campaign', 'events', story.campaign]);
  return items.findLast((event) => event.kind === kind)?.body;
}
