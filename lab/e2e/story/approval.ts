import type { Campaign, CampaignEventPage } from '@patchsteward/contract';
import { PRODUCTION, type Story } from './story.ts';

const ROOM = '5-approval';
const SCHEDULED_MS_MAX = 60_000;
const TOLD_MS_MAX = 30_000;
const FAILED = 1;

export async function approve(story: Story): Promise<void> {
  await request(story);
  await agreeAndApprove(story);
  await tell(story);
}

function request(story: Story): Promise<void> {
  const { world, campaign } = story;
  const { transcript } = world;
  return story.step(ROOM, 'the change is requested, and whoever asked may not approve', async () => {
    const why = ['--why', 'redis can be made to run code by whoever may log in'];
    await world.as('ivy').signs(['campaign', 'request', campaign, ...why]);
    const own = ['approve', campaign, '--key', world.credentials('ivy').keyFile ?? '', '--yes', '--json'];
    const refused = await world.as('ivy').does(own, { exit: FAILED });
    transcript.see(`refused: ${refused.stderr.trim()}`);
    transcript.holds('the refusal says why', /requester|asked/i.test(refused.stderr), refused.stderr);
    const { items } = await world.as('ana').asks<CampaignEventPage>(['campaign', 'events', campaign]);
    transcript.equal('no vote was counted', items.filter(({ kind }) => kind === 'approval.signed').length, 0);
  });
}

function agreeAndApprove(story: Story): Promise<void> {
  const { world, campaign } = story;
  const { transcript } = world;
  const title = 'the owner agrees to the times, Change Management and Security approve';
  // The first wave may open while this is looked at.
  return story.step(
    ROOM,
    title,
    async () => {
      await world.as('otto').signs(['agree-window', campaign]);
      await world.as('cara').signs(['approve', campaign]);
      const half = await world.as('ana').looks<Campaign>(['campaign', 'show', campaign]);
      transcript.equal('one of two is not enough', half.state, 'planned');
      await world.as('sam').signs(['approve', campaign]);
      await world.until(campaign, ['approved', 'scheduled', 'deploying'], SCHEDULED_MS_MAX);
    },
    PRODUCTION,
  );
}

function tell(story: Story): Promise<void> {
  const { world, campaign } = story;
  const { transcript } = world;
  return story.step(
    ROOM,
    'owner and service desk are told before the first wave',
    async () => {
      const mails = await world.eventually('mails', TOLD_MS_MAX, async () => {
        const all = await world.mail.all();
        const told = new Set(all.flatMap(({ to }) => to));
        return told.has('otto@patchsteward.test') && told.has('desk@patchsteward.test') ? all : null;
      });
      transcript.see(`${mails.length} mails to ${[...new Set(mails.flatMap(({ to }) => to))].sort().join(', ')}`);
      for (const host of PRODUCTION) {
        transcript.holds(
          `${host} is named in a mail`,
          mails.some(({ text }) => text.includes(host)),
          mails.length,
        );
      }
      await world.as('ana').asks(['campaign', 'notices', campaign]);
    },
    PRODUCTION,
  );
}
