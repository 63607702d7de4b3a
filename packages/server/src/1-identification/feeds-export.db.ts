import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { type OsvFacts, osvFile } from './testing/feed-files.ts';
import { installed, reportHost } from './testing/reported-host.ts';
import { openWorld, type World } from './testing/world.ts';

const FIRST: OsvFacts = {
  ...{ id: 'DSA-1-1', package: 'curl', fixed: '2.0-1', upstream: ['CVE-2026-0001', 'CVE-2026-0002'] },
};
const SECOND: OsvFacts = { id: 'DSA-2-1', package: 'zlib', fixed: '9.0-1', upstream: ['CVE-2026-0003'] };

interface Exported {
  readonly id: string;
  readonly upstream: readonly string[];
  readonly withdrawn?: string;
  readonly affected: readonly { readonly ranges: readonly { readonly events: readonly object[] }[] }[];
  readonly database_specific: { readonly patchsteward: { readonly feed: string } };
}

describeWithDatabase('advisories as OSV', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1'), installed('zlib', '5.0-1')] });
    await world.importFeed('debian-osv', osvFile(FIRST, SECOND));
    await world.grantWishes();
  });
  afterEach(() => world.close());

  async function exportText(query = ''): Promise<string> {
    const { statusCode, headers, body } = await world.app.inject({ url: `/api/v1/advisories/osv${query}` });
    expect([statusCode, headers['content-type']]).toEqual([200, 'application/jsonl']);
    return body;
  }
  const linesOf = (text: string): Exported[] =>
    text
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  const idsOf = async (query: string) => linesOf(await exportText(query)).map(({ id }) => id);
  async function findings() {
    const assets = (await world.get('assets')).body as { items: { id: string }[] };
    const { body } = await world.get(`assets/${assets.items[0]?.id}/findings`);
    const { items } = body as { items: { vulnerability: string; source: string; fixedVersion: string }[] };
    return items.map(({ vulnerability, source, fixedVersion }) => `${vulnerability} ${source} ${fixedVersion}`).sort();
  }

  it('are read back by another server with the same findings', async () => {
    const known = await exportText();
    const before = await findings();
    await world.close();
    world = await openWorld();
    await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1'), installed('zlib', '5.0-1')] });

    expect(await world.importFeed('debian-osv', known)).toMatchObject({ added: 2, quarantinedTotal: 0 });
    await world.grantWishes();
    expect(await findings()).toEqual(before);
    expect(before.length).toBe(3);
    expect(await exportText()).toBe(known);
  });

  it.each([
    ['', ['DSA-1-1', 'DSA-2-1']],
    ['?feed=debian-osv', ['DSA-1-1', 'DSA-2-1']],
    ['?feed=npm-osv', []],
    ['?vulnerability=CVE-2026-0002', ['DSA-1-1']],
    ['?vulnerability=CVE-2026-0003,CVE-2026-0001', ['DSA-1-1', 'DSA-2-1']],
    ['?vulnerability=CVE-1999-0001', []],
    ['?at=2026-11-19', []],
  ])('of %j are %j', async (query, ids) => {
    expect(await idsOf(query)).toEqual(ids);
  });

  it('are told as they were on a day', async () => {
    world.at('2026-11-22T12:00:00Z');
    await world.importFeed('debian-osv', osvFile({ ...FIRST, fixed: '3.0-1', modified: '2026-11-22T10:00:00Z' }));
    await world.importFeed('debian-osv', osvFile({ ...SECOND, ...at('2026-11-22T10:00:00Z') }));
    const [then, now] = [linesOf(await exportText('?at=2026-11-21')), linesOf(await exportText())];

    expect([then, now].map(([first]) => first?.affected[0]?.ranges[0]?.events[1])).toEqual([
      { fixed: '2.0-1' },
      { fixed: '3.0-1' },
    ]);
    expect([then, now].map(([, second]) => [second?.withdrawn, second?.affected.length])).toEqual([
      [undefined, 1],
      ['2026-11-22T10:00:00.000Z', 0],
    ]);
  });

  it('of two feeds with one id are two records', async () => {
    await world.importFeed('almalinux-osv', almaLinux('DSA-1-1'));

    expect(await idsOf('')).toEqual(['DSA-1-1', 'x_debian-osv_DSA-1-1', 'DSA-2-1']);
  });

  it.each([
    ['?feed=nobody', 404],
    ['?at=2999-01-01', 400],
    ['?at=yesterday', 400],
  ])('are refused for %s', async (query, status) => {
    expect((await world.get(`advisories/osv${query}`)).status).toBe(status);
  });
});

const at = (modified: string) => ({ modified, withdrawn: modified });

function almaLinux(id: string): string {
  return JSON.stringify({
    ...{ id, modified: '2026-11-19T10:30:00Z', upstream: ['CVE-2026-0009'] },
    affected: [
      {
        package: { ecosystem: 'AlmaLinux:9', name: 'curl' },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '7.76.1-29.el9_4' }] }],
      },
    ],
  });
}
