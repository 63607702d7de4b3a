import type { PackageChange } from '@patchsteward/core/plan';
import { expect, test } from 'vitest';
import { change } from '../../../trust/src/testing/plans.ts';
import { THIS_HOST } from '../host/host.ts';
import type { ActingManager, PackageState } from '../package-managers/acting.ts';
import { actingManagerFor } from '../package-managers/acting-managers.ts';
import { beganAt, judgeInstalled, versionsNow } from './evidence.ts';
import type { Exit } from './units.ts';

const DONE: Exit = { kind: 'exited', code: 0 };
const KILLED: Exit = { kind: 'signaled', signal: 9 };
const UP: PackageChange = change({ name: 'bash', architecture: 'x86_64', from: '5-1', to: '5-2' });
const KERNEL_BACK: PackageChange = change({ name: 'kernel', architecture: 'x86_64', from: '6-2', to: '6-1' });

function state(name: string, version: string, more: Partial<PackageState> = {}): PackageState {
  return { name, architecture: 'x86_64', version, whole: true, hold: false, coexists: false, ...more };
}
const kernel = (version: string) => state('kernel', version, { coexists: true });

/** A manager that has these packages, and finds nothing or something wrong with their files. */
function manager(ecosystem: 'deb' | 'rpm', packages: readonly PackageState[], files: string | null): ActingManager {
  const real = actingManagerFor(ecosystem);
  return { ...real, installed: () => Promise.resolve(packages), auditFiles: () => Promise.resolve(files) };
}

interface Case {
  readonly ecosystem?: 'deb' | 'rpm';
  readonly changes?: readonly PackageChange[];
  readonly packages: readonly PackageState[];
  readonly exit?: Exit;
  readonly files?: string;
}

test.each<[string, Case, string | null]>([
  ['the signed version', { packages: [state('bash', '5-2')] }, null],
  ['the former version', { packages: [state('bash', '5-1')] }, 'exit-0 other-version'],
  ['none of it', { packages: [] }, 'exit-0 absent'],
  ['a half of it', { packages: [state('bash', '5-2', { whole: false })] }, 'exit-0 not-configured'],
  ['files that are not its own', { packages: [state('bash', '5-2')], files: 'S.5' }, 'audit-not-clean'],
  [
    'both versions of what can only be there once',
    { ecosystem: 'rpm', packages: [state('bash', '5-1', { whole: false }), state('bash', '5-2')] },
    'exit-0 not-configured',
  ],
  [
    'all versions, where rpm was killed before its last script',
    { ecosystem: 'rpm', packages: [state('bash', '5-2')], exit: KILLED },
    'SIGKILL unfinished',
  ],
  [
    'all versions, where nobody saw how rpm ended',
    { ecosystem: 'rpm', packages: [state('bash', '5-2')], exit: { kind: 'unknown' } },
    'exit-unknown unfinished',
  ],
  ['the same of dpkg, which knows half states', { packages: [state('bash', '5-2')], exit: KILLED }, null],
  [
    'a kernel beside the former one',
    {
      ecosystem: 'rpm',
      changes: [{ ...KERNEL_BACK, from: '6-1', to: '6-2' }],
      packages: [kernel('6-1'), kernel('6-2')],
    },
    null,
  ],
  [
    'a kernel that should have gone on the way back',
    { ecosystem: 'rpm', changes: [KERNEL_BACK], packages: [kernel('6-1'), kernel('6-2')] },
    'exit-0 other-version',
  ],
  ['a kernel that went', { ecosystem: 'rpm', changes: [KERNEL_BACK], packages: [kernel('6-1')] }, null],
])('%s: %s', async (_, { ecosystem = 'deb', changes = [UP], packages, exit = DONE, files = null }, cause) => {
  const installation = { manager: manager(ecosystem, packages, files), host: THIS_HOST };

  const judged = await judgeInstalled(changes, exit, 'installing', installation);

  expect(judged?.cause ?? null).toBe(cause);
});

test('of versions that stand beside each other the newest is told, by the order of versions', async () => {
  const packages = [kernel('6-10'), kernel('6-9')];
  const installation = { manager: manager('rpm', packages, null), host: THIS_HOST };

  expect(await versionsNow([KERNEL_BACK, UP], installation)).toEqual([
    { name: 'kernel', architecture: 'x86_64', version: '6-10' },
    { name: 'bash', architecture: 'x86_64', version: null },
  ]);
});

test.each([
  ['the clock went on', { at: 100_000, monotonicMs: 7_000, bootId: 'a' }, 95_000],
  ['the clock was set ahead', { at: 86_500_000, monotonicMs: 7_000, bootId: 'a' }, 95_000],
  ['the clock was set back', { at: 50_000, monotonicMs: 7_000, bootId: 'a' }, 45_000],
  ['the clock was set back, and the host rebooted', { at: 50_000, monotonicMs: 30, bootId: 'b' }, 50_000],
])('no work ends before it began: %s', (_, ended, began) => {
  expect(beganAt({ at: 95_000, monotonicMs: 2_000, bootId: 'a' }, ended)).toBe(began);
});
