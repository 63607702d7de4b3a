import { readBoot } from '../host/boot.ts';
import { boottimeMs } from '../host/boottime.ts';
import { THIS_HOST } from '../host/host.ts';
import { readSystem } from '../host/system.ts';
import { managerOf } from '../package-managers/index.ts';
import { GUARD_PATH, RUNNER_STATE_DIRECTORY } from '../places.ts';
import { runCommand } from '../platform/command.ts';
import { Problem } from '../platform/problem.ts';
import { type Surroundings, thisProcess } from '../platform/surroundings.ts';
import { PlainUnits } from './plain-units.ts';
import type { SelfCommand } from './run-probe.ts';
import { Runner } from './runner.ts';
import { type Doorway, openDoor } from './server.ts';
import { hasSystemd } from './service-state.ts';
import { RunnerState } from './state.ts';
import { systemdUnits } from './systemd-units.ts';
import type { RunnerTools } from './tools.ts';

/** // sd_listen_fds(3): the first passed descriptor */
const PASSED_FD = 3;
/** Started on demand: without work or company it goes again. */
const IDLE_MS_MAX = 60_000;
const IDLE_LOOK_MS = 1_000;
const LOCK_WAIT_MS = 60_000;
const REBOOT_LIMITS = { timeoutMs: 60_000, outputBytesMax: 1024 * 1024 };
const NANOSECONDS_PER_MS = 1_000_000n;

export interface RunnerOptions {
  readonly stateDirectory?: string | undefined;
  readonly guardPath?: string | undefined;
  /** Listens there; without it on what systemd passes. */
  readonly socketPath?: string | undefined;
  readonly lockWaitMs?: number | undefined;
  readonly self: SelfCommand;
  readonly signal?: AbortSignal | undefined;
  readonly surroundings?: Surroundings | undefined;
}

/** Serves agentd until told to stop; on demand of systemd, until there is nothing to do for a while. */
export async function serveRunner(options: RunnerOptions): Promise<void> {
  if (process.getuid?.() !== 0) {
    throw new Problem(
      'not-root',
      'the runner installs packages and must be root',
      'let systemd start it: systemctl enable --now patchsteward-runner.socket',
    );
  }
  const { log } = options.surroundings ?? thisProcess();
  const doorway = doorwayOf(options.socketPath);
  const state = await RunnerState.open(options.stateDirectory ?? RUNNER_STATE_DIRECTORY);
  const runner = await Runner.open(state, options.guardPath ?? GUARD_PATH, await toolsOf(options));
  const door = await openDoor(doorway, (request) => runner.handle(request), log);
  log('info', 'runner-started', { state: state.path });
  await untilDone(doorway, () => runner.busy || !door.empty(), options);
  await door.close();
  log('info', 'runner-ended');
}

async function untilDone(doorway: Doorway, isWanted: () => boolean, options: RunnerOptions): Promise<void> {
  const { wait } = options.surroundings ?? thisProcess();
  for (let idleMs = 0; doorway.kind === 'path' || idleMs < IDLE_MS_MAX; ) {
    if (options.signal?.aborted === true) return;
    idleMs = isWanted() ? 0 : idleMs + IDLE_LOOK_MS;
    await wait(IDLE_LOOK_MS, undefined);
  }
}

function doorwayOf(socketPath: string | undefined): Doorway {
  if (socketPath !== undefined) return { kind: 'path', path: socketPath };
  if (process.env['LISTEN_PID'] === String(process.pid) && process.env['LISTEN_FDS'] === '1') {
    return { kind: 'passed', fd: PASSED_FD };
  }
  throw new Problem(
    'no-socket',
    'systemd passed no socket',
    'start patchsteward-runner.socket, or name a path with --socket',
  );
}

async function toolsOf(options: RunnerOptions): Promise<RunnerTools> {
  const surroundings = options.surroundings ?? thisProcess();
  const host = THIS_HOST;
  const systemd = await hasSystemd(host);
  const { bootId } = await readBoot(host);
  return {
    host,
    systemd,
    bootId,
    units: systemd ? systemdUnits : new PlainUnits(host),
    self: options.self,
    now: surroundings.now,
    boottimeMs: () => boottimeMs(host),
    monotonicMs: () => Number(process.hrtime.bigint() / NANOSECONDS_PER_MS),
    // Work under way is never given up because we are told to stop: the next runner takes it up.
    wait: (ms) => surroundings.wait(ms, undefined),
    log: surroundings.log,
    lockWaitMs: options.lockWaitMs ?? LOCK_WAIT_MS,
    needsReboot: async () => {
      const manager = await managerOf(host);
      return (await readSystem(host, manager, await manager.installed(host), null)).rebootNeeded;
    },
    reboot: async () => {
      await runCommand('systemctl', ['reboot'], REBOOT_LIMITS);
    },
  };
}
