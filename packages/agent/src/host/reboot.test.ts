import { VERSION_ORDERS } from '@patchsteward/core/versions';
import type { Kernel } from '@patchsteward/core/vocabulary';
import { describe, expect, test } from 'vitest';
import { type RebootFacts, rebootReasons } from './reboot.ts';

function kernel(release: string, version: string): Kernel {
  return { release, package: `linux-image-${release}`, version };
}

const OLD = kernel('6.1.0-38-amd64', '6.1.147-1');
const RUNNING = kernel('6.1.0-40-amd64', '6.1.153-1');
const NEW = kernel('6.1.0-41-amd64', '6.1.158-1');

const FACTS: RebootFacts = {
  release: '6.1.0-40-amd64',
  build: '#1 SMP PREEMPT_DYNAMIC Debian 6.1.153-1 (2025-09-20)',
  container: false,
  kernels: [OLD, RUNNING],
  requiredBy: null,
};

function reasons(facts: Partial<RebootFacts>): string[] {
  return rebootReasons({ ...FACTS, ...facts }, VERSION_ORDERS.deb);
}

describe('the kernel', () => {
  test.each<[string, Partial<RebootFacts>, string[]]>([
    ['the newest installed runs', {}, []],
    ['a newer one is installed', { kernels: [OLD, RUNNING, NEW] }, ['kernel']],
    [
      'the running one is built anew under the same release',
      { kernels: [kernel('6.1.0-40-amd64', '6.1.153-2')] },
      ['kernel'],
    ],
    ['only older ones are installed', { kernels: [OLD] }, []],
    ['the running one was removed, a newer one is there', { kernels: [NEW] }, ['kernel']],
    ['none is installed', { kernels: [] }, []],
    // PatchMon#831: the newest by version runs; by name the other one looks newer.
    [
      'the newest by version sorts first by name',
      {
        release: '6.12.90+deb13.1-amd64',
        build: '#1 SMP PREEMPT_DYNAMIC Debian 6.12.90-2 (2026-05-29)',
        kernels: [kernel('6.12.90+deb13-amd64', '6.12.90-1'), kernel('6.12.90+deb13.1-amd64', '6.12.90-2')],
      },
      [],
    ],
    [
      'one of another flavor is newer',
      { kernels: [RUNNING, kernel('6.12.9+bpo-cloud-amd64', '6.12.9-1~bpo12+1')] },
      [],
    ],
    [
      'a backport of the same flavor is newer',
      { kernels: [RUNNING, kernel('6.12.9+bpo-amd64', '6.12.9-1~bpo12+1')] },
      ['kernel'],
    ],
    // A kernel from outside, beside packaged ones that are never booted.
    [
      'the running one came from no package',
      { release: '6.18.44-fc-v669', build: '#1 SMP PREEMPT_DYNAMIC @0', kernels: [RUNNING, NEW] },
      [],
    ],
    [
      'the build says nothing, the installed one of its release does',
      { build: '#1 SMP', kernels: [RUNNING, NEW] },
      ['kernel'],
    ],
    ['the build says nothing, and its release is the newest', { build: '#1 SMP' }, []],
    [
      'Ubuntu, all as it should be',
      {
        release: '6.8.0-51-generic',
        build: '#52~22.04.1-Ubuntu SMP PREEMPT_DYNAMIC Mon Dec  9 15:00:52 UTC 2',
        kernels: [kernel('5.15.0-130-generic', '5.15.0-130.140'), kernel('6.8.0-51-generic', '6.8.0-51.52~22.04.1')],
      },
      [],
    ],
    [
      'Ubuntu, a newer one installed',
      {
        release: '5.15.0-130-generic',
        build: '#140-Ubuntu SMP Wed Dec 18 17:59:53 UTC 2024',
        kernels: [kernel('5.15.0-130-generic', '5.15.0-130.140'), kernel('5.15.0-131-generic', '5.15.0-131.141')],
      },
      ['kernel'],
    ],
    ['a container never boots a kernel', { container: true, kernels: [RUNNING, NEW] }, []],
  ])('%s', (_, facts, expected) => {
    expect(reasons(facts)).toEqual(expected);
  });
});

describe('the flag in /run', () => {
  test.each<[string, Partial<RebootFacts>, string[]]>([
    ['names packages', { requiredBy: ['libc6', 'dbus'] }, ['dbus', 'libc6']],
    ['names nobody', { requiredBy: [] }, ['reboot-required']],
    ['and the kernel', { requiredBy: ['libc6'], kernels: [NEW] }, ['kernel', 'libc6']],
    ['in a container, from a library', { container: true, requiredBy: ['libc6'] }, ['libc6']],
    [
      'in a container, from a kernel package only',
      { container: true, requiredBy: ['linux-image-6.1.0-41-amd64', 'linux-base'] },
      [],
    ],
    ['in a container, from nobody', { container: true, requiredBy: [] }, ['reboot-required']],
  ])('%s', (_, facts, expected) => {
    expect(reasons(facts)).toEqual(expected);
  });
});
