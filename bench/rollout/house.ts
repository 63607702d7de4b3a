import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@patchsteward/contract/client';
import { HOUR_MS } from '@patchsteward/core/vocabulary';
import type { Host } from '../../demo/hosts/host.ts';
import { Archive } from '../../demo/house/archive.ts';
import { advisoryFile } from '../../demo/house/feeds.ts';
import { foundFleet, foundGroups } from '../../demo/house/fleet.ts';
import { foundStaff, newPassword, type Staff } from '../../demo/house/founding.ts';
import { openKey } from '../../demo/house/keys.ts';
import { openNoticeBoard } from '../../demo/house/notices.ts';
import { Place } from '../../demo/house/place.ts';
import { Prober } from '../../demo/house/prober.ts';
import { StoryClock } from '../../demo/house/story-clock.ts';
import { PROBER } from '../../demo/story/people.ts';
import { freePort } from '../../packages/server/src/platform/testing/free-port.ts';
import { type RunningServer, startServer } from '../../packages/server/src/start.ts';
import { fleetOf, updateOfFleet } from './fleet.ts';

/** Long enough for waits that people and the policy impose: nothing of it is waited for on the clock of the machine. */
const STORY_MS = 30 * HOUR_MS;

export interface RolloutHouse {
  readonly server: RunningServer;
  readonly staff: Staff;
  readonly hosts: readonly Host[];
  readonly prober: Prober;
  readonly clock: StoryClock;
  readonly agentsPort: number;
  readonly close: () => Promise<void>;
}

/** A house in which a vendor has just published a fix, and every host has enrolled, reported and been described. */
export async function openRolloutHouse(count: number, said: (line: string) => void): Promise<RolloutHouse> {
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'patchsteward-bench-'));
    closers.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    // PostgreSQL never runs as root: its account passes through.
    await chmod(folder, 0o711);
    const place = new Place(join(folder, 'data'));
    const end = Date.now();
    const clock = new StoryClock(end - STORY_MS);
    const archive = new Archive(place);
    const certificate = await archive.found(clock.now());
    closers.push(() => archive.close());
    const agentsPort = await freePort();
    const server = await startServer({
      ...{ human: false, time: clock, environment: {}, isRoot: process.getuid?.() === 0 },
      ...{ home: place.data, workingDirectory: folder, consoleDirectory: await emptyConsole(folder) },
      flags: {
        ...{ data: place.data, console: '127.0.0.1:0', agents: `127.0.0.1:${agentsPort}` },
        ...{ logLevel: 'error', feedsFetch: 'off', webhookSecret: newPassword() },
      },
    });
    closers.push(server.close);
    said(`the server answers at ${server.consoleUrl}`);
    const staff = await foundStaff(place, server.consoleUrl, server.firstRunUrl ?? '', clock.now());
    const { ada, ivy, sam } = staff.clients;
    await foundGroups(ivy, end);
    const notices = await openNoticeBoard();
    closers.push(notices.close);
    await ivy('stakeholder.add', { body: { channel: 'webhook', group: '*', address: notices.url } });
    const update = updateOfFleet();
    await archive.publish([update], new Set(), clock.now());
    await ada('origin.add', {
      body: { url: archive.url, suite: 'stable', components: ['main'], architectures: ['amd64'], keys: certificate },
    }).then(({ id }) => ada('origin.refresh', { params: { id } }));
    await sam('feed.import', { params: { feed: 'debian-osv' }, body: Buffer.from(advisoryFile([update], end)) });
    // What a host knows lies in memory: its disk is not what is measured.
    const keep = () => Promise.resolve();
    const house = { agentsPort, origin: archive.origin, clock: clock.now, end, known: staff.known, keep };
    const hosts = await foundFleet(fleetOf(count), house, staff.clients, (done) => {
      if (done % SAID_EACH === 0 || done === count) said(`${done} of ${count} hosts enrolled`);
    });
    closers.push(() => {
      for (const host of hosts) host.disconnect();
    });
    const client = createClient({ base: server.consoleUrl, fetch });
    const prober = new Prober(client, await openKey(place, PROBER), clock.now);
    return { server, staff, hosts, prober, clock, agentsPort, close };
  } catch (error) {
    await close();
    throw error;
  }
}

const SAID_EACH = 500;

async function emptyConsole(folder: string): Promise<string> {
  const page = join(folder, 'console');
  await mkdir(page);
  await writeFile(join(page, 'index.html'), '<!doctype html><title>no console in a bench</title>');
  return page;
}
