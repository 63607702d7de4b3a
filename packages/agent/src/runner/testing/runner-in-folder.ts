import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Guard } from '@patchsteward/trust/authorize';
import type { Envelope } from '@patchsteward/trust/dsse';
import { THIS_HOST } from '../../host/host.ts';
import { pinHost } from '../../pin.ts';
import { Runner } from '../runner.ts';
import { openDoor, type RunnerDoor } from '../server.ts';
import { RunnerState } from '../state.ts';
import type { RunnerTools } from '../tools.ts';
import { ASSET, ROOT_CHAIN, ROOT_SHA256 } from './offers.ts';

/** A runner behind its socket, whose hands are tied: whatever it would start on this machine fails the test. */
export interface TiedRunner {
  readonly folder: string;
  readonly stateDirectory: string;
  readonly guardPath: string;
  readonly socketPath: string;
  /** What it tried to do to this machine. */
  readonly touched: string[];
  /** Moves its wall clock. */
  setClock(ms: number): void;
  /** Ends it, and begins anew with what is on the disk. */
  restart(): Promise<void>;
  remove(): Promise<void>;
}

export interface Pinned {
  readonly guard: Guard;
  readonly assetId?: string;
  readonly roots?: readonly Envelope[];
}

export async function makeTiedRunner({ guard, assetId = ASSET, roots = ROOT_CHAIN }: Pinned): Promise<TiedRunner> {
  const folder = await mkdtemp(join(tmpdir(), 'patchsteward-runner-'));
  const stateDirectory = join(folder, 'state');
  const guardPath = join(folder, 'guard.json');
  const socketPath = join(folder, 'runner.sock');
  const touched: string[] = [];
  await pinHost({ rootSha256: ROOT_SHA256, guard, runnerStateDirectory: stateDirectory, guardPath }, assetId, roots);
  let clockMs: number | null = null;
  const open = async (): Promise<RunnerDoor> => {
    const tools = tiedTools(touched, () => clockMs ?? Date.now());
    const runner = await Runner.open(await RunnerState.open(stateDirectory), guardPath, tools);
    return openDoor({ kind: 'path', path: socketPath }, (request) => runner.handle(request), tools.log);
  };
  let door = await open();
  return {
    folder,
    stateDirectory,
    guardPath,
    socketPath,
    touched,
    setClock: (ms) => {
      clockMs = ms;
    },
    restart: async () => {
      await door.close();
      door = await open();
    },
    remove: async () => {
      await door.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function tiedTools(touched: string[], now: () => number): RunnerTools {
  const touch = (what: string) => (): never => {
    touched.push(what);
    throw new Error(`${what} was touched`);
  };
  return {
    host: THIS_HOST,
    units: { start: touch('start'), inspect: touch('inspect'), forget: touch('forget') },
    systemd: false,
    self: ['/bin/false'],
    bootId: 'boot-1',
    now,
    boottimeMs: () => 1_000_000,
    monotonicMs: () => 1_000_000,
    wait: () => Promise.resolve(),
    log: () => undefined,
    lockWaitMs: 0,
    needsReboot: touch('reboot'),
    reboot: touch('reboot'),
  };
}
