import { gzipSync } from 'node:zlib';
import { SECTION_BYTES_MAX } from '@patchsteward/contract';
import { SECTION_NAMES } from '@patchsteward/core/vocabulary';
import { canonicalJson, sha256 } from '@patchsteward/trust';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../platform/database.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { type AgentsWorld, createAgentsWorld, POLL_MS } from './testing/agents-world.ts';
import type { FakeAgent } from './testing/fake-agent.ts';
import { addressed, inventory } from './testing/inventories.ts';
import { writesOf } from './testing/writes.ts';

describeWithDatabase('check-ins over mutual TLS', () => {
  let world: AgentsWorld;
  let db: Db;
  beforeAll(async () => {
    world = await createAgentsWorld();
    db = world.database.db;
    await world.newToken();
  });
  afterAll(() => world.close());

  function stateOf(agent: FakeAgent) {
    return db
      .selectFrom('identification.check_in as c')
      .innerJoin('identification.package_set as p', 'p.id', 'c.package_set_id')
      .innerJoin('identification.offer_set as o', 'o.id', 'c.offer_set_id')
      .select([
        'c.packages_hash',
        'c.system_hash',
        'c.reboot_needed',
        'c.seen_at',
        'p.scope',
        'p.packages',
        'p.hash as set_hash',
        'o.updates',
        'o.hash as offers_hash',
        'p.id as set_id',
      ])
      .where('asset_id', '=', agent.identity?.assetId ?? '')
      .executeTakeFirst();
  }

  function leavesOf(agent: FakeAgent) {
    return db
      .selectFrom('documentation.leaf')
      .select(['kind', 'payload'])
      .where('subject', '=', agent.identity?.assetId ?? '')
      .where('kind', '=', 'inventory.changed')
      .execute();
  }

  test('the first check-in asks for everything; sent, it is accepted and all is there', async () => {
    const agent = await world.enrolled('first');
    const report = inventory({ seed: 'first', rebootNeeded: true });
    const sections = addressed(report);

    const asked = await agent.checkIn(sections);
    const before = await stateOf(agent);
    const sent = await agent.report(report);

    expect(asked.body).toEqual({ accepted: false, missing: [...SECTION_NAMES], nextPollMs: POLL_MS, tasks: [] });
    expect(before).toBeUndefined();
    expect(sent).toEqual([...SECTION_NAMES]);
    expect(await stateOf(agent)).toMatchObject({
      packages_hash: sections.packages.hash,
      set_hash: sections.packages.hash,
      offers_hash: sections.updates.hash,
      reboot_needed: true,
      scope: 'debian:12',
      packages: 4,
      updates: 1,
    });
    expect(await leavesOf(agent)).toHaveLength(1);
  });

  test('what the matcher sees of a set is what was sent', async () => {
    const agent = await world.enrolled();
    await agent.report(inventory({ seed: 'matcher', packages: 2 }));

    const set = await stateOf(agent);
    const sources = await db
      .selectFrom('identification.package_set_source as s')
      .innerJoin('identification.source_version as v', 'v.id', 's.source_version_id')
      .select(['v.scope', 'v.source', 'v.version', 'v.third_party', 's.packages'])
      .where('s.set_id', '=', set?.set_id ?? 0)
      .orderBy('v.source')
      .execute();

    const scope = 'debian:12';
    expect(sources).toEqual([
      { scope, source: 'curl', version: '7.88.1-10+deb12u5', third_party: false, packages: ['curl'] },
      { scope, source: 'p00000', version: 'matcher.0-1', third_party: false, packages: ['p00000'] },
      { scope, source: 'p00001', version: 'matcher.1-1', third_party: false, packages: ['p00001'] },
    ]);
  });

  test('an unchanged check-in writes one row, no leaf and no wish, and sends no package list', async () => {
    const agent = await world.enrolled();
    const sections = addressed(inventory({ seed: 'unchanged', packages: 700 }));
    await agent.report(inventory({ seed: 'unchanged', packages: 700 }));
    const seenBefore = (await stateOf(agent))?.seen_at ?? 0;
    const sentBefore = agent.sentBytes;
    await settled();

    const written = await writesOf(world.database, async () => {
      expect((await agent.checkIn(sections)).body).toMatchObject({ accepted: true, missing: [] });
    });

    expect(written).toEqual({ 'identification.check_in': { inserted: 0, updated: 1, deleted: 0 } });
    expect(agent.sentBytes - sentBefore).toBeLessThan(600);
    expect((await stateOf(agent))?.seen_at).toBeGreaterThan(seenBefore);
  });

  test('a check-in that changed one section asks for that one alone, and leaves one leaf', async () => {
    const agent = await world.enrolled();
    const [before, after] = [
      inventory({ hostname: 'changes' }),
      inventory({ hostname: 'changes', rebootNeeded: true }),
    ];
    await agent.report(before);
    await settled();

    const written = await writesOf(world.database, async () => {
      expect(await agent.report(after)).toEqual(['system']);
    });

    expect(written).toMatchObject({
      'identification.check_in': { inserted: 0, updated: 1, deleted: 0 },
      'identification.section': { inserted: 1, updated: 0, deleted: 0 },
      'documentation.leaf': { inserted: 1 },
    });
    expect(Object.keys(written)).not.toContain('identification.package_set');
    expect((await leavesOf(agent))[1]?.payload).toEqual({
      sections: { system: { before: addressed(before).system.hash, after: addressed(after).system.hash } },
    });
  });

  test('a second host with the same packages sends none of them', async () => {
    const [one, other] = [await world.enrolled('one'), await world.enrolled('other')];
    await one.report(inventory({ seed: 'shared', hostname: 'one' }));

    const sent = await other.report(inventory({ seed: 'shared', hostname: 'other' }));

    expect(sent).toEqual(['system']);
    expect((await stateOf(other))?.set_id).toBe((await stateOf(one))?.set_id);
  });

  test('many new packages wish for a judgment of the set and an assessment of the asset', async () => {
    const agent = await world.enrolled();
    await agent.report(inventory({ seed: 'wishes', packages: 100 }));

    const set = await stateOf(agent);
    const wishes = await db
      .selectFrom('campaign.outbox')
      .select(['kind', 'payload'])
      .where('key', 'in', [`set:${set?.set_id}`, `asset:${agent.identity?.assetId}`])
      .orderBy('kind')
      .execute();
    expect(wishes).toEqual([
      { kind: 'assess', payload: { assetId: agent.identity?.assetId } },
      { kind: 'rejudge', payload: { packageSetId: set?.set_id } },
    ]);
  });

  test('the earliest signed index that lists an offer is kept, whoever saw it', async () => {
    const [late, early, latest] = [await world.enrolled(), await world.enrolled(), await world.enrolled()];
    const dates = [1_763_000_000_000, 1_762_000_000_000, 1_764_000_000_000] as const;

    await late.report(inventory({ versionId: '11', hostname: 'late', indexDate: dates[0] }));
    await early.report(inventory({ versionId: '11', hostname: 'early', indexDate: dates[1] }));
    await latest.report(inventory({ versionId: '11', hostname: 'latest', indexDate: dates[2] }));

    const listed = await db
      .selectFrom('identification.first_listed')
      .select(['source', 'source_version', 'index_date', 'origin'])
      .where('scope', '=', 'debian:11')
      .execute();
    expect(listed).toEqual([
      {
        source: 'curl',
        source_version: '7.88.1-10+deb12u15',
        index_date: dates[1],
        origin: 'deb.debian.org/debian-security bookworm-security/main',
      },
    ]);
  });

  test('an index from the future dates nothing', async () => {
    const agent = await world.enrolled();

    await agent.report(inventory({ versionId: '10', indexDate: Date.now() + 86_400_000 }));

    const listed = db.selectFrom('identification.first_listed').select('source').where('scope', '=', 'debian:10');
    expect(await listed.execute()).toEqual([]);
  });

  test('a release without a version is taken, and nothing on it is to be judged', async () => {
    const agent = await world.enrolled();

    await agent.report(inventory({ versionId: null, seed: 'sid' }));

    const set = await stateOf(agent);
    expect(set).toMatchObject({ scope: null, packages: 4, updates: 1 });
    const sources = db
      .selectFrom('identification.package_set_source')
      .select('set_id')
      .where('set_id', '=', set?.set_id ?? 0);
    expect(await sources.execute()).toEqual([]);
  });

  test('a host whose package manager gave no answer has no number of updates', async () => {
    const agent = await world.enrolled();
    const report = inventory({ seed: 'unanswered' });

    await agent.report({ ...report, updates: { updates: [], unanswered: 'E: the list of sources could not be read' } });

    expect((await stateOf(agent))?.updates).toBeNull();
  });

  test('the same report twice at once is one change', async () => {
    const agent = await world.enrolled();
    const report = inventory({ seed: 'twice' });
    const sections = addressed(report);

    await Promise.all(
      SECTION_NAMES.flatMap((name) => [agent.send(name, sections[name]), agent.send(name, sections[name])]),
    );
    const answers = await Promise.all([agent.checkIn(sections), agent.checkIn(sections), agent.checkIn(sections)]);

    expect(answers.map(({ body }) => body.accepted)).toEqual([true, true, true]);
    expect(await leavesOf(agent)).toHaveLength(1);
  });

  describe('what is refused loses nothing', () => {
    let agent: FakeAgent;
    const good = inventory({ seed: 'good' });
    const { packages } = addressed(good);
    beforeAll(async () => {
      agent = await world.enrolled('refused');
      await agent.report(good);
    });

    function put(bytes: Uint8Array, how: { hash?: string; gzip?: boolean; name?: string } = {}) {
      const { hash = sha256(bytes), gzip = true, name = 'packages' } = how;
      return agent.call<{ error: { code: string } }>({
        method: 'PUT',
        path: `/agent/v1/sections/${name}/${hash}`,
        bytes: gzip ? gzipSync(bytes) : bytes,
        headers: gzip ? { 'content-encoding': 'gzip' } : {},
      });
    }
    const text = (value: unknown) => Buffer.from(canonicalJson(value));
    const withVersion = (version: string) =>
      text({ ...good.packages, packages: good.packages.packages.map((one) => ({ ...one, version })) });

    test.each([
      ['a wrong hash', () => put(packages.bytes, { hash: sha256('other') }), 400, 'section-hash-mismatch'],
      ['an address that is no hash', () => put(packages.bytes, { hash: 'sha256:xyz' }), 400, 'bad-request'],
      ['an unknown section', () => put(packages.bytes, { name: 'files' }), 400, 'bad-request'],
      ['an impossible version', () => put(withVersion('1.0 beta')), 400, 'version-impossible'],
      ['an unknown field', () => put(text({ ...good.packages, note: 'x' })), 400, 'section-invalid'],
      ['half a section', () => put(packages.bytes.subarray(0, 100)), 400, 'body-not-json'],
      ['100,000 levels of nesting', () => put(Buffer.from('['.repeat(100_000))), 400, 'body-too-deep'],
      ['a broken gzip', () => brokenGzip(), 400, 'bad-request'],
      ['a gzip bomb', () => put(Buffer.alloc(SECTION_BYTES_MAX + 1)), 413, 'too-large'],
      [
        'more bytes than a section has',
        () => put(Buffer.alloc(SECTION_BYTES_MAX + 1), { gzip: false }),
        413,
        'too-large',
      ],
    ] as const)('%s', async (_, send, status, code) => {
      const answer = await send();

      expect([answer.status, answer.body.error.code]).toEqual([status, code]);
      expect((await agent.checkIn(addressed(good))).body.accepted).toBe(true);
    });

    function brokenGzip() {
      return agent.call<{ error: { code: string } }>({
        method: 'PUT',
        path: `/agent/v1/sections/packages/${packages.hash}`,
        bytes: Buffer.from('no gzip at all'),
        headers: { 'content-encoding': 'gzip' },
      });
    }

    test.each([
      ['an unknown field', { commands: ['rm'] }],
      ['a missing section', { sections: { packages: packages.hash } }],
      ['a time that is none', { sentAt: 'yesterday' }],
    ])('a check-in with %s', async (_, more) => {
      const answer = await agent.checkIn(addressed(good), more);

      expect(answer.status).toBe(400);
    });

    test('a section under the name of another is asked for again, never mixed up', async () => {
      const sections = addressed(good);

      const answer = await agent.checkIn({ ...sections, packages: sections.origins });

      expect(answer.body).toMatchObject({ accepted: false, missing: ['packages'] });
    });
  });

  /** The sequencer writes too; its work of the tests before must be over when writes are counted. */
  async function settled(): Promise<void> {
    for (;;) {
      const { rows } = await sql<{ waiting: number }>`
        select count(*) as waiting from documentation.leaf where index is null
      `.execute(db);
      if (rows[0]?.waiting === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});
