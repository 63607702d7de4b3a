import type { BackupProof, Campaign } from '@patchsteward/contract';
import { CommandFailed } from '../command.ts';
import { offer, Patch } from '../faults/patch.ts';
import { PROBER } from '../people.ts';
import { PRODUCTION, RING } from '../story/story.ts';
import { secondsOf } from '../transcript.ts';
import type { World } from '../world.ts';
import type { Budget, Killer } from './killer.ts';
import { prove, type Tally } from './proof.ts';

const ROOM = 'kills';
const AUTHENTIC_MS_MAX = 90_000;
const PLANNED_MS_MAX = 60_000;
const STARTED_MS_MAX = 60_000;
/** While they are at it, and for whatever they broke to be taken up: more than this is a fault of ours. */
const KILLED_MS_MAX = 600_000;
/** What is promised of the time after the last kill. */
const HEALED_MS_MAX = 300_000;
const COMPLETED_MS_MAX = 120_000;
const TESTED = ['tested', 'backed-up', 'planned'];
const STARTED = ['approved', 'scheduled', 'deploying'];
const DEPLOYED = ['monitoring', 'audited'];

/** Most kills are for the production hosts, which are three to one. */
const TEST_SHARE = 1 / 3;

/** One update of every host, with the killer at work whenever hosts are. */
export async function round<K extends string>(
  world: World,
  version: string,
  killer: Killer<K>,
  ofEachMax: number,
): Promise<Tally> {
  const before = await world.versions();
  const patch = await prepare(world, version);
  await world.transcript.step(ROOM, `the test ring gets acme-web ${version}, under fire`, async () => {
    await patch.signTest();
    const most = killer.allowance(ofEachMax, TEST_SHARE);
    await underFire(world, patch, killer, { hosts: RING, most, until: TESTED });
  });
  await approve(world, patch);
  await world.transcript.step(ROOM, `production gets acme-web ${version}, under fire`, async () => {
    const most = killer.allowance(ofEachMax, 1);
    await underFire(world, patch, killer, { hosts: PRODUCTION, most, until: DEPLOYED });
  });
  const tally = await prove(world, { campaign: patch.campaign, version, before });
  await complete(world, patch);
  return tally;
}

function prepare(world: World, version: string): Promise<Patch> {
  return world.transcript.step(ROOM, `acme-web ${version} is offered and adopted`, async () => {
    await offer(world, version);
    const patch = await Patch.open(world, version);
    await world.until(patch.campaign, ['authentic'], AUTHENTIC_MS_MAX);
    return patch;
  });
}

interface Fire<K extends string> {
  readonly hosts: readonly string[];
  readonly most: Budget<K>;
  /** Where the campaign is once the hosts are through. */
  readonly until: readonly string[];
}

/** The killer is at work until the hosts are through: within five minutes of the last kill. */
async function underFire<K extends string>(
  world: World,
  { campaign }: Patch,
  killer: Killer<K>,
  { hosts, most, until }: Fire<K>,
): Promise<void> {
  const begun = Date.now();
  world.campaign = campaign;
  await killer.during(hosts, most, () =>
    world.eventually(`the campaign is ${until.join(' or ')}`, KILLED_MS_MAX, async () => {
      const shown = await lookOf(world, campaign);
      if (shown?.ended) throw new Error(`the campaign ended as ${shown.state}: ${shown.explanation.sentence}`);
      return shown !== null && until.includes(shown.state) ? shown : null;
    }),
  );
  const last = killer.deaths.at(-1);
  const healingMs = Date.now() - (last === undefined ? begun : Math.max(begun, Date.parse(last.at)));
  world.transcript.holds('it healed within five minutes of the last kill', healingMs <= HEALED_MS_MAX, healingMs);
  world.transcript.see(`healed ${secondsOf(healingMs)} after the last kill`);
}

/** Null while the server is away. */
async function lookOf(world: World, campaign: string): Promise<Campaign | null> {
  try {
    return await world.as('ana').looks<Campaign>(['campaign', 'show', campaign]);
  } catch (error) {
    if (error instanceof CommandFailed) return null;
    throw error;
  }
}

function approve(world: World, { campaign }: Patch): Promise<void> {
  return world.transcript.step(ROOM, 'backups are proved, the change is agreed and approved', async () => {
    for (const host of PRODUCTION) await backUp(world, host);
    await world.until(campaign, ['planned'], PLANNED_MS_MAX);
    await world.as('ivy').signs(['campaign', 'request', campaign, '--why', 'a weakness of acme-web']);
    await world.as('otto').signs(['agree-window', campaign]);
    await world.as('cara').signs(['approve', campaign]);
    await world.as('sam').signs(['approve', campaign]);
    await world.until(campaign, STARTED, STARTED_MS_MAX);
  });
}

async function backUp(world: World, host: string): Promise<void> {
  const { vault } = world;
  await vault.save(world.lab.host(host), world.rootOf(host));
  const place = ['--repository', vault.repository, '--password-file', vault.passwordFile, '--label', 'vault'];
  const prober = [
    '--prober',
    PROBER,
    '--key',
    world.credentials(PROBER).keyFile ?? '',
    '--state',
    world.secret('prober'),
  ];
  const of = ['--host', host, '--asset', world.assetOf(host)];
  await world.prober().asks<BackupProof>(['backup', 'probe', ...place, ...of, ...prober, '--send']);
}

function complete(world: World, { campaign }: Patch): Promise<void> {
  return world.transcript.step(ROOM, 'the hosts are scanned again, and two people sign the audit', async () => {
    await world.until(campaign, ['audited'], COMPLETED_MS_MAX);
    await world.as('ian').signs(['audit', campaign]);
    await world.as('sam').signs(['audit', campaign]);
    await world.until(campaign, ['completed'], COMPLETED_MS_MAX);
  });
}
