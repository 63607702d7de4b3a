import type { Hash } from '@patchsteward/core/vocabulary';
import type { Guard } from '@patchsteward/trust/authorize';
import type { Envelope } from '@patchsteward/trust/dsse';
import { GUARD_PATH, RUNNER_STATE_DIRECTORY } from './places.ts';
import { Problem } from './platform/problem.ts';
import { saveGuard } from './runner/guard-file.ts';
import { RunnerState } from './runner/state.ts';
import { RootStore } from './runner/trust-root.ts';

/** What an administrator decides at the host, out of reach of the server. // decided 24, 27 */
export interface PinOptions {
  readonly rootSha256: Hash;
  readonly guard: Guard;
  readonly runnerStateDirectory?: string | undefined;
  readonly guardPath?: string | undefined;
}

/** Pins whom this host believes, and the most that they may do to it. */
export async function pinHost(
  { rootSha256, guard, runnerStateDirectory, guardPath }: PinOptions,
  assetId: string,
  roots: readonly Envelope[],
): Promise<void> {
  const state = await RunnerState.open(runnerStateDirectory ?? RUNNER_STATE_DIRECTORY);
  await state.pin({ assetId, rootSha256 });
  const refused = await (await RootStore.load(state)).extend(roots);
  if (refused !== null) {
    throw new Problem(
      'trust-root-refused',
      `the server's trust roots do not fit the pin: ${refused}`,
      'compare --root-sha256 with what "patchsteward trust show" says on the administrator\'s side, and run this again',
    );
  }
  await saveGuard(guardPath ?? GUARD_PATH, guard);
}
