import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Instant, InventorySections } from '@patchsteward/core/vocabulary';
import { lifeOf } from './agentd/certificate.ts';
import { enrollHost } from './agentd/enroll.ts';
import { readEnrollmentFacts } from './agentd/enrollment-facts.ts';
import { parseToken } from './agentd/enrollment-token.ts';
import { lockState, StateLockedError } from './agentd/lock.ts';
import { Resident } from './agentd/resident.ts';
import { type RunEnd, type RunOptions, runLoop } from './agentd/run.ts';
import { formatAddress, parseAddress } from './agentd/server-address.ts';
import { type Contact, type Identity, StateDirectory } from './agentd/state.ts';
import { type Host, THIS_HOST } from './host/host.ts';
import { readInventory } from './package-managers/index.ts';
import { explained } from './platform/explained.ts';
import { Problem } from './platform/problem.ts';
import { type Surroundings, thisProcess } from './platform/surroundings.ts';

/** What every command of the agent may be told; the defaults are this machine and this process. */
export interface AgentOptions {
  readonly stateDirectory?: string | undefined;
  readonly host?: Host | undefined;
  readonly surroundings?: Surroundings | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface EnrollOptions extends AgentOptions {
  /** `host:port` */
  readonly server: string;
  readonly token: string;
}

/** Makes this host known to a server. */
export function enroll(options: EnrollOptions): Promise<{ readonly assetId: string; readonly stateDirectory: string }> {
  return explained(() =>
    withState(options, async (state) => {
      const address = parseAddress(options.server);
      if (address === null) throw new Problem('server-wrong', `"${options.server}" is no address`, 'give host:port');
      const token = parseToken(options.token);
      if (token === null) {
        throw new Problem(
          'token-wrong',
          'this is not a whole enrollment token',
          'copy all of it: ps1.<secret>.<digits>',
        );
      }
      const facts = await readEnrollmentFacts(options.host ?? THIS_HOST);
      const surroundings = options.surroundings ?? thisProcess();
      const identity = await enrollHost({ address, token, facts, state, signal: options.signal }, surroundings);
      return { assetId: identity.assetId, stateDirectory: state.path };
    }),
  );
}

/** Checks in, once or until told to stop. */
export function run(options: AgentOptions & RunOptions): Promise<RunEnd> {
  return explained(() =>
    withState(options, async (state) => {
      const identity = await state.loadIdentity();
      const keyPem = await state.loadKey();
      if (identity === null || keyPem === null) throw new NotEnrolledError(state.path);
      const surroundings = options.surroundings ?? thisProcess();
      const work = { host: options.host ?? THIS_HOST, state, surroundings, signal: options.signal };
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
}

/** Who this host is to its server, and how the last check-in went. */
export function status(options: AgentOptions): Promise<AgentStatus> {
  return explained(async () => {
    const stateDirectory = options.stateDirectory ?? defaultStateDirectory();
    const state = await StateDirectory.find(stateDirectory);
    if (state === null) return { stateDirectory, running: false, enrolled: null, lastContact: null };
    const identity = await state.loadIdentity();
    return {
      stateDirectory,
      running: await isLocked(state),
      enrolled: identity === null ? null : enrolledAs(identity),
      lastContact: await state.loadContact(),
    };
  });
}

/** Forgets the server and this host's key. The server keeps the asset until somebody removes it there. */
export function leave(options: AgentOptions): Promise<{ readonly stateDirectory: string }> {
  return explained(() =>
    withState(options, async (state) => {
      await state.forget();
      return { stateDirectory: state.path };
    }),
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
