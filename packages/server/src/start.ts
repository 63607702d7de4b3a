import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Demo } from '@patchsteward/contract';
import { admitLocal, admitPeople } from './platform/access/admission.ts';
import { createCookies } from './platform/access/cookies.ts';
import { offerFirstRun } from './platform/access/first-run.ts';
import { accessRoutes } from './platform/access/routes.ts';
import { startCluster } from './platform/cluster/cluster.ts';
import type { DatabaseAddress } from './platform/connections.ts';
import { type DataDirectory, openDataDirectory } from './platform/data-directory.ts';
import { type Database, openDatabase } from './platform/database.ts';
import { databaseFailureOf } from './platform/database-failure.ts';
import { type HouseTime, MACHINE_TIME } from './platform/house-time.ts';
import type { Handlers } from './platform/http/bind.ts';
import { healthRoutes } from './platform/http/health.ts';
import { closeApp, listen } from './platform/http/listen.ts';
import {
  type ConsoleRouteId,
  createConsoleApp,
  createLocalApp,
  type ListenerOptions,
} from './platform/http/listeners.ts';
import { listenLocally } from './platform/http/local-socket.ts';
import { createMetrics } from './platform/http/metrics.ts';
import { openLive } from './platform/live/live.ts';
import { createLog, type Log } from './platform/log.ts';
import { migrate } from './platform/migrate.ts';
import { readMigrations } from './platform/migrations.ts';
import { type LoadedPolicy, readPolicy } from './platform/policy-file.ts';
import { readSettings, type SettingSources } from './platform/settings.ts';
import type { Settings } from './platform/settings-schema.ts';
import { Closers } from './platform/shutdown.ts';
import { StartRefusal } from './platform/start-refusal.ts';
import { openRooms } from './rooms.ts';

const CONSOLE_DIRECTORY = fileURLToPath(new URL('../../console/dist/', import.meta.url));
const MANIFEST = new URL('../package.json', import.meta.url);

export interface StartOptions extends SettingSources {
  /** Log lines for a person at a terminal. */
  readonly human: boolean;
  /** The built console, where it is not in its usual place. */
  readonly consoleDirectory?: string;
  /** Another clock than the machine's: a demo tells the story of days in a minute. */
  readonly time?: HouseTime;
  /** Everything in this house is invented; asked at each answer, for its people come with the story. */
  readonly demo?: () => Demo;
}

export interface RunningServer {
  readonly settings: Settings;
  readonly consoleUrl: string;
  /** Makes the first account; undefined once there is one. */
  readonly firstRunUrl: string | undefined;
  readonly apiSocket: string;
  /** Whether nothing is left that is due by now: whoever moves the clock of a story waits for that. */
  readonly isAtRest: () => Promise<boolean>;
  readonly close: () => Promise<void>;
}

/** From nothing to a server that answers; what was opened is closed again where a later step fails. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const settings = await readSettings(options);
  const policy = await readPolicy(settings.policy);
  const log = createLog({ level: settings.logLevel, human: options.human });
  const closers = new Closers();
  try {
    const data = await openDataDirectory(settings.data);
    closers.add('the lock of the data directory', data.release);
    const database = await openHouseDatabase(settings, log, closers);
    const { consoleDirectory = CONSOLE_DIRECTORY, time = MACHINE_TIME, demo } = options;
    return await openListeners({ settings, policy, log, closers, data, database, consoleDirectory, time, demo });
  } catch (error) {
    await closers.close(log);
    throw databaseFailureOf(error) === 'database-gone' ? goneWhileStarting(error) : error;
  }
}

function goneWhileStarting(cause: unknown): StartRefusal {
  return new StartRefusal(
    'database-unreachable',
    'the database went away while the server was starting',
    'Start the server again once the database answers; its own log says why it ended.',
    { cause },
  );
}

async function openHouseDatabase(settings: Settings, log: Log, closers: Closers): Promise<Database> {
  const address = await databaseAddress(settings, log, closers);
  await migrate(address, log);
  const database = openDatabase(address, log);
  closers.add('the database', database.close);
  return database;
}

async function databaseAddress(settings: Settings, log: Log, closers: Closers): Promise<DatabaseAddress> {
  if (settings.databaseUrl !== undefined) return { url: settings.databaseUrl };
  const cluster = await startCluster({ dataDirectory: settings.data, log, binaries: settings.postgresBinaries });
  closers.add('PostgreSQL', cluster.stop);
  return cluster.address;
}

interface Foundation {
  readonly settings: Settings;
  readonly policy: LoadedPolicy;
  readonly log: Log;
  readonly closers: Closers;
  readonly data: DataDirectory;
  readonly database: Database;
  readonly consoleDirectory: string;
  readonly time: HouseTime;
  readonly demo: (() => Demo) | undefined;
}

async function openListeners(foundation: Foundation): Promise<RunningServer> {
  const { settings, policy, log, closers, data, database, time, demo } = foundation;
  const { db } = database;
  const { now: clock, lookMs } = time;
  const version = await readVersion();
  const cookies = createCookies(settings.consoleUrl?.startsWith('https:') === true);
  const metrics = createMetrics(database.pool);
  const listener = { log, clock, metrics, admit: admitPeople(database.keptPlans, cookies, clock) };

  const live = openLive(database.address, log);
  closers.add('the hearing of changes', live.close);
  const access = { cookies, serverVersion: version, demo };
  const rooms = await openRooms({
    ...{ database, settings, policy, log, metrics, clock, lookMs, access, closers },
    keysDirectory: data.keys,
  });

  const migrations = (await readMigrations()).map(({ name }) => name);
  const handlers: Handlers<ConsoleRouteId> = {
    ...healthRoutes({ db, migrations }),
    ...accessRoutes({ db, ...access }),
    ...live.routes,
    ...rooms.handlers,
  };
  // Before anybody may ask: from its first answer on the server needs nothing more to be up.
  const secret = await offerFirstRun(db, clock());
  await openLocalSocket({ ...listener, admit: admitLocal }, handlers, data.apiSocket, closers);
  const consoleUrl = await openConsole(listener, handlers, foundation, version);
  closers.add('the streams of events', live.endStreams);

  const firstRunUrl = secret === undefined ? undefined : `${consoleUrl}/first-run#${secret}`;
  log.info({ version, console: consoleUrl, data: data.path }, 'the server is ready');
  const { isAtRest } = rooms;
  return { settings, consoleUrl, firstRunUrl, apiSocket: data.apiSocket, isAtRest, close: () => closers.close(log) };
}

async function openLocalSocket(
  listener: ListenerOptions,
  handlers: Handlers<ConsoleRouteId>,
  path: string,
  closers: Closers,
): Promise<void> {
  const app = createLocalApp({ ...listener, handlers });
  closers.add('the local socket', () => closeApp(app));
  if (await listenLocally(app, path)) return;
  listener.log.warn({ path }, 'the path is too long for a socket: the command line signs in over the network instead');
}

async function openConsole(
  listener: ListenerOptions,
  handlers: Handlers<ConsoleRouteId>,
  { settings, closers, consoleDirectory }: Foundation,
  version: string,
): Promise<string> {
  const { console: address, consoleUrl, names, trustedProxies } = settings;
  const hosts = consoleUrl === undefined ? names : [...names, new URL(consoleUrl).hostname];
  const app = await createConsoleApp({
    ...listener,
    handlers,
    hosts,
    trustedProxies,
    directory: consoleDirectory,
    version,
  });
  closers.add('the listener of the console', () => closeApp(app));
  const port = await listen(app, address, 'console');
  return consoleUrl?.replace(/\/$/, '') ?? `http://${urlHost(address.host)}:${port}`;
}

/** An address for every interface is no address to type. */
function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

async function readVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(MANIFEST, 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version);
  throw new TypeError(`${MANIFEST.href} has no version`);
}
