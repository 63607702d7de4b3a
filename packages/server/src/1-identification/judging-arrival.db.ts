import type { InstalledPackage } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { inTransaction } from '../platform/transaction.ts';
import { mergeAdvisories } from './claims-store.ts';
import { readFeed } from './feeds-rows.ts';
import { keepFeed } from './feeds-store.ts';
import { osvFile } from './testing/feed-files.ts';
import { installed, reportHost } from './testing/reported-host.ts';
import { openWorld, type World } from './testing/world.ts';

const CURL = { id: 'DSA-1-1', package: 'curl', upstream: ['CVE-2026-0001', 'CVE-2026-0002'], fixed: '2.0-1' };

describeWithDatabase('what a report brings anew', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  function sets() {
    return world.db
      .selectFrom('identification.package_set')
      .select(['findings', 'count_needed'])
      .orderBy('id')
      .execute();
  }

  async function wishes() {
    const rows = await world.db
      .selectFrom('campaign.outbox')
      .select(['kind', 'key'])
      .orderBy('kind')
      .orderBy('key')
      .execute();
    return rows.map(({ kind, key }) => `${kind} ${key}`);
  }

  /** Merges claims, and does not commit before `meanwhile` has ended. */
  async function whileClaimsChange(file: string, meanwhile: () => Promise<unknown>): Promise<void> {
    await keepFeed(world.db, 'debian-osv');
    const rows = readFeed({ id: 'debian-osv', form: 'osv', families: null }, Buffer.from(file));
    await inTransaction(world.db, async (tx) => {
      await mergeAdvisories(tx, 'debian-osv', rows, world.clock());
      await meanwhile();
    });
  }

  it('is judged and counted when the report is accepted, before any wish is granted', async () => {
    await world.importFeed('debian-osv', osvFile(CURL));
    const assetId = await reportHost(world, 'web-1', {
      packages: [installed('curl', '2.0-1'), installed('bash', '5')],
    });
    await world.grantWishes();

    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1'), installed('bash', '5')] }, { assetId });

    expect(await sets()).toEqual([
      { findings: 0, count_needed: false },
      { findings: 2, count_needed: false },
    ]);
    expect(await wishes()).toEqual([`assess asset:${assetId}`]);
    expect((await world.get(`assets/${assetId}`)).body).toMatchObject({ findings: 2, judged: { kind: 'judged' } });
  });

  it('is left to a wish where a host brings many versions that nobody had', async () => {
    await world.importFeed('debian-osv', osvFile(CURL));
    await world.grantWishes();
    const others = Array.from({ length: 60 }, (_, at): InstalledPackage => installed(`package-${at}`, '1'));

    const assetId = await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1'), ...others] });

    expect(await sets()).toEqual([{ findings: 0, count_needed: true }]);
    expect(await wishes()).toEqual([`assess asset:${assetId}`, expect.stringMatching(/^rejudge set:\d+$/)]);
    await world.grantWishes();
    expect(await sets()).toEqual([{ findings: 2, count_needed: false }]);
  });

  it('is never judged by claims that are being replaced', async () => {
    const file = osvFile(CURL);
    let accepted: unknown[] = [];

    await whileClaimsChange(file, async () => {
      await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
      accepted = await sets();
    });
    await world.grantWishes();

    expect(accepted).toEqual([{ findings: 0, count_needed: true }]);
    expect(await sets()).toEqual([{ findings: 2, count_needed: false }]);
  });

  it('has the sets of others counted again where they have it too', async () => {
    await world.importFeed('debian-osv', osvFile({ id: 'DSA-9-1', package: 'zsh' }));
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    await world.grantWishes();
    await whileClaimsChange(osvFile(CURL), () => Promise.resolve());

    await reportHost(world, 'web-2', { packages: [installed('curl', '1.0-1'), installed('bash', '5')] });

    expect(await sets()).toEqual([
      { findings: 0, count_needed: true },
      { findings: 2, count_needed: false },
    ]);
    expect(await wishes()).toContain('rejudge feeds');
    await world.grantWishes();
    expect(await sets()).toEqual([
      { findings: 2, count_needed: false },
      { findings: 2, count_needed: false },
    ]);
  });

  it('has those assessed who reported the same and wait for their judgment', async () => {
    await whileClaimsChange(osvFile(CURL), () =>
      reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] }),
    );

    const assetId = await reportHost(world, 'web-2', { packages: [installed('curl', '1.0-1')] });

    expect(await sets()).toEqual([{ findings: 2, count_needed: false }]);
    expect(await wishes()).toEqual(expect.arrayContaining(['assess stale', `assess asset:${assetId}`]));
  });
});
