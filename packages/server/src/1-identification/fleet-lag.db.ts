import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { inTransaction } from '../platform/transaction.ts';
import { isFleetBehind, isJudgingOpen, readFleetCount } from './fleet-lag-store.ts';
import { judgeTogether } from './judging.ts';
import { epssFile, kevFile, osvFile } from './testing/feed-files.ts';
import { installed, reportHost } from './testing/reported-host.ts';
import { NOON, openWorld, type World } from './testing/world.ts';

const CURL = { id: 'DSA-1-1', package: 'curl', upstream: ['CVE-2026-0001'], fixed: '2.0-1' };
const LISTS = ['findings', 'updates', 'finding-groups', 'update-groups', 'severities', 'feeds'];

describeWithDatabase('lists over the fleet that lag', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  /** Since when each list says that it counts. */
  async function counting(): Promise<unknown[]> {
    const answers = await Promise.all(LISTS.map((list) => world.get(list)));
    return answers.map(({ status, body }) => [status, (body as { countingSince: unknown }).countingSince]);
  }

  async function assetsAffected(): Promise<number[]> {
    const { body } = await world.get('findings');
    return (body as { items: { assets: number }[] }).items.map(({ assets }) => assets);
  }

  /** As a server that judges in the background holds what it judges, until it commits. */
  async function whileOthersJudge<T>(work: (letGo: () => void) => Promise<T>): Promise<T> {
    const gate = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const others = inTransaction(world.db, async (tx) => {
      await sql`select from identification.source_version order by id for update`.execute(tx);
      held.resolve();
      await gate.promise;
    });
    await held.promise;
    try {
      return await work(() => gate.resolve());
    } finally {
      gate.resolve();
      await others;
    }
  }

  it('say so from a report on until it is counted', async () => {
    await world.importFeed('debian-osv', osvFile(CURL));
    expect(await counting()).toEqual(LISTS.map(() => [200, null]));

    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    expect(await counting()).toEqual(LISTS.map(() => [200, expect.any(String)]));

    await world.grantWishes();
    expect(await counting()).toEqual(LISTS.map(() => [200, null]));
    expect(await assetsAffected()).toEqual([1]);
  });

  it.each([
    ['advisories', (at: World) => at.importFeed('debian-osv', osvFile(CURL))],
    [
      'what is exploited',
      (at: World) => at.importFeed('kev', kevFile('2026-11-19T00:00:00Z', { id: 'CVE-2026-0009' })),
    ],
    ['scores', (at: World) => at.importFeed('epss', epssFile('v2026', '2026-11-19', ['CVE-2026-0009', 0.9, 0.99]))],
  ])('show when an import of %s has answered all that it brought, and are counted for it once', async (_, bring) => {
    await world.importFeed('debian-osv', osvFile({ ...CURL, id: 'DSA-9-1', upstream: ['CVE-2026-0009'] }));
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    await world.grantWishes();
    world.at(NOON + 60_000);

    const imported = await bring(world);
    const [before, lag] = [await assetsAffected(), await counting()];
    const counted = await world.db.selectFrom('identification.fleet_count').select('seen').executeTakeFirstOrThrow();
    await world.grantWishes();

    expect(imported).toMatchObject({ changed: true, countingSince: null });
    expect(await assetsAffected()).toEqual(before);
    // Scores are listed as they are, with a wish of their own for whoever dies before it counts.
    if (imported.feed !== 'epss') {
      expect(lag).toEqual(LISTS.map(() => [200, null]));
      expect(await world.db.selectFrom('identification.fleet_count').select('seen').executeTakeFirst()).toEqual(
        counted,
      );
    }
  });

  it('are waited for while others judge a part of it', async () => {
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    await world.grantWishes();

    await world.db.updateTable('identification.source_version').set({ judge_needed: true }).execute();

    const waited = await whileOthersJudge(async (letGo) => {
      const waits = judgeTogether(world, 30_000);
      await pause(300);
      letGo();
      return waits;
    });

    expect(waited).toEqual({ judged: 1, isWhole: true });
  });

  it('are not waited for longer than anybody is kept waiting', async () => {
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    await world.db.updateTable('identification.source_version').set({ judge_needed: true }).execute();

    const [waited, lag] = await whileOthersJudge(async () => [await judgeTogether(world, 200), await counting()]);

    expect(waited).toEqual({ judged: 0, isWhole: false });
    expect(lag).toEqual(LISTS.map(() => [200, expect.any(String)]));
    expect(await judgeTogether(world, 0)).toEqual({ judged: 1, isWhole: true });
    expect(await isJudgingOpen(world.db)).toBe(false);
  });

  it('are counted where an import judged and died before it counted', async () => {
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    await world.grantWishes();
    await world.importFeed('debian-osv', osvFile(CURL));
    await world.db.deleteFrom('identification.fleet_finding').execute();
    await sql`update identification.package_set set revision = revision + 1`.execute(world.db);

    await world.grantWishes();

    expect(await assetsAffected()).toEqual([1]);
  });

  it('do not take what was restored from a dump for counted', async () => {
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    await world.grantWishes();
    expect(await isFleetBehind(world.db)).toBe(false);

    await sql`update identification.fleet_count set seen = '9000000:9000000:'`.execute(world.db);

    expect(await readFleetCount(world.db, NOON)).toMatchObject({ countingSince: NOON });
  });
});
