import type { AssetFindings, SeverityPage, SeverityWords } from '@patchsteward/contract';
import { DEFAULT_POLICY } from '@patchsteward/core/policy';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cveRecord, cvss31, LOCAL, NETWORK, ssvc } from '../../../feeds/src/cve/testing/record.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { believeAnew } from './believing.ts';
import { osvFile } from './testing/feed-files.ts';
import { installed, offered, reportHost } from './testing/reported-host.ts';
import { openWorld, type World } from './testing/world.ts';

const ID = 'CVE-2026-0001';
const lines = (...records: readonly object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');

/** What the CVE list says, the CNA's rating last changed at this hour. */
function list(hour: number, vector: string, score: number, word: string, more: readonly object[] = []): string {
  const updated = `2026-11-20T0${hour}:00:00.000Z`;
  return lines(cveRecord({ id: ID, updated, cna: [cvss31(vector, score, word)], adp: more }));
}

function nvd(vector: string, baseScore: number): string {
  const cvssData = { version: '3.1', vectorString: vector, baseScore, baseSeverity: 'CRITICAL' };
  const metrics = { cvssMetricV31: [{ source: 'nvd@nist.gov', type: 'Primary', cvssData }] };
  const cve = { id: ID, vulnStatus: 'Analyzed', lastModified: '2026-11-20T08:00:00.000', metrics };
  const page = { resultsPerPage: 1, startIndex: 0, totalResults: 1, format: 'NVD_CVE', version: '2.0' };
  return JSON.stringify({ ...page, timestamp: '2026-11-20T09:00:00.000', vulnerabilities: [{ cve }] });
}

describeWithDatabase('severities that sources name', () => {
  let world: World;
  let assetId: string;
  beforeEach(async () => {
    world = await openWorld();
    const report = { packages: [installed('curl', '1.0-1')], updates: [offered('curl', '1.0-1', '2.0-1')] };
    assetId = await reportHost(world, 'web-1', report);
    await world.importFeed('debian-osv', osvFile({ id: 'DSA-1-1', package: 'curl', upstream: [ID], fixed: '2.0-1' }));
  });
  afterEach(() => world.close());

  const words = async (more = ''): Promise<SeverityWords> =>
    (await world.get(`severities/${ID.toLowerCase()}${more}`)).body as SeverityWords; // The contract checked it.
  const finding = async () => ((await world.get(`assets/${assetId}/findings`)).body as AssetFindings).items[0];
  const waiting = async () => ((await world.get('severities?state=unknown')).body as SeverityPage).total;

  async function stored() {
    const { lane } = await world.db
      .selectFrom('evaluation.assessment')
      .select('lane')
      .where('asset_id', '=', assetId)
      .executeTakeFirstOrThrow();
    return lane;
  }

  it('are unknown until a source names one; then lane, lists and finding follow at once', async () => {
    expect(await finding()).toMatchObject({ assessment: { lane: 'critical' }, intelligence: { severity: 'unknown' } });
    expect(await waiting()).toBe(1);

    const imported = await world.importFeed('cve-list', list(1, LOCAL, 7.8, 'HIGH', [ssvc('none', 'no', 'partial')]));

    expect(imported).toMatchObject({ changed: true, records: 1, added: 1, updated: 0, quarantinedTotal: 0 });
    expect(await finding()).toMatchObject({
      assessment: {
        lane: 'routine',
        bod: { inputs: { automatable: false, technicalImpact: 'partial' } },
        ssvc: { inputs: { exploitation: 'none' } },
      },
      intelligence: { severity: 'high', severityFrom: 'redhat (CNA)' },
    });
    expect(await stored()).toBe('routine');
    expect(await waiting()).toBe(0);
  });

  it('come from several sources, all of which are shown, with the one that is believed and why', async () => {
    await world.importFeed('cve-list', list(1, LOCAL, 7.8, 'HIGH', [cvss31(NETWORK, 9.8, 'CRITICAL')]));
    await world.importFeed('nvd', nvd(NETWORK, 9.1));
    expect(await stored()).toBe('routine');

    expect(await words()).toMatchObject({
      ...{ vulnerability: ID, distribution: null, cvss: 7.8, voices: DEFAULT_POLICY.severity.voices, elsewhere: [] },
      intelligence: { severity: 'high', severityFrom: 'redhat (CNA)' },
      ratings: [
        { source: 'redhat', score: 7.8, place: 'believed', problem: null },
        { source: 'CISA-ADP', score: 9.8, place: 'voice-comes-later' },
        // What NVD states is not what its vector comes to: the score is computed, and the difference is said.
        { source: 'NVD', score: 9.8, stated: { score: 9.1 }, problem: 'score-differs', place: 'voice-comes-later' },
      ],
    });
  });

  it('of the vendor count on its distribution alone', async () => {
    await world.importFeed('cve-list', list(1, LOCAL, 7.8, 'HIGH'));
    const ubuntu = {
      ...{ id: `UBUNTU-${ID}`, modified: '2026-11-20T00:00:00Z', severity: [{ type: 'Ubuntu', score: 'low' }] },
      affected: [
        {
          package: { ecosystem: 'Ubuntu:22.04:LTS', name: 'curl' },
          ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }],
        },
      ],
    };
    await world.importFeed('ubuntu-osv', lines(ubuntu));

    expect(await words('?distribution=ubuntu:22.04')).toMatchObject({
      ...{ distribution: 'ubuntu', cvss: null, intelligence: { severity: 'low', severityFrom: 'ubuntu' } },
    });
    expect(await words()).toMatchObject({
      intelligence: { severity: 'high' },
      elsewhere: [{ distribution: 'ubuntu', severity: 'low', from: 'ubuntu' }],
    });
    expect((await finding())?.intelligence).toMatchObject({ severity: 'high' });

    // The advisory rates it no more: what it said before is over.
    await world.importFeed('ubuntu-osv', lines({ ...ubuntu, modified: '2026-11-20T02:00:00Z', severity: [] }));
    expect(await words()).toMatchObject({ elsewhere: [] });
  });

  it('twice imported change nothing, and neither does an older revision', async () => {
    const young = list(3, LOCAL, 7.8, 'HIGH');
    await world.importFeed('cve-list', young);

    const calm = { changed: false, added: 0, updated: 0, rejudged: 0 };
    expect(await world.importFeed('cve-list', young)).toMatchObject(calm);
    expect(await world.importFeed('vulnrichment', list(2, NETWORK, 9.8, 'CRITICAL'))).toMatchObject(calm);
    expect(await stored()).toBe('routine');
    expect(await world.importFeed('vulnrichment', list(4, NETWORK, 9.8, 'CRITICAL'))).toMatchObject({ updated: 1 });
    expect(await stored()).toBe('critical');
  });

  it('of a record that was rejected are over', async () => {
    await world.importFeed('cve-list', list(1, LOCAL, 7.8, 'HIGH'));
    const rejected = cveRecord({ id: ID, state: 'REJECTED', updated: '2026-11-20T05:00:00.000Z' });

    await world.importFeed('cve-list', lines(rejected));

    expect(await words()).toMatchObject({ ratings: [], intelligence: { severity: 'unknown', severityFrom: null } });
  });

  it('are believed anew when the policy says so', async () => {
    await world.importFeed('cve-list', list(1, LOCAL, 7.8, 'HIGH'));
    await world.importFeed('nvd', nvd(NETWORK, 9.8));
    const policy = { critical: DEFAULT_POLICY.critical, severity: { voices: ['nvd', 'cna'] as const } };

    expect(await believeAnew(world.corridor, policy, world.clock)).toBe(1);
    expect(await believeAnew(world.corridor, policy, world.clock)).toBe(0);
    await world.grantWishes();

    expect((await finding())?.intelligence).toMatchObject({ severity: 'critical', severityFrom: 'NVD' });
    expect(await stored()).toBe('critical');
  });

  it('refuses a file that is none, and keeps what there is', async () => {
    await world.importFeed('cve-list', list(1, LOCAL, 7.8, 'HIGH'));

    expect(await world.refuseFeed('cve-list', '[{"id":"DSA-1"}]')).toMatchObject({ code: 'feed-unreadable' });
    expect(await world.refuseFeed('nvd', '{"vulnerabilities":[]}')).toMatchObject({ code: 'feed-unreadable' });

    expect(await words()).toMatchObject({ intelligence: { severity: 'high' } });
  });
});
