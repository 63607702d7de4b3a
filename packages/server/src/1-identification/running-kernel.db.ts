import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import type { SystemState } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { proposalPage, proposalShown } from './proposals.ts';
import { kevFile, osvFile } from './testing/feed-files.ts';
import { installed, offered, reportHost } from './testing/reported-host.ts';
import { openWorld, type World } from './testing/world.ts';

const LINUX = { id: 'DSA-1-1', package: 'linux', upstream: ['CVE-2026-0001', 'CVE-2026-0002'], fixed: '6.1.2-1' };
const OLD = '6.1.0-1-amd64';
const NEW = '6.1.0-2-amd64';

const linux = (name: string, version: string) => installed(name, version, { source: 'linux', sourceVersion: version });
const IMAGES = [linux(`linux-image-${OLD}`, '6.1.1-1'), linux(`linux-image-${NEW}`, '6.1.3-1')];
const HEADERS = linux('linux-libc-dev', '6.1.1-1');
const OFFERS = { updates: [offered('linux-libc-dev', '6.1.1-1', '6.1.4-1', { source: 'linux' })] };

const running = (release: string, container = false) => ({
  ...{ runningKernel: release, container },
  installedKernels: IMAGES.map(({ name, version }) => ({
    ...{ release: name.replace('linux-image-', ''), package: name, version },
  })),
});

describeWithDatabase('the kernel that runs', () => {
  let world: World;
  const ids = new Map<string, string>();
  beforeEach(async () => {
    world = await openWorld();
    ids.clear();
    await world.importFeed('debian-osv', osvFile(LINUX));
    await world.importFeed('kev', kevFile('2026-11-19T00:00:00Z', { id: 'CVE-2026-0001' }));
  });
  afterEach(() => world.close());

  async function report(
    name: string,
    packages: readonly ReturnType<typeof linux>[],
    system: Partial<SystemState> & Pick<SystemState, 'runningKernel'>,
  ): Promise<void> {
    world.at(world.clock() + 60_000);
    const assetId = ids.get(name);
    const bootId = system.runningKernel;
    const said = { packages: [...packages], system: { ...system, bootId }, ...OFFERS };
    ids.set(name, await reportHost(world, name, said, { bootId, ...(assetId === undefined ? {} : { assetId }) }));
    await world.grantWishes();
    world.at(world.clock() + 3_600_000);
    await world.grantWishes();
  }

  /** By asset: its findings, those that are exploited, and whether anything is due. */
  async function assets(): Promise<Record<string, unknown>> {
    const { items } = (await world.get('assets')).body as {
      items: { name: string; findings: number; knownExploited: number; nextDue: object | null }[];
    };
    return Object.fromEntries(
      items.map(({ name, findings, knownExploited, nextDue }) => [name, [findings, knownExploited, nextDue !== null]]),
    );
  }

  async function listed() {
    const names = async (path: string) =>
      ((await world.get(path)).body as { items: { name: string }[] }).items.map(({ name }) => name);
    const { items } = await proposalPage(world.db, { search: undefined, cursor: undefined, limit: 500 }, world.clock());
    const by = { policy: DEFAULT_POLICY, readSaid: async () => new Map(), now: world.clock() };
    const [alone] = await Promise.all(items.map((one) => proposalShown(world.db, one, by)));
    const [update] = ((await world.get('updates')).body as { items: { fixes: string[] }[] }).items;
    const [finding] = ((await world.get('findings')).body as { items: { assets: number }[] }).items;
    expect(items.map(({ lane, due, fixes, assets: offeredTo }) => [lane, due, fixes, offeredTo])).toEqual(
      alone === undefined ? [] : [[alone.lane, alone.due, alone.fixes, alone.assets]],
    );
    return {
      proposed: items.map(({ lane, fixes, assets: offeredTo }) => [lane, fixes.length, offeredTo]),
      updateFixes: update?.fixes.length,
      affected: finding?.assets ?? 0,
      exploited: await names('assets?exploited=yes&sort=name'),
    };
  }

  it('alone is counted and makes anything due, in every list', async () => {
    await report('old', [...IMAGES, HEADERS], running(OLD));
    await report('new', [...IMAGES, HEADERS], running(NEW));
    await report('unknown', [...IMAGES, HEADERS], running('5.10.0-1-amd64'));
    await report('headers', [HEADERS], { runningKernel: '5.10.0-1-amd64', installedKernels: [] });
    await report('box', [...IMAGES], running(OLD, true));

    expect(await assets()).toEqual({
      old: [2, 1, true],
      new: [0, 0, false],
      unknown: [2, 1, true],
      headers: [0, 0, false],
      box: [0, 0, false],
    });
    const { exploited, ...lists } = await listed();
    expect(lists).toEqual({ proposed: [['critical', 2, 5]], updateFixes: 2, affected: 2 });
    expect(exploited).toEqual(['old', 'unknown']);
  });

  it('is looked at again when another one runs, and when one runs that is installed no more', async () => {
    await report('web', [...IMAGES, HEADERS], running(NEW));
    expect([await assets(), await listed()]).toEqual([
      { web: [0, 0, false] },
      { proposed: [['routine', 0, 1]], updateFixes: 0, affected: 0, exploited: [] },
    ]);

    await report('web', [...IMAGES, HEADERS], running(OLD));
    expect([await assets(), await listed()]).toEqual([
      { web: [2, 1, true] },
      { proposed: [['critical', 2, 1]], updateFixes: 2, affected: 1, exploited: ['web'] },
    ]);

    // Its image is removed while it runs on.
    const gone = { ...running(OLD), installedKernels: running(OLD).installedKernels.slice(1) };
    await report('web', [...IMAGES.slice(1), HEADERS], gone);
    expect(await assets()).toEqual({ web: [2, 1, true] });
    expect(await listed()).toMatchObject({ affected: 1, exploited: ['web'] });
  });
});
