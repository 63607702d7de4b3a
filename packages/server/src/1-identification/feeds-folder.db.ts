import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { csafDocument } from './testing/csaf-document.ts';
import { kevFile, osvFile } from './testing/feed-files.ts';
import { installed, reportHost } from './testing/reported-host.ts';
import { openWorld, type World } from './testing/world.ts';

const WAIT_MS_MAX = 10_000;

describeWithDatabase('a folder of feeds', () => {
  it('has the mirror of a provider in a folder of its name', async () => {
    const feedsDir = await mkdtemp(join(tmpdir(), 'feeds-'));
    await mkdir(join(feedsDir, 'acme/2026'), { recursive: true });
    const files = {
      'changes.csv': '2026/a.json,2026-11-02T00:00:00Z\n2026/b.json,2026-11-02T00:00:00Z\n',
      '2026/a.json': csafDocument({ released: '2026-11-20T00:00:00Z' }),
    };
    for (const [name, text] of Object.entries(files)) {
      const path = join(feedsDir, 'acme', name);
      await writeFile(path, text);
      await utimes(path, 1, 1);
    }
    const world = await openWorld({ feedsDir });
    try {
      const payload = { feed: 'acme', form: 'csaf', url: 'https://acme.example' };
      await world.app.inject({ method: 'POST', url: '/api/v1/feeds', payload });

      await untilFresh(world, ['acme']);

      // What the folder lacks is told once all of it was imported.
      await vi.waitFor(async () => expect((await world.get('feeds/acme')).body).toMatchObject({ quarantined: 1 }));
      expect((await world.get('feeds/acme')).body).toMatchObject({
        records: 1,
        quarantine: [{ record: '2026/b.json', problem: 'changes.csv lists it, and it is not there' }],
      });
    } finally {
      await world.close();
      await rm(feedsDir, { recursive: true });
    }
  });

  async function untilFresh(world: World, feeds: readonly string[]): Promise<void> {
    const limit = Date.now() + WAIT_MS_MAX;
    for (;;) {
      const { items } = (await world.get('feeds')).body as { items: { feed: string; state: string }[] };
      const fresh = items.filter(({ state }) => state === 'fresh').map(({ feed }) => feed);
      if (feeds.every((feed) => fresh.includes(feed)) || Date.now() > limit) {
        expect(fresh).toEqual(feeds);
        return;
      }
      await setTimeout(20);
    }
  }

  it('is imported at the start, without a network and without a person', async () => {
    const feedsDir = await mkdtemp(join(tmpdir(), 'feeds-'));
    await writeFile(join(feedsDir, 'osv.jsonl'), osvFile({ id: 'DSA-1-1', package: 'curl' }));
    await writeFile(join(feedsDir, 'kev.json'), kevFile('2026-11-19T00:00:00Z', { id: 'CVE-2026-0001' }));
    for (const file of ['osv.jsonl', 'kev.json']) await utimes(join(feedsDir, file), 1, 1);
    const world = await openWorld({ feedsDir });
    try {
      await untilFresh(world, ['debian-osv', 'kev']);

      await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
      await world.grantWishes();

      expect((await world.get('assets')).body).toMatchObject({ items: [{ findings: 1, knownExploited: 1 }] });
      const leaves = await world.db
        .selectFrom('documentation.leaf')
        .select('actor')
        .where('kind', '=', 'feed.imported')
        .execute();
      expect(leaves).toEqual([{ actor: 'system' }, { actor: 'system' }]);
    } finally {
      await world.close();
      await rm(feedsDir, { recursive: true });
    }
  });
});
