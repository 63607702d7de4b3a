import type { AssetFindings, SeverityOutcome, SeverityPage, SeverityWords } from '@patchsteward/contract';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { HOUR_MS } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cveRecord, cvss31, LOCAL, NETWORK, ssvc } from '../../../feeds/src/cve/testing/record.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { believeAnew } from './believing.ts';
import { kevFile, osvFile } from './testing/feed-files.ts';
import { installed, offered, reportHost } from './testing/reported-host.ts';
import { NOON, openWorld, type World } from './testing/world.ts';

const ID = 'CVE-2026-0001';

function list(hour: number, vector: string, score: number, word: string, more: readonly object[] = []): string {
  const updated = `2026-11-20T0${hour}:00:00.000Z`;
  return `${JSON.stringify(cveRecord({ id: ID, updated, cna: [cvss31(vector, score, word)], adp: more }))}\n`;
}

const GRAVE = [ssvc('active', 'yes', 'total')];
const CALM = [ssvc('none', 'no', 'partial')];

describeWithDatabase('what sources say less of by now', () => {
  let world: World;
  let assetId: string;
  beforeEach(async () => {
    world = await openWorld();
    const report = { packages: [installed('curl', '1.0-1')], updates: [offered('curl', '1.0-1', '2.0-1')] };
    assetId = await reportHost(world, 'web-1', report);
    await world.importFeed('debian-osv', osvFile({ id: 'DSA-1-1', package: 'curl', upstream: [ID], fixed: '2.0-1' }));
  });
  afterEach(() => world.close());

  const words = async (): Promise<SeverityWords> => (await world.get(`severities/${ID}`)).body as SeverityWords; // The contract checked it.
  const finding = async () => ((await world.get(`assets/${assetId}/findings`)).body as AssetFindings).items[0];
  const waiting = async () => (await world.get('severities?state=held')).body as SeverityPage;
  const kinds = async () => (await words()).changes.map(({ kind, what }) => `${kind} ${what}`);

  async function lane() {
    const { lane: stored, due } = await world.db
      .selectFrom('evaluation.assessment')
      .select(['lane', 'due'])
      .where('asset_id', '=', assetId)
      .executeTakeFirstOrThrow();
    return { lane: stored, due };
  }

  async function send(path: string, payload: object) {
    const response = await world.app.inject({
      ...{ method: 'POST', url: `/api/v1/severities/${path}`, payload },
      headers: { 'content-type': 'application/json' },
    });
    return { status: response.statusCode, body: response.json<SeverityOutcome>() };
  }
  const follow = (vulnerabilities: readonly string[] = [ID]) =>
    send('follow', { vulnerabilities, why: 'the CNA corrected its vector' });

  it('keeps lane and due time, and says both words', async () => {
    await world.importFeed('cve-list', list(1, NETWORK, 9.8, 'CRITICAL', GRAVE));
    const before = await lane();
    world.at(NOON + HOUR_MS);

    await world.importFeed('cve-list', list(2, LOCAL, 7.8, 'HIGH', CALM));

    expect(await lane()).toEqual(before);
    expect((await finding())?.assessment.reasons).toContainEqual(
      expect.objectContaining({ code: 'urgency-held', subject: ID, clearableBy: ['security'] }),
    );
    expect((await finding())?.intelligence).toMatchObject({
      ...{ severity: 'critical', severityFrom: 'redhat (CNA)' },
      held: { severity: 'high', cvss: 7.8, since: '2026-11-20T13:00:00.000Z', ssvc: { exploitation: 'none' } },
    });
    expect(await waiting()).toMatchObject({ total: 1, items: [{ vulnerability: ID, assets: 1, lane: 'critical' }] });
    expect((await words()).changes).toMatchObject([
      {
        ...{ kind: 'held', what: 'rating', feed: 'cve-list', at: '2026-11-20T13:00:00.000Z' },
        before: 'critical 9.8, says redhat (CNA); exploitation active; attacks can be automated; total impact',
        after: 'high 7.8, says redhat (CNA); exploitation none; attacks cannot be automated; partial impact',
      },
    ]);
  });

  it('moves down once Security agrees, after it was shown what moves', async () => {
    await world.importFeed('cve-list', list(1, NETWORK, 9.8, 'CRITICAL', GRAVE));
    await world.importFeed('cve-list', list(2, LOCAL, 7.8, 'HIGH', CALM));
    const would = await send('preview', { vulnerabilities: [ID], severity: 'as-sources-say' });

    expect(would.body).toMatchObject({ findings: 1, moves: [{ from: 'critical', to: 'routine', findings: 1 }] });
    expect(await lane()).toMatchObject({ lane: 'critical' });
    expect(await follow()).toEqual({ status: 200, body: would.body });

    expect(await lane()).toMatchObject({ lane: 'routine' });
    expect(await words()).toMatchObject({
      cvss: 7.8,
      intelligence: { severity: 'high' },
      points: [{ automatable: false }],
    });
    expect((await words()).intelligence).not.toHaveProperty('held');
    expect(await waiting()).toMatchObject({ total: 0 });
    expect(await kinds()).toEqual(['agreed rating', 'held rating']);
    const leaves = world.db.selectFrom('documentation.leaf').select('subject').where('kind', '=', 'severity.followed');
    expect(await leaves.execute()).toEqual([{ subject: ID }]);
    // Asked again there is nothing to agree to, and what was agreed to does not come back with the same file.
    expect(await follow()).toMatchObject({ status: 409 });
    await world.importFeed('cve-list', list(3, LOCAL, 7.8, 'HIGH', CALM));
    expect(await waiting()).toMatchObject({ total: 0 });
  });

  it('waits for nobody while Security says that what counts is to stay', async () => {
    await world.importFeed('cve-list', list(1, NETWORK, 9.8, 'CRITICAL', GRAVE));
    await world.importFeed('cve-list', list(2, LOCAL, 7.8, 'HIGH', CALM));
    const before = await lane();
    const say = (path: string, payload: object) =>
      world.app.inject({ method: 'POST', url: `/api/v1/severities${path}`, payload });

    const kept = await say('', { vulnerabilities: [ID], severity: 'critical', why: 'the flaw is as grave as before' });

    expect(kept.statusCode).toBe(200);
    expect(await waiting()).toMatchObject({ total: 0 });
    expect(await lane()).toEqual(before);

    await say('/withdraw', { vulnerabilities: [ID], why: 'the sources know better' });
    expect(await waiting()).toMatchObject({ total: 1 });
    expect(await lane()).toEqual(before);
  });

  it('agrees to nothing where one of them does not wait', async () => {
    await world.importFeed('cve-list', list(1, NETWORK, 9.8, 'CRITICAL'));
    await world.importFeed('cve-list', list(2, LOCAL, 7.8, 'HIGH'));

    expect(await follow([ID, 'CVE-2026-0002'])).toMatchObject({
      ...{
        status: 409,
        body: { error: { code: 'conflict', details: [{ problem: expect.stringContaining('0002') }] } },
      },
    });

    expect(await waiting()).toMatchObject({ total: 1 });
  });

  it('waits no more once sources say again what counts', async () => {
    await world.importFeed('cve-list', list(1, NETWORK, 9.8, 'CRITICAL'));
    await world.importFeed('cve-list', list(2, LOCAL, 7.8, 'HIGH'));
    await world.importFeed('cve-list', list(3, NETWORK, 9.8, 'CRITICAL'));

    expect(await waiting()).toMatchObject({ total: 0 });
    expect((await finding())?.assessment.reasons.map(({ code }) => code)).not.toContain('urgency-held');
    // Nothing moved, so nothing was raised.
    expect(await kinds()).toEqual(['held rating']);
  });

  it('moves up at once, with both words', async () => {
    await world.importFeed('cve-list', list(1, LOCAL, 7.8, 'HIGH', CALM));
    expect(await lane()).toMatchObject({ lane: 'routine' });

    await world.importFeed('cve-list', list(2, NETWORK, 9.8, 'CRITICAL', CALM));

    expect(await lane()).toMatchObject({ lane: 'critical' });
    expect((await words()).changes).toMatchObject([
      { kind: 'raised', before: 'high 7.8, says redhat (CNA)', after: 'critical 9.8, says redhat (CNA)' },
    ]);
  });

  it('is what nobody has on any asset: then it is less at once', async () => {
    await reportHost(world, 'web-1', { packages: [installed('curl', '2.0-1')] }, { assetId });
    await world.importFeed('cve-list', list(1, NETWORK, 9.8, 'CRITICAL'));
    await world.db.deleteFrom('identification.finding').execute();

    await world.importFeed('cve-list', list(2, LOCAL, 7.8, 'HIGH'));

    expect(await words()).toMatchObject({ cvss: 7.8, changes: [] });
  });

  it('is agreed to by whoever writes another policy', async () => {
    await world.importFeed('cve-list', list(1, NETWORK, 9.8, 'CRITICAL'));
    await world.importFeed('cve-list', list(2, LOCAL, 7.8, 'HIGH'));
    const { critical } = DEFAULT_POLICY;

    await believeAnew(world.corridor, { critical, severity: { voices: ['cna'] } }, world.clock);
    await world.grantWishes();

    expect(await waiting()).toMatchObject({ total: 0 });
    expect(await lane()).toMatchObject({ lane: 'routine' });
  });

  it('that it is exploited stays when the catalog lists it no more, until Security agrees', async () => {
    await world.importFeed('cve-list', list(1, LOCAL, 7.8, 'HIGH', [ssvc('none', 'yes', 'total')]));
    await world.importFeed('kev', kevFile('2026-11-19T10:00:00Z', { id: ID }, { id: 'CVE-2020-0001' }));
    const before = await lane();
    expect(before).toMatchObject({ lane: 'emergency' });
    expect(await kinds()).toEqual(['raised known-exploited']);

    const without = kevFile('2026-11-20T10:00:00Z', { id: 'CVE-2020-0001' });
    expect(await world.importFeed('kev', without)).toMatchObject({ removed: 0 });

    expect(await lane()).toEqual(before);
    expect(await finding()).toMatchObject({
      intelligence: { knownExploited: { added: '2026-11-18' }, held: { knownExploited: null } },
    });
    // The next catalog says the same: nobody is told again.
    await world.importFeed('kev', kevFile('2026-11-20T11:00:00Z', { id: 'CVE-2020-0001' }));
    expect(await kinds()).toEqual(['held known-exploited', 'raised known-exploited']);

    expect(await follow()).toMatchObject({ status: 200, body: { moves: [{ from: 'emergency', to: 'critical' }] } });
    // Without the listing BOD 26-04 still gives it 14 days.
    expect(await lane()).toMatchObject({ lane: 'critical' });
    expect((await finding())?.intelligence.knownExploited).toBeNull();
    expect((await words()).changes[0]).toMatchObject({
      ...{
        kind: 'agreed',
        before: 'listed as exploited on 2026-11-18, due 2026-11-21',
        after: 'not listed as exploited',
      },
    });
    await world.importFeed('kev', kevFile('2026-11-20T12:00:00Z', { id: 'CVE-2020-0001' }));
    expect(await waiting()).toMatchObject({ total: 0 });
  });

  it('that it was listed later than known moves no clock, and ends when it is listed as it was', async () => {
    await world.importFeed('cve-list', list(1, LOCAL, 7.8, 'HIGH', [ssvc('none', 'yes', 'total')]));
    await world.importFeed('kev', kevFile('2026-11-19T10:00:00Z', { id: ID, added: '2026-11-18' }));
    const before = await lane();

    await world.importFeed('kev', kevFile('2026-11-20T10:00:00Z', { id: ID, added: '2026-11-20' }));
    expect(await lane()).toEqual(before);
    expect(await waiting()).toMatchObject({
      total: 1,
      items: [{ intelligence: { held: { knownExploited: { added: '2026-11-20' } } } }],
    });

    await world.importFeed('kev', kevFile('2026-11-20T11:00:00Z', { id: ID, added: '2026-11-18' }));
    expect(await waiting()).toMatchObject({ total: 0 });
    expect(await lane()).toEqual(before);
  });
});
