import { join } from 'node:path';
import type { CampaignEventBody, CampaignEventPage, JobBody, JobPage } from '@patchsteward/contract';
import type { RecordVerdict } from '@patchsteward/trust/record';
import { type FleetVersions, movesBetween } from '../packages-seen.ts';
import { CRITICAL } from '../story/story.ts';
import type { World } from '../world.ts';
import { downTogether } from './down-together.ts';
import { heardOf, saidBy } from './reports.ts';
import { brokenStreams } from './streams.ts';

const ROOM = 'kills';
const PACKAGE = 'acme-web';
const NOTHING = 3;

interface Wanted {
  readonly campaign: string;
  readonly version: string;
  readonly before: FleetVersions;
}

/** What was counted on the way; every check held. */
export interface Tally {
  readonly workOrders: number;
  readonly events: number;
  /** How often the server had not heard of a host for too long, and so took it for down. */
  readonly silences: number;
}

/** By the hosts' own package databases, and by the record that leaves the server. */
export function prove(world: World, wanted: Wanted): Promise<Tally> {
  return world.transcript.step(ROOM, 'every host is as signed, and nothing is lost or doubled', async () => {
    await proveHosts(world, wanted);
    const tally = await proveEvents(world, wanted.campaign);
    await proveRecord(world, wanted.version);
    return tally;
  });
}

async function proveHosts(world: World, { version, before }: Wanted): Promise<void> {
  const { transcript, lab } = world;
  const moves = movesBetween(before, await world.versions());
  const signed = lab.hosts.map(({ name: host }) => ({
    ...{ host, name: PACKAGE, from: before[host]?.[PACKAGE] ?? null, to: version },
  }));
  const byHost = (a: { host: string }, b: { host: string }): number => (a.host < b.host ? -1 : 1);
  transcript.equal(
    `dpkg-query: every host has ${PACKAGE} ${version}, and nothing else changed`,
    moves,
    signed.sort(byHost),
  );
  for (const host of lab.hosts) {
    const { exitCode, stdout } = await host.exec(['dpkg', '--audit']);
    transcript.equal(`${host.name}: dpkg --audit finds nothing`, [exitCode, stdout], [0, '']);
  }
}

async function proveEvents(world: World, campaign: string): Promise<Tally> {
  const { transcript } = world;
  const { items } = await world.as('ana').looks<CampaignEventPage>(['campaign', 'events', campaign, '--all']);
  transcript.equal('no stream has a gap or an event twice', brokenStreams(items), []);
  transcript.equal('each event has one entry of the record of its own', new Set(leavesOf(items)).size, items.length);
  const jobs = await world.as('ana').looks<JobPage>(['campaign', 'jobs', campaign, '--all'], { exit: [0, NOTHING] });
  const states = jobs.items.map(({ asset, state }) => `${asset}: ${state}`);
  transcript.equal(
    'every host has carried out one work order',
    states.sort(),
    world.lab.hosts.map(({ name }) => `${name}: succeeded`).sort(),
  );
  await proveReports(world, items, jobs.items);
  const group = new Map(
    jobs.items
      .filter(({ assetId }) => CRITICAL.some((name) => world.assetOf(name) === assetId))
      .map(({ job, asset }) => [job, asset]),
  );
  transcript.equal('of a redundancy group one host at a time was allowed to be down', downTogether(items, group), []);
  const silences = items.filter(({ kind }) => kind === 'job.silent').length;
  transcript.see(`hosts were silent for too long ${silences} times`);
  transcript.see(`${items.length} events in ${new Set(items.map(({ stream }) => stream)).size} streams`);
  return { workOrders: jobs.items.length, events: items.length, silences };
}

/** What the disk of a host says that it said, and what the server says that it heard. */
async function proveReports(
  world: World,
  events: readonly CampaignEventBody[],
  jobs: readonly JobBody[],
): Promise<void> {
  for (const host of world.lab.hosts) {
    const ofHost = new Set(jobs.filter(({ assetId }) => assetId === world.assetOf(host.name)).map(({ job }) => job));
    const said = await saidBy(host, ofHost);
    world.transcript.holds(`${host.name} has reported`, said.length > 0, said);
    world.transcript.equal(`${host.name}: each report has arrived, once`, heardOf(events, ofHost), said);
  }
}

function leavesOf(events: readonly CampaignEventBody[]): string[] {
  return events.map(({ leaf }) => leaf);
}

async function proveRecord(world: World, version: string): Promise<void> {
  const file = join(world.output, `record-${version}.jsonl`);
  const { key } = await world.as('ana').looks<{ key: string }>(['record', 'show']);
  await world.as('ana').does(['record', 'export', '--output', file]);
  const whole = await world.as('ana').asks<RecordVerdict>(['record', 'verify', file, '--key', key]);
  world.transcript.equal('the exported record is whole', whole.faultCount, 0);
  world.transcript.see(`${whole.entries} entries, ${whole.checkpoints} checkpoints, ${whole.rows} rows`);
}
