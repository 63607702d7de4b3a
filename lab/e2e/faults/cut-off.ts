import { setTimeout as sleep } from 'node:timers/promises';
import { CRITICAL } from '../story/story.ts';
import type { Patch } from './patch.ts';

const STARTED_MS_MAX = 120_000;
const SILENT_MS_MAX = 60_000;
const REPORTED_MS_MAX = 90_000;
/** Many polls of a host: whoever is not held back would have started. */
const WATCHED_MS = 6_000;
const AT_WORK = ['installing', 'verifying', 'health'];

/** A host that nobody can ask is down for all that anybody knows, so its fellow stays up until it has spoken. // rollout §2.8 S4 */
export async function cutOff(patch: Patch): Promise<void> {
  const { world } = patch;
  const first = await firstAtWork(patch);
  const fellow = CRITICAL.find((name) => name !== first) ?? '';
  await world.lab.host(first).cutCable();
  world.transcript.see(`the cable of ${first} is cut while it works`);
  await patch.job(first, 'is unknown', SILENT_MS_MAX, ({ unknownSince }) => unknownSince !== null);
  await patch.explains('host-silent');
  await sleep(WATCHED_MS);
  const versions = await world.lab.host(fellow).dpkgVersions();
  world.transcript.equal(`${fellow} waits with what it has`, versions['acme-web'], '1.0');
  const waiting = (await patch.jobs()).find(({ assetId }) => assetId === world.assetOf(fellow));
  world.transcript.holds(
    `${fellow} was allowed nothing`,
    ['queued', 'offered', 'armed'].includes(waiting?.state ?? ''),
    waiting,
  );
  await world.lab.host(first).plugCable();
  world.transcript.see(`the cable of ${first} is plugged in again`);
  await patch.job(first, 'reports', REPORTED_MS_MAX, ({ state }) => state === 'succeeded');
}

async function firstAtWork(patch: Patch): Promise<string> {
  const { world } = patch;
  const job = await world.eventually('a critical host starts', STARTED_MS_MAX, async () => {
    const jobs = await patch.jobs();
    return jobs.find(({ planKind, state }) => planKind === 'production' && AT_WORK.includes(state)) ?? null;
  });
  const name = CRITICAL.find((host) => world.assetOf(host) === job.assetId);
  world.transcript.holds('a critical host is the first', name !== undefined, job);
  return name ?? '';
}
