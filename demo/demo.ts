import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Demo as DemoBody } from '@patchsteward/contract';
import { createClient } from '@patchsteward/contract/client';
import { HOUR_MS, type Instant } from '@patchsteward/core/vocabulary';
import { decodeRoot, encodeRoot, type KnownRoot, rootHash } from '@patchsteward/trust/root';
import { type RunningServer, startServer } from '../packages/server/src/start.ts';
import { DemoError } from './demo-error.ts';
import { Host, type HostHouse, type HostState } from './hosts/host.ts';
import { Live } from './hosts/live.ts';
import { Archive } from './house/archive.ts';
import { foundFleet, foundGroups } from './house/fleet.ts';
import { foundStaff, newPassword } from './house/founding.ts';
import { openKey } from './house/keys.ts';
import { openNoticeBoard } from './house/notices.ts';
import type { Mark, Place } from './house/place.ts';
import { Prober } from './house/prober.ts';
import { StoryClock } from './house/story-clock.ts';
import { fleetOf } from './story/fleet.ts';
import { PROBER } from './story/people.ts';
import { tellStory } from './story/tell.ts';

/** How long before its end the story begins. */
const STORY_MS = 144 * HOUR_MS;
const LISTENING = { console: '127.0.0.1:8420', agents: '127.0.0.1:8421' };

interface DemoOptions {
  readonly place: Place;
  /** Settings of the server, as its flags name them. */
  readonly flags: Readonly<Record<string, string | undefined>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of the fleet: a smaller demo is sooner there. */
  readonly share?: number;
  readonly consoleDirectory?: string;
  readonly said: (line: string) => void;
  /** Aborted by whoever does not want to hear the story to its end. */
  readonly signal?: AbortSignal;
  /** Another clock than the machine's: the story ends where it stands. */
  readonly machine?: () => Instant;
}

export interface RunningDemo {
  readonly server: RunningServer;
  readonly people: Mark['people'];
  readonly hosts: readonly Host[];
  readonly live: Live;
  readonly close: () => Promise<void>;
}

/** The server with a house full of invented people and hosts: told from the start, or taken up where it was left. */
export async function openDemo(options: DemoOptions): Promise<RunningDemo> {
  const { place } = options;
  await place.refuseStranger();
  const mark = await place.mark();
  if (mark?.state === 'told') return takenUp(options, mark);
  // Half a story cannot be gone on with: what its people were about to do is known to nobody.
  if (mark !== null) await place.remove();
  return told(options);
}

/** What was opened, to be closed in the opposite order, also where a later step fails. */
class Closers {
  readonly #all: (() => Promise<void> | void)[] = [];

  add(close: () => Promise<void> | void): void {
    this.#all.unshift(close);
  }

  close = async (): Promise<void> => {
    for (const close of this.#all.splice(0)) await close();
  };
}

async function told(options: DemoOptions): Promise<RunningDemo> {
  const { place, said, machine = Date.now } = options;
  const end = machine();
  const clock = new StoryClock(end - STORY_MS, machine);
  const closers = new Closers();
  try {
    const archive = new Archive(place);
    const certificate = await archive.found(clock.now());
    closers.add(() => archive.close());
    const notices = await openNoticeBoard();
    closers.add(notices.close);
    const ports = { archivePort: archive.port, noticesPort: notices.port };
    let mark: Mark = { kind: 'patchsteward-demo', state: 'begun', ...ports, people: [] };
    await place.keepMark(mark);
    said('starting the server and its database');
    const server = await startHouse(options, clock, () => ({ people: mark.people }));
    closers.add(server.close);
    said(`the console answers already: ${server.consoleUrl} (sign in once the story is told)`);
    const staff = await foundStaff(place, server.consoleUrl, server.firstRunUrl ?? '', clock.now());
    const { clients } = staff;
    await foundGroups(clients.ivy, end);
    await clients.ivy('stakeholder.add', { body: { channel: 'webhook', group: '*', address: notices.url } });
    await archive.publish([], new Set(), clock.now());
    const { id: origin } = await clients.ada('origin.add', {
      body: { url: archive.url, suite: 'stable', components: ['main'], architectures: ['amd64'], keys: certificate },
    });
    const house = houseOf(options, { server, origin: archive.origin, clock: clock.now, end, known: staff.known });
    const facts = fleetOf(options.share);
    const hosts = await foundFleet(facts, house, clients, (done) => {
      if (done % 50 === 0 || done === facts.length) said(`${done} of ${facts.length} hosts enrolled`);
    });
    closers.add(() => {
      for (const host of hosts) host.disconnect();
    });
    const signer = await openKey(place, PROBER);
    const prober = new Prober(createClient({ base: server.consoleUrl, fetch }), signer, clock.now);
    const stopped = () => options.signal?.aborted === true;
    await tellStory({ staff, hosts, archive, origin, prober, clock, end, said, stopped, isAtRest: server.isAtRest });
    await archive.keep();
    clock.arrive();
    mark = { ...mark, state: 'told', people: staff.people };
    await place.keep('house.json', {
      end,
      proved: prober.names,
      root: Buffer.from(encodeRoot(staff.known.root)).toString('base64'),
    });
    const live = new Live({ hosts, prober, said });
    await live.everybody();
    await place.keepMark(mark);
    live.start();
    closers.add(live.stop);
    return { server, people: mark.people, hosts, live, close: closers.close };
  } catch (error) {
    await closers.close();
    throw error;
  }
}

/** Keys, hosts and what they have done lie in the data directory; from here on everybody has the machine's time. */
async function takenUp(options: DemoOptions, mark: Mark): Promise<RunningDemo> {
  const { place, said } = options;
  const closers = new Closers();
  try {
    const kept = JSON.parse(await readFile(place.path('house.json'), 'utf8')) as {
      readonly end: Instant;
      readonly proved: readonly string[];
      readonly root: string;
    };
    const archive = new Archive(place);
    await archive.reopen(mark.archivePort);
    closers.add(() => archive.close());
    const notices = await openNoticeBoard(mark.noticesPort);
    closers.add(notices.close);
    const { machine = Date.now } = options;
    const clock = new StoryClock(machine(), machine);
    const server = await startHouse(options, clock, () => ({ people: mark.people }));
    closers.add(server.close);
    const known = knownRoot(Buffer.from(kept.root, 'base64'));
    const house = houseOf(options, { server, origin: archive.origin, clock: clock.now, end: kept.end, known });
    const hosts: Host[] = [];
    for (const facts of fleetOf(options.share)) {
      const path = place.path('hosts', `${facts.name}.json`);
      // Written by this program alone, whole or not at all.
      hosts.push(new Host(facts, house, JSON.parse(await readFile(path, 'utf8')) as HostState));
    }
    closers.add(() => {
      for (const host of hosts) host.disconnect();
    });
    const signer = await openKey(place, PROBER);
    const prober = new Prober(createClient({ base: server.consoleUrl, fetch }), signer, clock.now);
    const live = new Live({ hosts, prober, said });
    await live.everybody();
    await prober.watch(hosts.filter((host) => kept.proved.includes(host.facts.name)));
    live.start();
    closers.add(live.stop);
    return { server, people: mark.people, hosts, live, close: closers.close };
  } catch (error) {
    await closers.close();
    throw error;
  }
}

function knownRoot(payload: Uint8Array): KnownRoot {
  const root = decodeRoot(payload);
  if (!root.ok)
    throw new DemoError('the trust root of the demo cannot be read', 'start over: npm start -- --demo --fresh');
  return { root: root.value, hash: rootHash(payload) };
}

function startHouse(
  { place, flags, environment, consoleDirectory }: DemoOptions,
  time: StoryClock,
  demo: () => DemoBody,
) {
  return startServer({
    ...{ human: true, time, demo, environment, isRoot: process.getuid?.() === 0 },
    ...{ home: place.data, workingDirectory: process.cwd() },
    ...(consoleDirectory === undefined ? {} : { consoleDirectory }),
    // Nothing of the world comes in here: every fact is of the demo's own making.
    flags: {
      ...LISTENING,
      logLevel: 'error',
      ...flags,
      data: place.data,
      feedsFetch: 'off',
      webhookSecret: newPassword(),
    },
  });
}

function houseOf(
  { place }: DemoOptions,
  given: Omit<HostHouse, 'keep' | 'agentsPort'> & { readonly server: RunningServer },
): HostHouse {
  const { server, ...rest } = given;
  return {
    ...rest,
    agentsPort: server.settings.agents.port,
    keep: (name, state) => place.keep(join('hosts', `${name}.json`), state),
  };
}
