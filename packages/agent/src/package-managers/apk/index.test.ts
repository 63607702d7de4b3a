import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SECTIONS } from '@patchsteward/contract';
import { originClass } from '@patchsteward/core/1-identification';
import { type InventorySections, SECTION_NAMES } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeHost, makeFakeHost } from '../../host/testing/fake-host.ts';
import { readInventory } from '../index.ts';
import { indexOf, MAIN, makeAlpine, putIndex, putIndexes } from './testing/apk-root.ts';

let host: FakeHost;

beforeEach(async () => {
  host = await makeFakeHost();
  await rm(join(host.root, 'var/lib/dpkg'), { recursive: true });
  await makeAlpine(host);
});
afterEach(() => host.remove());

describe('an Alpine with all its indexes', () => {
  let facts: InventorySections;

  beforeEach(async () => {
    await putIndexes(host);
    facts = await readInventory(host);
  });

  test('keeps the contract', () => {
    for (const name of SECTION_NAMES) expect(SECTIONS[name].parse(facts[name])).toEqual(facts[name]);
  });

  test('tells what is installed, under the origin that it was built from', () => {
    const rows = facts.packages.packages.map((one) => [one.name, one.source, one.state, one.hold, one.origins?.join()]);

    expect(rows).toEqual([
      ['acme', 'acme', 'installed', false, 'packages.example/alpine stable'],
      ['busybox', 'busybox', 'installed', false, 'dl-cdn.alpinelinux.org/alpine/v3.19 main'],
      // No index lists it any more: it is out of date.
      ['libssl3', 'openssl', 'installed', false, ''],
      ['linux-lts', 'linux-lts', 'installed', false, 'dl-cdn.alpinelinux.org/alpine/v3.19 main'],
      ['nginx', 'nginx', 'broken', false, 'dl-cdn.alpinelinux.org/alpine/v3.19 main'],
      ['zlib', 'zlib', 'installed', true, ''],
    ]);
  });

  test('tells what is offered; a tagged repository only to what asks for its tag', () => {
    expect(facts.updates.unanswered).toBeNull();
    expect(facts.updates.updates.map(({ name, from, to, sizeBytes }) => [name, from, to, sizeBytes])).toEqual([
      ['libssl3', '3.1.4-r5', '3.1.4-r6', 250_000],
      ['nginx', '1.24.0-r15', '1.26.0-r0', null],
      // Pinned, and offered all the same.
      ['zlib', '1.3.1-r0', '1.3.1-r1', null],
    ]);
  });

  test('tells a third party by the key of its index', () => {
    const { packages, publishers, release } = facts.packages;
    const classes = packages.map((one) => [one.name, originClass(one, publishers, release)]);

    expect(Object.fromEntries(classes)).toMatchObject({
      acme: 'third-party',
      busybox: 'distribution',
      zlib: 'unlisted',
    });
    expect(facts.origins.origins).toMatchObject([
      { suite: 'edge', signed: true },
      { label: 'v3.19.1-52-g1234', publisher: 'alpine-devel@lists.alpinelinux.org', suite: null },
      { publisher: 'acme-builds' },
    ]);
    expect(JSON.stringify(facts)).not.toContain('secret');
  });
});

test('a kernel that was replaced in its place needs a reboot', async () => {
  await host.writeProc('sys/kernel/osrelease', '6.6.15-0-lts\n');
  await host.writeProc('sys/kernel/version', '#1-Alpine SMP PREEMPT_DYNAMIC Mon, 05 Feb 2024 21:22:52 +0000\n');

  const { system } = await readInventory(host);

  expect(system).toMatchObject({ rebootReasons: ['kernel'], architecture: 'x86_64' });
  expect(system.installedKernels).toEqual([{ release: '6.6.16-0-lts', package: 'linux-lts', version: '6.6.16-r0' }]);
});

test('a program that runs on from a replaced file is named', async () => {
  await host.addProcess(7, {
    maps: '7f00-7f10 r-xp 00000000 08:01 12 /usr/lib/libssl.so.3 (deleted)\n',
    comm: 'nginx',
  });

  expect((await readInventory(host)).system.restartNeeded).toEqual(['nginx']);
});

test.each([
  [
    'no index was fetched yet',
    async () => undefined,
    /no copy of the index of dl-cdn.alpinelinux.org\/alpine\/v3.19 main/,
  ],
  ['no repository is configured', () => host.write('/etc/apk/repositories', '# none\n'), /no repository is configured/],
  ['an index is damaged', () => putIndex(host, MAIN, indexOf([]).subarray(0, 40)), /cannot be read/],
  ['an index is none', () => putIndex(host, MAIN, Buffer.from('x')), /no whole gzip file/],
])('%s: packages are told, updates are not known', async (_, change, complaint) => {
  await change();

  const { packages, updates } = await readInventory(host);

  expect(updates).toEqual({ ecosystem: 'apk', updates: [], unanswered: expect.stringMatching(complaint) });
  expect(packages.packages.map(({ origins }) => origins)).toEqual(Array(6).fill(null));
});

test('the cache may lie where a link says, seen from the root', async () => {
  await putIndexes(host);
  await host.link('/etc/apk/cache', '/media/cache');

  expect((await readInventory(host)).updates.unanswered).toMatch(/no copy of the index/);
});
