import type { Story } from './story.ts';

const ROOM = '2-evaluation';
const EVALUATED_MS_MAX = 60_000;

/** The risk of the change itself is assessed and signed. // SOP P2.1 */
export function evaluate(story: Story): Promise<void> {
  const { world, campaign } = story;
  return story.step(ROOM, 'the risk of the change is assessed under a signature', async () => {
    const { sentence } = await world.as('ana').asks<{ sentence: string }>(['campaign', 'explain', campaign]);
    world.transcript.see(sentence);
    const risk = ['--impact', 'low', '--way-back', 'prepared', '--restart', 'redis-server.service'];
    const note = ['--exposure', 'reached from inside only', '--note', 'the cache fills again within a minute'];
    await world.as('ian').signs(['assess-risk', campaign, ...risk, ...note]);
    await world.until(campaign, ['evaluated', 'authentic'], EVALUATED_MS_MAX);
  });
}
