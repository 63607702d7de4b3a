import type { Asset } from '@patchsteward/contract';
import { HOUR_MS, MINUTE_MS } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { osvFile } from './testing/feed-files.ts';
import { installed, reportHost } from './testing/reported-host.ts';
import { openWorld, type World } from './testing/world.ts';

describeWithDatabase('a feed that falls silent', () => {
  let world: World;
  let assetId: string;
  const FIRST = osvFile({ id: 'DSA-1-1', package: 'curl' });

  beforeEach(async () => {
    world = await openWorld();
    for (const [login, role] of [
      ['ivy', 'it'],
      ['otto', 'owner'],
      ['sam', 'security'],
    ] as const) {
      await world.database.pool.query(
        'insert into access.person (id, login, name, password_hash, roles, created_at) values ($1, $2, $2, $3, $4, now())',
        [newId(world.clock()), login, 'none', [role]],
      );
    }
    assetId = await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    await world.importFeed('debian-osv', FIRST);
    await world.grantWishes();
  });
  afterEach(() => world.close());

  /** As the timer does it. */
  async function watch(): Promise<void> {
    await world.corridor.change({ actor: 'system', at: world.clock() }, () =>
      Promise.resolve({ value: undefined, wishes: [{ kind: 'feed.watch', key: 'feeds', payload: null }] }),
    );
    await world.grantWishes();
  }
  async function told() {
    const leaves = await world.db
      .selectFrom('documentation.leaf')
      .select(['kind', 'payload'])
      .where('kind', 'in', ['feed.silent', 'feed.heard'])
      .orderBy('id')
      .execute();
    return leaves.map(({ kind, payload }) => [kind, payload]);
  }
  const reasons = async () => ((await world.get(`assets/${assetId}`)).body as Asset).reasons.map(({ code }) => code);

  it('is told once, to whom and when is recorded, and it goes away by itself', async () => {
    await watch();
    expect(await told()).toEqual([]);
    expect(await reasons()).not.toContain('feed-silent');

    world.at(world.clock() + 72 * HOUR_MS);
    await watch();
    world.at(world.clock() + HOUR_MS);
    await watch();

    expect(await told()).toEqual([['feed.silent', { since: '2026-11-19T10:30:00.000Z', told: ['ivy', 'sam'] }]]);
    expect(await reasons()).toContain('feed-silent');
    expect((await world.get('findings')).body).toMatchObject({ reasons: [{ code: 'feed-silent' }] });

    const newer = { id: 'DSA-2-1', package: 'zlib', published: new Date(world.clock()).toISOString() };
    await world.importFeed('debian-osv', FIRST + osvFile(newer));
    expect(await reasons()).not.toContain('feed-silent');
    await watch();
    await watch();

    expect((await told()).map(([kind]) => kind)).toEqual(['feed.silent', 'feed.heard']);
    const silences = await world.db.selectFrom('identification.feed_silence').selectAll().execute();
    expect(silences).toMatchObject([{ feed: 'debian-osv', told: ['ivy', 'sam'], ended_at: world.clock() }]);
  });

  it('is looked for again in a quarter of an hour', async () => {
    await watch();

    const [timer] = await world.db.selectFrom('campaign.timer').selectAll().where('kind', '=', 'feed.watch').execute();
    expect(timer).toMatchObject({ subject: 'feeds', due: world.clock() + 15 * MINUTE_MS });
  });
});
