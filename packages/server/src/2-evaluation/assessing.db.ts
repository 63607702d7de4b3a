import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { HOUR_MS } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { evidenceForEvaluation } from '../1-identification/evaluation-evidence.ts';
import { kevFile, osvFile } from '../1-identification/testing/feed-files.ts';
import { installed, offered, reportHost } from '../1-identification/testing/reported-host.ts';
import { NOON, openWorld, type World } from '../1-identification/testing/world.ts';
import { lanesOfAssets } from '../campaign/severity-campaigns.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { assessAll } from './assessing.ts';

const ASSESSING = { evidenceReader: evidenceForEvaluation, policy: DEFAULT_POLICY, follow: lanesOfAssets };

describeWithDatabase('the assessment of an asset', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
  });
  afterEach(() => world.close());

  const CURL = { id: 'DSA-1-1', package: 'curl', upstream: ['CVE-2026-0001', 'CVE-2026-0002'], fixed: '2.0-1' };
  const OLD = { packages: [installed('curl', '1.0-1')], updates: [offered('curl', '1.0-1', '2.0-1')] };

  async function assessments() {
    return world.db.selectFrom('evaluation.assessment').selectAll().orderBy('asset_id').execute();
  }

  it('is the verdict over what stands on it, with lane, due time and security updates', async () => {
    const assetId = await reportHost(world, 'web-1', OLD);
    await world.importFeed('debian-osv', osvFile(CURL));

    expect(await assessments()).toMatchObject([
      {
        asset_id: assetId,
        policy_version: 'sop-3',
        lane: 'critical',
        due: NOON + 48 * HOUR_MS,
        security_updates: 1,
        verdict: {
          kind: 'proceed',
          value: {
            lane: 'critical',
            reasons: expect.arrayContaining([
              expect.objectContaining({ code: 'severity-unknown', subject: 'CVE-2026-0001 and 1 more' }),
            ]),
          },
        },
      },
    ]);
    expect((await world.get('assets')).body).toMatchObject({
      items: [
        {
          findings: 2,
          securityUpdates: 1,
          nextDue: { lane: 'critical', due: new Date(NOON + 48 * HOUR_MS).toISOString(), late: false },
        },
      ],
    });
  });

  it('is late when time has passed, without being written again', async () => {
    await reportHost(world, 'web-1', OLD);
    await world.importFeed('debian-osv', osvFile(CURL));
    const before = await assessments();

    world.at(NOON + 48 * HOUR_MS + 1);

    expect((await world.get('assets')).body).toMatchObject({ items: [{ nextDue: { late: true } }] });
    expect(await assessments()).toEqual(before);
  });

  it('waits where nothing could be judged, and stops where there is nothing to evaluate', async () => {
    await reportHost(world, 'web-1', OLD);
    await world.grantWishes();
    expect(await assessments()).toMatchObject([
      { lane: null, due: null, verdict: { kind: 'wait', waitingOn: [{ code: 'no-feed' }] } },
    ]);

    await world.importFeed('debian-osv', osvFile({ ...CURL, package: 'bash' }));

    expect(await assessments()).toMatchObject([
      {
        lane: null,
        due: null,
        verdict: { kind: 'stop', blockedBy: [{ code: 'nothing-to-evaluate', subject: 'web-1' }] },
      },
    ]);
  });

  it('does not know the security updates of a host whose package manager gave no answer', async () => {
    await reportHost(world, 'web-1', { packages: OLD.packages, unanswered: 'E: broken' });
    await world.grantWishes();

    expect(await assessments()).toMatchObject([{ security_updates: null }]);
  });

  it('follows a new report', async () => {
    await world.importFeed('debian-osv', osvFile(CURL));
    const assetId = await reportHost(world, 'web-1', OLD);
    await world.grantWishes();

    world.at(NOON + HOUR_MS);
    await reportHost(world, 'web-1', { packages: [installed('curl', '2.0-1')] }, { assetId });
    await world.grantWishes();

    expect(await assessments()).toMatchObject([{ lane: null, security_updates: 0, verdict: { kind: 'stop' } }]);
  });

  it('follows a person who says how critical and exposed the asset is', async () => {
    const assetId = await reportHost(world, 'web-1', OLD);
    await world.importFeed('debian-osv', osvFile(CURL));
    const priority = async () => JSON.parse(JSON.stringify((await assessments())[0]?.verdict)).value.priority;
    const before = await priority();

    await world.app.inject({
      method: 'PATCH',
      url: `/api/v1/assets/${assetId}`,
      headers: { 'content-type': 'application/json' },
      payload: { version: 1, criticality: 'critical' },
    });
    await world.grantWishes();

    expect(await priority()).toBe(2 * before);
  });

  it('follows what becomes known to be exploited', async () => {
    await reportHost(world, 'web-1', OLD);
    await world.importFeed('debian-osv', osvFile(CURL));

    await world.importFeed('kev', kevFile('2026-11-19T00:00:00Z', { id: 'CVE-2026-0001' }));

    expect(await assessments()).toMatchObject([
      {
        verdict: {
          value: {
            reasons: expect.arrayContaining([expect.objectContaining({ code: 'exploitation-details-unknown' })]),
          },
        },
      },
    ]);
  });

  it('is made again under another policy, and only then', async () => {
    await reportHost(world, 'web-1', OLD);
    await reportHost(world, 'web-2', OLD);
    await world.importFeed('debian-osv', osvFile(CURL));
    expect(await assessAll(world.corridor, ASSESSING, world.clock)).toBe(0);

    await world.db.updateTable('evaluation.assessment').set({ policy_version: 'sop-0' }).execute();

    expect(await assessAll(world.corridor, ASSESSING, world.clock)).toBe(2);
    expect(await assessments()).toMatchObject([{ policy_version: 'sop-3' }, { policy_version: 'sop-3' }]);
  });

  it('stops when its time is over, and the rest follows by wish', async () => {
    await reportHost(world, 'web-1', OLD);
    await world.importFeed('debian-osv', osvFile(CURL));
    await world.db.deleteFrom('evaluation.assessment').execute();

    expect(await assessAll(world.corridor, ASSESSING, world.clock, world.clock() - 1)).toBe(0);
    await world.grantWishes();

    expect(await assessments()).toHaveLength(1);
  });

  it('two servers at once come to one assessment of each asset', async () => {
    for (let at = 0; at < 60; at += 1) await reportHost(world, `web-${at}`, OLD);
    await world.importFeed('debian-osv', osvFile(CURL));
    await world.db.deleteFrom('evaluation.assessment').execute();

    await Promise.all([1, 2].map(() => assessAll(world.corridor, ASSESSING, world.clock)));

    const rows = await assessments();
    expect(rows).toHaveLength(60);
    expect(new Set(rows.map(({ due }) => due))).toEqual(new Set([NOON + 48 * HOUR_MS]));
  });
});
