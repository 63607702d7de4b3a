import type { SeverityOutcome, SeverityPage } from '@patchsteward/contract';
import { DAY_MS, HOUR_MS } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { kevFile, osvFile } from './testing/feed-files.ts';
import { installed, offered, reportHost } from './testing/reported-host.ts';
import { NOON, openWorld, type World } from './testing/world.ts';

describeWithDatabase('severities that Security judges', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
    const report = { packages: [installed('curl', '1.0-1')], updates: [offered('curl', '1.0-1', '2.0-1')] };
    await reportHost(world, 'web-1', report);
    await reportHost(world, 'web-2', report);
    await world.importFeed('debian-osv', osvFile({ id: 'DSA-1-1', package: 'curl', upstream: IDS, fixed: '2.0-1' }));
  });
  afterEach(() => world.close());

  const IDS = ['CVE-2026-0001', 'CVE-2026-0002'];
  const LATER = NOON + 48 * HOUR_MS;

  async function send(path: string, payload: object) {
    const response = await world.app.inject({
      ...{ method: 'POST', url: `/api/v1/severities${path}`, payload },
      headers: { 'content-type': 'application/json' },
    });
    return { status: response.statusCode, body: response.json() };
  }

  const judge = (vulnerabilities: readonly string[], severity: string, more: object = {}) =>
    send('', { vulnerabilities, severity, why: 'needs a local account', ...more });

  async function lanes() {
    const rows = await world.db
      .selectFrom('evaluation.assessment as assessment')
      .innerJoin('identification.asset as asset', 'asset.id', 'assessment.asset_id')
      .select(['asset.name', 'assessment.lane', 'assessment.due'])
      .orderBy('asset.name')
      .execute();
    return rows.map(({ name, lane, due }) => [name, lane, due]);
  }

  async function listed(state: string): Promise<SeverityPage['items']> {
    const { body } = await world.get(`severities?state=${state}`);
    return (body as SeverityPage).items; // The contract checked it on its way out.
  }

  it('are listed, one row for each vulnerability, with where it is and by when', async () => {
    expect(await listed('unknown')).toMatchObject(
      IDS.map((vulnerability) => ({
        ...{ vulnerability, feeds: ['debian-osv'], sources: ['curl'], scopes: ['debian:12'], assets: 2 },
        ...{ lane: 'critical', due: new Date(LATER).toISOString(), late: false, advisory: 'DSA-1-1' },
        intelligence: { severity: 'unknown', said: null },
      })),
    );
    expect(await listed('judged')).toEqual([]);
  });

  it('show what would move before anything does', async () => {
    const { body } = await send('/preview', { vulnerabilities: IDS, severity: 'medium' });

    expect(body).toMatchObject({
      ...{ vulnerabilities: 2, notFound: 0, findings: 4, saidBefore: [], campaigns: [] },
      moves: [
        {
          ...{ from: 'critical', to: 'routine', vulnerabilities: 2, findings: 4 },
          ...{ dueBefore: new Date(LATER).toISOString(), dueAfter: expect.any(String) },
        },
      ],
    } satisfies SeverityOutcome | object);
    expect(await lanes()).toEqual([
      ['web-1', 'critical', LATER],
      ['web-2', 'critical', LATER],
    ]);
  });

  it('move lanes and due times of every asset at once, and say who said so', async () => {
    expect(await judge(IDS, 'medium')).toMatchObject({ status: 200, body: { vulnerabilities: 2, findings: 4 } });

    expect(await lanes()).toEqual([
      ['web-1', 'routine', NOON + 30 * DAY_MS],
      ['web-2', 'routine', NOON + 30 * DAY_MS],
    ]);
    expect(await listed('unknown')).toEqual([]);
    expect(await listed('judged')).toMatchObject(
      IDS.map((vulnerability) => ({
        ...{ vulnerability, lane: 'routine' },
        intelligence: {
          ...{ severity: 'medium', severityFrom: 'Security (Ada Example)' },
          said: { severity: 'medium', by: 'Ada Example', why: 'needs a local account', source: null, differs: false },
        },
      })),
    );
    const { body } = await world.get('finding-groups');
    expect(body).toMatchObject({ items: [{ severity: 'medium', lane: 'routine' }, { severity: 'medium' }] });
  });

  it('leave an entry of the record for each vulnerability', async () => {
    await judge(IDS, 'medium');

    const leaves = await world.db
      .selectFrom('documentation.leaf')
      .select(['kind', 'subject', 'actor', 'payload'])
      .where('kind', '=', 'severity.judged')
      .orderBy('subject')
      .execute();
    expect(leaves).toMatchObject(
      IDS.map((subject) => ({
        ...{ subject, actor: expect.stringMatching(/^person:/) },
        payload: { severity: 'medium', why: 'needs a local account', before: null, together: 2 },
      })),
    );
  });

  it('go back to the critical clock when the judgment is withdrawn', async () => {
    await judge(IDS, 'low');

    const { status } = await send('/withdraw', { vulnerabilities: IDS.slice(0, 1), why: 'an exploit was published' });

    expect(status).toBe(200);
    expect(await lanes()).toMatchObject([
      ['web-1', 'critical', LATER],
      ['web-2', 'critical', LATER],
    ]);
    expect(await listed('unknown')).toMatchObject([{ vulnerability: 'CVE-2026-0001' }]);
    const kept = await world.db
      .selectFrom('identification.severity_judgment')
      .select('severity')
      .orderBy('id')
      .execute();
    expect(kept.map(({ severity }) => severity)).toEqual(['low', 'low', null]);
  });

  it('stay urgent where they are known to be exploited, whatever is said', async () => {
    await judge(IDS, 'low');

    await world.importFeed('kev', kevFile('2026-11-19T00:00:00Z', { id: 'CVE-2026-0001' }));

    expect(await lanes()).toEqual([
      ['web-1', 'critical', LATER],
      ['web-2', 'critical', LATER],
    ]);
  });

  it('are said by one of two who speak at once; the other is told', async () => {
    const both = await Promise.all([judge(IDS, 'low'), judge([...IDS].reverse(), 'high')]);

    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await listed('judged')).toHaveLength(2);
    const kept = await world.db.selectFrom('identification.severity_judgment').select('id').execute();
    expect(kept).toHaveLength(2);
  });

  it.each<[string, () => Promise<{ status: number }>, number]>([
    ['judged twice', () => judge(IDS, 'low').then(() => judge(IDS, 'high')), 409],
    ['judged anew on purpose', () => judge(IDS, 'low').then(() => judge(IDS, 'high', { replace: true })), 200],
    ['withdrawn and never said', () => send('/withdraw', { vulnerabilities: IDS, why: 'x' }), 409],
    ['unknown to every feed', () => judge(['CVE-1999-9999'], 'low'), 400],
    ['without a reason', () => judge(IDS, 'low', { why: '  ' }), 400],
    [
      'more than one decision takes',
      () =>
        judge(
          Array.from({ length: 1_001 }, (_, at) => `CVE-${at}`),
          'low',
        ),
      400,
    ],
  ])('are refused or taken: %s', async (_, act, status) => {
    expect((await act()).status).toBe(status);
  });

  it('are never changed behind the back of the record', async () => {
    await judge(IDS, 'low');

    await expect(
      world.db.updateTable('identification.severity_judgment').set({ severity: 'none' }).execute(),
    ).rejects.toMatchObject({ message: expect.stringContaining('append-only') });
  });
});
