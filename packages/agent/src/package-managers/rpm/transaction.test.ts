import type { PackageChange } from '@patchsteward/core/plan';
import type { Hash } from '@patchsteward/core/vocabulary';
import { expect, test } from 'vitest';
import { installedRpm } from './testing/samples.ts';
import { filesOf, installCommands, repairCommands, simulatedOf } from './transaction.ts';

const PLACES = { packagesDirectory: '/kept', configurationDirectory: '/own' };
const OWN_DNF = ['--config', '/own/dnf.conf', '--assumeyes', 'install'];

function change(name: string, from: string | null, to: string | null): PackageChange {
  // The form of a hash, made of the name.
  const sha256 = to === null ? null : (`sha256:${name}-${to}` as Hash);
  return { name, architecture: 'x86_64', from, to, sha256, sizeBytes: 1, origin: null };
}

const FORWARD = filesOf(
  [change('bash', '5.1-1', '5.1-2'), change('libnew', null, '1-1'), change('kernel-core', '5.14-1', '5.14-2')],
  PLACES,
);
const BACK = filesOf(
  [change('bash', '5.1-2', '5.1-1'), change('libnew', '1-1', null), change('kernel-core', '5.14-2', '5.14-1')],
  PLACES,
);

test('the first try is one call of dnf with the kept files alone', () => {
  expect(installCommands(FORWARD)).toEqual([
    { tool: 'dnf', argv: [...OWN_DNF, '/kept/bash-5.1-2.rpm', '/kept/libnew-1-1.rpm', '/kept/kernel-core-5.14-2.rpm'] },
  ]);
});

test('on the way back a kernel is removed, for the former one was never gone', () => {
  const all = ['libnew-1-1.x86_64', 'kernel-core-5.14-2.x86_64'];

  expect(installCommands(BACK)).toEqual([
    { tool: 'dnf', argv: [...OWN_DNF, '/kept/bash-5.1-1.rpm'] },
    { tool: 'rpm', argv: ['--erase', ...all], mayFail: true },
    ...all.map((one) => ({ tool: 'rpm', argv: ['--erase', one], mayFail: true })),
  ]);
});

test('a way back that only removes does not ask dnf to install nothing', () => {
  const back = filesOf([change('kernel-core', '5.14-2', '5.14-1')], PLACES);

  expect(installCommands(back)).toEqual([
    { tool: 'rpm', argv: ['--erase', 'kernel-core-5.14-2.x86_64'], mayFail: true },
  ]);
});

test('a repair never lets rpm replace a kernel, and installs everything once more', () => {
  const beside = ['--install', '--replacepkgs', '--nodeps', '/kept/libnew-1-1.rpm', '/kept/kernel-core-5.14-2.rpm'];
  const upgrade = (...how: string[]) => ['--upgrade', ...how, '/kept/bash-5.1-2.rpm'];

  expect(repairCommands(FORWARD, false)).toEqual([
    { tool: 'rpm', argv: beside },
    { tool: 'rpm', argv: upgrade('--oldpackage', '--replacepkgs') },
  ]);
  expect(repairCommands(FORWARD, true)[1]).toEqual({ tool: 'rpm', argv: upgrade('--force', '--nodeps') });
});

test('what dnf announces starts from the newest version that is there, kernels as well', () => {
  const installed = [
    installedRpm('kernel-core', '5.14-0'),
    installedRpm('kernel-core', '5.14-1'),
    installedRpm('bash', '5.1-1'),
    installedRpm('old', '1-1'),
  ];
  const announced = (name: string, version: string, comes: boolean) => ({
    ...{ name, architecture: 'x86_64', version, repository: null, comes },
  });

  expect(
    simulatedOf(
      [announced('kernel-core', '5.14-2', true), announced('libnew', '1-1', true), announced('old', '1-1', false)],
      installed,
    ),
  ).toEqual([
    { name: 'kernel-core', architecture: 'x86_64', from: '5.14-1', to: '5.14-2' },
    { name: 'libnew', architecture: 'x86_64', from: null, to: '1-1' },
    { name: 'old', architecture: 'x86_64', from: '1-1', to: null },
  ]);
});
