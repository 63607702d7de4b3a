import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { HOUR_MS, MINUTE_MS } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { kevFile } from './testing/feed-files.ts';
import { openWorld, type World } from './testing/world.ts';

/** Longer than any fetch from this machine takes. */
const WAIT_MS_MAX = 10_000;

describeWithDatabase('fetching feeds', () => {
  let world: World;
  let server: Server;
  let publisher: RequestListener;
  let asked: (string | undefined)[];

  const FILE = kevFile('2026-11-19T10:00:00Z', { id: 'CVE-2026-0001' });
  const serving: RequestListener = (request, response) => {
    if (request.headers['if-none-match'] === '"1"') response.writeHead(304).end();
    else response.setHeader('etag', '"1"').end(FILE);
  };

  beforeEach(async () => {
    asked = [];
    publisher = serving;
    server = createServer((request, response) => {
      asked.push(request.headers['if-none-match']);
      publisher(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/kev.json`;
    world = await openWorld({ feedsFetch: true, feedUrls: { kev: url } });
  });
  afterEach(async () => {
    await world.close();
    server.closeAllConnections();
    server.close();
  });

  async function fetchKev() {
    const response = await world.app.inject({ method: 'POST', url: '/api/v1/feeds/kev/fetch' });
    return { status: response.statusCode, body: response.json() };
  }

  const shown = async () => (await world.get('feeds/kev')).body;

  async function feed() {
    return world.db.selectFrom('identification.feed').selectAll().where('id', '=', 'kev').executeTakeFirst();
  }

  describe('because a person asks', () => {
    it('imports what its address serves, and records from where', async () => {
      expect(await fetchKev()).toMatchObject({ status: 200, body: { feed: 'kev', changed: true, added: 1 } });

      expect(await feed()).toMatchObject({ etag: '"1"', confirmed_at: world.clock(), last_error: null });
      const [leaf] = await world.db.selectFrom('documentation.leaf').select('payload').execute();
      expect(leaf?.payload).toMatchObject({ from: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/kev\.json$/) });
    });

    it('a publisher that has nothing new confirms what we have', async () => {
      await fetchKev();
      world.at(world.clock() + 72 * HOUR_MS);
      expect(await shown()).toMatchObject({ state: 'stale' });

      expect(await fetchKev()).toMatchObject({ body: { changed: false, records: 1 } });

      expect(asked).toEqual([undefined, '"1"']);
      expect(await feed()).toMatchObject({ etag: '"1"', confirmed_at: world.clock() });
      expect(await shown()).toMatchObject({ state: 'fresh' });
    });

    it('a file that was imported by hand since then is not taken for what the publisher serves', async () => {
      await fetchKev();
      await world.importFeed('kev', kevFile('2026-11-19T12:00:00Z', { id: 'CVE-2026-0002' }));

      expect(await fetchKev()).toMatchObject({ status: 409, body: { error: { code: 'feed-outdated' } } });
      expect(asked).toEqual([undefined, undefined]);
    });

    it('what an older reader imported is fetched whole', async () => {
      await fetchKev();
      await world.db.updateTable('identification.feed').set({ reader: 0 }).execute();

      await fetchKev();

      expect(asked).toEqual([undefined, undefined]);
    });

    it.each([
      ['is out of order', (_, response) => response.writeHead(503).end(), 'feed-unreachable', 502],
      ['serves something else', (_, response) => response.end('<html>'), 'feed-unreadable', 400],
    ] as readonly (readonly [string, RequestListener, string, number])[])(
      'an address that %s leaves what is there, with the reason',
      async (_, listener, code, status) => {
        await fetchKev();
        publisher = listener;
        await world.db.updateTable('identification.feed').set({ etag: null }).execute();

        const refused = await fetchKev();

        expect(refused).toMatchObject({ status, body: { error: { code } } });
        expect(await feed()).toMatchObject({ records: 1, failures: 1, last_error: refused.body.error.message });
      },
    );
  });

  describe('because it is time', () => {
    async function timer() {
      const rows = await world.db.selectFrom('campaign.timer').selectAll().execute();
      return rows.find(({ subject }) => subject === 'kev')?.due;
    }

    async function grantFetch() {
      await world.corridor.change({ actor: 'system', at: world.clock() }, () =>
        Promise.resolve({ value: undefined, wishes: [{ kind: 'feed.fetch', key: 'kev', payload: null }] }),
      );
      await world.grantWishes();
    }

    /** The fetch runs beside the outbox; its last act is to set the next time. */
    async function untilTimer(due: number) {
      const limit = Date.now() + WAIT_MS_MAX;
      while ((await timer()) !== due && Date.now() < limit) await setTimeout(20);
      expect(await timer()).toBe(due);
    }

    it('imports, and comes again in an hour', async () => {
      await grantFetch();
      await untilTimer(world.clock() + HOUR_MS);

      expect(await feed()).toMatchObject({ records: 1, last_error: null });
    });

    it('is missed, and made up for, where its server dies on the way', async () => {
      publisher = () => undefined;
      await grantFetch();

      expect(await timer()).toBe(world.clock() + 20 * MINUTE_MS);
    });

    it('waits longer with every failure, and no longer than six hours', async () => {
      publisher = (_, response) => response.writeHead(503).end();
      await grantFetch();
      await untilTimer(world.clock() + MINUTE_MS);
      await grantFetch();
      await untilTimer(world.clock() + 2 * MINUTE_MS);
      await world.db.updateTable('identification.feed').set({ failures: 30 }).execute();
      await grantFetch();
      await untilTimer(world.clock() + 6 * HOUR_MS);

      expect(await shown()).toMatchObject({
        ...{ state: 'failed', failures: 31, lastError: expect.stringContaining('503') },
        nextAttemptAt: new Date(world.clock() + 6 * HOUR_MS).toISOString(),
      });

      publisher = serving;
      await grantFetch();
      await untilTimer(world.clock() + HOUR_MS);
      expect(await feed()).toMatchObject({ failures: 0, last_error: null });
    });

    it('a feed that nobody knows is no feed', async () => {
      await world.corridor.change({ actor: 'system', at: world.clock() }, () =>
        Promise.resolve({ value: undefined, wishes: [{ kind: 'feed.fetch', key: 'weather', payload: null }] }),
      );
      await world.grantWishes();

      expect(await world.db.selectFrom('campaign.timer').selectAll().execute()).toEqual([]);
      expect(asked).toEqual([]);
    });
  });
});
