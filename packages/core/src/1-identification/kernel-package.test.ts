import { describe, expect, test } from 'vitest';
import type { SystemState } from '../vocabulary/index.ts';
import { isKernelImage, isKernelSource, runningKernelOf, runsAsKernel } from './kernel-package.ts';

describe('sources', () => {
  test.each([
    ...['linux', 'linux-6.12', 'linux-aws', 'linux-aws-6.5', 'linux-hwe-6.8', 'linux-intel-iotg-5.15'],
    ...['kernel', 'kernel-core', 'kernel-headers', 'kernel-rt-core', 'perf', 'linux-lts'],
  ])('%s is a kernel', (source) => {
    expect(isKernelSource(source)).toBe(true);
  });

  test.each([...['linux-base', 'linux-firmware', 'linux-atm', 'linux-meta', 'linuxptp', 'kernelshark', 'util-linux']])(
    '%s is none',
    (source) => {
      expect(isKernelSource(source)).toBe(false);
    },
  );
});

describe('packages', () => {
  test.each([
    ...[
      'linux-image-6.1.0-40-amd64',
      'linux-image-unsigned-6.8.0-48-generic',
      'kernel-core',
      'kernel-rt-core',
      'linux-lts',
    ],
  ])('%s can be booted', (name) => {
    expect(isKernelImage(name)).toBe(true);
  });

  test.each([
    ...['linux-image-amd64', 'linux-image-6.1.0-40-amd64-dbg', 'linux-image-6.1.0-40-amd64-dbgsym', 'linux-libc-dev'],
    ...[
      'linux-headers-6.1.0-40-amd64',
      'kernel-headers',
      'kernel-devel',
      'kernel-tools',
      'linux-doc',
      'linux-cpupower',
    ],
  ])('%s cannot', (name) => {
    expect(isKernelImage(name)).toBe(false);
  });
});

const system: SystemState = {
  ...{ hostname: 'h', machineId: null, architecture: 'amd64', bootId: null, bootedAt: null },
  ...{ rebootNeeded: false, rebootReasons: [], restartNeeded: null, agentVersion: '0', container: false },
  runningKernel: '6.1.0-40-amd64',
  installedKernels: [{ release: '6.1.0-40-amd64', package: 'linux-image-6.1.0-40-amd64', version: '6.1.153-1' }],
};

test.each([
  ['the one that uname names', {}, 'linux-image-6.1.0-40-amd64'],
  ['none, where another one runs', { runningKernel: '5.10.0-1-amd64' }, undefined],
  ['none in a container, whatever is installed there', { container: true }, undefined],
])('the running kernel: %s', (_, members, name) => {
  expect(runningKernelOf({ ...system, ...members })?.package).toBe(name);
});

test.each([
  ['what runs', { sharesKernel: false, isRunning: true, hasImage: true }, true],
  ['what does not', { sharesKernel: false, isRunning: false, hasImage: true }, false],
  ['an image, where nobody knows which one runs', { sharesKernel: false, isRunning: null, hasImage: true }, true],
  ['headers, where nobody knows', { sharesKernel: false, isRunning: null, hasImage: false }, false],
  ['an image in a container', { sharesKernel: true, isRunning: null, hasImage: true }, false],
])('%s', (_, facts, runs) => {
  expect(runsAsKernel(facts)).toBe(runs);
});
