import { fold, type Recorded } from '@patchsteward/core/campaign';
import { foldJob, type JobRecorded } from '@patchsteward/core/job';
import type { World } from '../world/world.ts';

/** Every state is the fold of its events, and every event has its entry in the record. // rollout S12 */
export function checkStories(world: World): void {
  const { campaigns, jobs, events, leaves } = world.database.tables;
  let told = 0;
  for (const story of events.values()) told += story.length;
  if (leaves < told) world.promises.fail('S12', `${leaves} entries of the record for ${told} events`);
  for (const [id, { state, version }] of campaigns) {
    const story = (events.get(id) ?? []) as Recorded[]; // This stream has the events of a campaign.
    if (story.length !== version) world.promises.fail('S12', `${story.length} events of ${version}`);
    if (JSON.stringify(fold(story)) !== JSON.stringify(state)) world.promises.fail('S12', `${id} is not its story`);
  }
  for (const { key, state, version } of jobs.values()) {
    const story = (events.get(`job:${key}`) ?? []) as JobRecorded[]; // This one has those of a job.
    if (story.length !== version) world.promises.fail('S12', `${story.length} events of ${version} of ${key}`);
    if (JSON.stringify(foldJob(story)) !== JSON.stringify(state)) world.promises.fail('S12', `${key} is not its story`);
  }
}
