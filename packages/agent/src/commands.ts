import { randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { RunnerFacts } from '@patchsteward/contract';
import type { Instant, InventorySections } from '@patchsteward/core/vocabulary';
import type { Envelope } from '@patchsteward/trust/dsse';
import { lifeOf } from './agentd/certificate.ts';
import { enrollHost } from './agentd/enroll.ts';
import { readEnrollmentFacts } from './agentd/enrollment-facts.ts';
import { parseToken } from './agentd/enrollment-token.ts';
import { fetchRoots } from './agentd/fetch-roots.ts';
import { JobMemory } from './agentd/held-job.ts';
import { JobAgent, leafOf } from './agentd/job-agent.ts';
import { lockState, StateLockedError } from './agentd/lock.ts';
import { ReportQueue } from './agentd/report-queue.ts';
import { hostSeal } from './agentd/report-seal.ts';
import { Resident } from './agentd/resident.ts';
import { type RunEnd, type RunOptions, runLoop } from './agentd/run.ts';
import { RunnerClient } from './agentd/runner-client.ts';
import { formatAddress, parseAddress } from './agentd/server-address.ts';
import { Spool } from './agentd/spool.ts';
import { type Contact, type Identity, StateDirectory } from './agentd/state.ts';
import { readBoot } from './host/boot.ts';
import { boottimeMs } from './host/boottime.ts';
import { type Host, THIS_HOST } from './host/host.ts';
import { asOwnerOf } from './owner.ts';
import { readInventory } from './package-managers/index.ts';
import { type PinOptions, pinHost } from './pin.ts';
import { RUNNER_SOCKET } from './places.ts';
import { explained } from './platform/explained.ts';
import { Problem } from './platform/problem.ts';
import { FileShelf } from './platform/shelf.ts';
import { type Surroundings, thisProcess } from './platform/surroundings.ts';

/** What every command of the agent may be told; the defaults are this machine and this process. */
export interface AgentOptions {
  readonly stateDirectory?: string | undefined;
  readonly host?: Host | undefined;
  readonly surroundings?: Surroundings | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Where root's part of the agent listens. */
  readonly runnerSocket?: string | undefined;
}

export interface EnrollOptions extends AgentOptions {
  /** `host:port` */
  readonly server: string;
  readonly token: string;
  /** Pins whom root's part of the agent believes; without it this host only reports. Needs root. */
  readonly pin?: PinOptions | undefined;
}

/** Makes this host known to a server, and pins what it may let people do to it. */
export function enroll(options: EnrollOptions): Promise<{ readonly assetId: string; readonly stateDirectory: string }> {
  return explained(async () => {
    if (options.pin !== undefined) assertRoot();
    const { pin } = options;
    const enrolled = await asOwnerOf(options.stateDirectory ?? defaultStateDirectory(), () => enrollOnce(options));
    if (pin !== undefined) await pinHost(pin, enrolled.assetId, enrolled.roots);
    return { assetId: enrolled.assetId, stateDirectory: enrolled.stateDirectory };
  });
}

interface Enrolled {
  readonly assetId: string;
  readonly stateDirectory: string;
  readonly roots: readonly Envelope[];
}

function enrollOnce(options: EnrollOptions): Promise<Enrolled> {
  return withState(options, async (state) => {
    const known = options.pin === undefined ? null : await state.loadIdentity();
    const address = parseAddress(options.server);
    if (address === null) throw new Problem('server-wrong', `"${options.server}" is no address`, 'give host:port');
    const token = parseToken(options.token);
    if (token === null) {
      throw new Problem('token-wrong', 'this is not a whole enrollment token', 'copy all of it: ps1.<secret>.<digits>');
    }
    const facts = await readEnrollmentFacts(options.host ?? THIS_HOST);
    const surroundings = options.surroundings ?? thisProcess();
    // To pin anew, be it after the trust root was lost, a host need not become another one.
    const identity =
      known ?? (await enrollHost({ address, token, facts, state, signal: options.signal }, surroundings));
    const roots = options.pin === undefined ? [] : await fetchRoots(identity, state, options.signal);
    return { assetId: identity.assetId, stateDirectory: state.path, roots };
  });
}

/** Checks in, once or until told to stop. */
export function run(options: AgentOptions & RunOptions): Promise<RunEnd> {
  return explained(() =>
    withState(options, async (state) => {
      const identity = await state.loadIdentity();
      const keyPem = await state.loadKey();
      if (identity === null || keyPem === null) throw new NotEnrolledError(state.path);
      const surroundings = options.surroundings ?? thisProcess();
      const host = options.host ?? THIS_HOST;
      const jobs = await openJobs(options, host, { identity, keyPem, state, surroundings });
      const work = { host, state, jobs, surroundings, signal: options.signal };
      surroundings.log('info', 'agent-started', { assetId: identity.assetId, server: formatAddress(identity.server) });
      const end = await runLoop(new Resident(identity, keyPem, work), options, surroundings);
      surroundings.log('info', 'agent-ended', { end });
      return end;
    }),
  );
}

/** What this machine's inventory says, without any server. */
export function inventory(options: Pick<AgentOptions, 'host'> = {}): Promise<InventorySections> {
  return readInventory(options.host ?? THIS_HOST);
}

export interface AgentStatus {
  readonly stateDirectory: string;
  readonly running: boolean;
  /** Null: this host is not enrolled. */
  readonly enrolled: {
    readonly assetId: string;
    readonly server: string;
    readonly certificateValidUntil: Instant;
  } | null;
  readonly lastContact: Contact | null;
  /** Null: nothing on this host may change it, or whoever asks may not ask root's part. */
  readonly runner: RunnerStatus | null;
}

interface RunnerStatus {
  /** 0: nobody is believed. */
  readonly rootVersion: number;
  /** What the owner of the host pinned; null where the file cannot be used. */
  readonly guard: Pick<RunnerFacts, 'environment' | 'criticality' | 'allow' | 'packagesDenied'> | null;
  readonly problem: string | null;
  /** The work order that is under way. */
  readonly job: string | null;
}

/** Who this host is to its server, and how the last check-in went. Root may ask on behalf of the agent's own user. */
export function status(options: AgentOptions): Promise<AgentStatus> {
  const stateDirectory = options.stateDirectory ?? defaultStateDirectory();
  return explained(() => asOwnerOf(stateDirectory, () => readStatus(stateDirectory, options)));
}

async function readStatus(stateDirectory: string, options: AgentOptions): Promise<AgentStatus> {
  const state = await StateDirectory.find(stateDirectory);
  const runner = await runnerStatus(options);
  if (state === null) return { stateDirectory, running: false, enrolled: null, lastContact: null, runner };
  const identity = await state.loadIdentity();
  return {
    stateDirectory,
    running: await isLocked(state),
    enrolled: identity === null ? null : enrolledAs(identity),
    lastContact: await state.loadContact(),
    runner,
  };
}

async function runnerStatus(options: AgentOptions): Promise<RunnerStatus | null> {
  const answer = await new RunnerClient(options.runnerSocket ?? RUNNER_SOCKET).ask({ kind: 'hello' });
  if (answer?.kind !== 'hello') return null;
  const { facts, why, job } = answer;
  if (facts === null) return { rootVersion: 0, guard: null, problem: why, job };
  const { environment, criticality, allow, packagesDenied, rootVersion } = facts;
  return { rootVersion, guard: { environment, criticality, allow, packagesDenied }, problem: null, job };
}

async function openJobs(
  options: AgentOptions,
  host: Host,
  who: { identity: Identity; keyPem: string; state: StateDirectory; surroundings: Surroundings },
): Promise<JobAgent> {
  const { identity, keyPem, state, surroundings } = who;
  const bootId = (await readBoot(host)).bootId ?? 'unknown';
  const shelf = new FileShelf(state.path);
  const speaker = { assetId: identity.assetId, bootId, seal: hostSeal(keyPem), newInstance: randomUUID };
  return new JobAgent({
    memory: await JobMemory.open(shelf),
    reports: await ReportQueue.open(shelf, speaker, surroundings.log),
    runner: new RunnerClient(options.runnerSocket ?? RUNNER_SOCKET),
    spool: new Spool(state.spoolDirectory),
    boottimeMs: () => boottimeMs(host),
    readLeaf: leafOf,
    bootId,
    surroundings,
  });
}

/** Forgets the server and this host's key. The server keeps the asset until somebody removes it there. */
export function leave(options: AgentOptions): Promise<{ readonly stateDirectory: string }> {
  return explained(() =>
    asOwnerOf(options.stateDirectory ?? defaultStateDirectory(), () =>
      withState(options, async (state) => {
        await state.forget();
        return { stateDirectory: state.path };
      }),
    ),
  );
}

class NotEnrolledError extends Problem {
  constructor(path: string) {
    super(
      'not-enrolled',
      `this host is not enrolled (nothing in ${path})`,
      'create a token on the server and run "patchsteward agent enroll --server HOST:PORT --token TOKEN"',
    );
  }
}

function enrolledAs({ assetId, server, certificatePem }: Identity): AgentStatus['enrolled'] {
  return { assetId, server: formatAddress(server), certificateValidUntil: lifeOf(certificatePem).validUntil };
}

function assertRoot(): void {
  if (process.getuid?.() === 0) return;
  throw new Problem(
    'not-root',
    'to pin a trust root takes root on this host',
    'run it as root, or leave out --root-sha256',
  );
}

/** One agent at a time works with a state directory. */
async function withState<T>(options: AgentOptions, work: (state: StateDirectory) => Promise<T>): Promise<T> {
  const state = await StateDirectory.open(options.stateDirectory ?? defaultStateDirectory());
  const lock = await lockState(state.path);
  try {
    return await work(state);
  } finally {
    await lock.release();
  }
}

async function isLocked(state: StateDirectory): Promise<boolean> {
  try {
    const lock = await lockState(state.path);
    await lock.release();
    return false;
  } catch (error) {
    if (error instanceof StateLockedError) return true;
    throw error;
  }
}

function defaultStateDirectory(): string {
  if (process.getuid?.() === 0) return '/var/lib/patchsteward-agent';
  const data = process.env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share');
  return join(data, 'patchsteward-agent');
}
