import type { InventorySections } from '@patchsteward/core/vocabulary';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type AptOracle,
  DPKG_QUERY,
  expectAsAptList,
  expectAsAptMark,
  expectAsDpkg,
  expectAsPythonApt,
} from './testing/agreement.ts';
import { APT_ORACLE, COLLECTOR, DebianRoot } from './testing/debian-root.ts';
import { withUbuntuKeyring } from './testing/ubuntu-keyring.ts';

const UBUNTU = 'http://archive.ubuntu.com/ubuntu';
const RELEASE = [`deb ${UBUNTU} noble main`];
const POCKETS = ['noble', 'noble-updates', 'noble-security'].map((suite) => `deb ${UBUNTU} ${suite} main universe`);

describe('the facts of an Ubuntu that was never updated, read without root, agree with', () => {
  let root: DebianRoot;
  let facts: InventorySections;

  beforeAll(async () => {
    const recipe = { suite: 'noble', sources: RELEASE, packages: ['python3-apt', 'openssl'] };
    root = await withUbuntuKeyring((keyring) => DebianRoot.make({ ...recipe, keyring }));
    await root.write('etc/apt/sources.list', `${POCKETS.join('\n')}\n`);
    await root.write('etc/machine-id', '00000000000000000000000000000003\n');
    await root.run('apt-get', 'update', '--error-on=any');
    await root.run('apt-mark', 'hold', 'openssl');
    facts = JSON.parse(await root.runAsNobody(...COLLECTOR)) as InventorySections;
  });

  afterAll(() => root?.remove());

  test('dpkg-query', async () => {
    expectAsDpkg(facts, await root.run(...DPKG_QUERY));
    expect(facts.packages.release).toMatchObject({ id: 'ubuntu', versionId: '24.04', codename: 'noble' });
  });

  test('apt-mark', async () => {
    expectAsAptMark(facts, await root.run('apt-mark', 'showhold'));
  });

  test('apt list', async () => {
    expectAsAptList(facts, await root.run('apt', 'list', '--upgradable'));
    expect(facts.updates.updates.length).toBeGreaterThan(20);
  });

  test('python3-apt', async () => {
    expectAsPythonApt(facts, JSON.parse(await root.run(...APT_ORACLE)) as AptOracle);
  });

  test('apt-get upgrade: what is deferred due to phasing', async () => {
    const simulation = await root.run('apt-get', '--simulate', 'upgrade');
    const deferred = /deferred due to phasing:\n((?: {2}.*\n)+)/.exec(simulation)?.[1]?.trim().split(/\s+/) ?? [];

    const phased = facts.updates.updates.filter((update) => update.phased).map(({ name }) => name);

    expect(phased.toSorted()).toEqual(deferred.toSorted());
  });

  test('Ubuntu: all indexes are its own and signed', () => {
    expect(facts.origins.origins).toHaveLength(6);
    expect(facts.origins.origins.every(({ publisher, signed }) => publisher === 'Ubuntu' && signed)).toBe(true);
  });
});
