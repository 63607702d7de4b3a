import { AssetImport, BillRequest } from '@patchsteward/contract';
import { DAY_MS } from '@patchsteward/core/vocabulary';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readMatters } from '../2-evaluation/telling-matter-store.ts';
import { fireTimers } from '../campaign/store.ts';
import { newId } from '../platform/ids.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { findAssetIds } from './asset-list-store.ts';
import { addBill } from './bill-perform.ts';
import { importAssets } from './import-perform.ts';
import { countSupport } from './lifecycle-store.ts';
import { osvFile } from './testing/feed-files.ts';
import { installed, reportHost } from './testing/reported-host.ts';
import { NOON, openWorld, type World } from './testing/world.ts';

const HEADER = 'version,codename,series,created,release,eol,eol-lts,eol-elts';

describeWithDatabase('ends of support', () => {
  let world: World;
  let web: string;
  beforeEach(async () => {
    world = await openWorld();
    web = await reportHost(world, 'web-1', { packages: [installed('curl', '1.0-1')] });
    await world.importFeed(
      'debian-osv',
      osvFile({ id: 'DSA-1-1', package: 'bash', upstream: ['CVE-2026-1'], fixed: '2' }),
    );
  });
  afterEach(() => world.close());

  const supportUntil = (day: string, lts = '') =>
    world.importFeed('debian-lifecycle', `${HEADER}\n12,Bookworm,bookworm,2021-08-14,2023-06-10,${day},${lts}\n`);

  async function reasons(): Promise<string[]> {
    const { body } = await world.get(`assets/${web}`);
    return (body as { reasons: { code: string }[] }).reasons.map(({ code }) => code);
  }

  const assessment = () =>
    world.db.selectFrom('evaluation.assessment').select(['lane', 'due']).where('asset_id', '=', web).executeTakeFirst();

  it('make a platform past them a finding on its assets, due as the policy says', async () => {
    expect(await supportUntil('2026-11-10')).toMatchObject({ changed: true, added: 1, records: 1 });
    expect(await reasons()).toContain('platform-end-of-life');
    expect(await assessment()).toEqual({ lane: 'mitigation', due: NOON + 30 * DAY_MS });

    expect(await supportUntil('2026-11-10', '2028-06-30')).toMatchObject({ added: 1, updated: 0 });
    expect(await reasons()).not.toContain('platform-end-of-life');
    expect(await assessment()).toEqual({ lane: null, due: null });
  });

  it('are warned of before, and imported twice change nothing', async () => {
    await supportUntil('2027-01-10');
    expect(await reasons()).toContain('platform-ending');
    expect(await assessment()).toEqual({ lane: null, due: null });
    expect(await supportUntil('2027-01-10')).toMatchObject({ changed: false });
    expect(await supportUntil('2027-02-10')).toMatchObject({ updated: 1, added: 0, removed: 0 });
  });

  it('are what the list of assets, its facets, the overview and changes by filter go by', async () => {
    await reportHost(world, 'bsd-1', {
      packages: [],
      release: { id: 'freebsd', versionId: '14', codename: null, prettyName: 'BSD' },
    });
    const states = async (words: string) => {
      const { body } = await world.get(`assets?support=${words}`);
      return (body as { items: { name: string; support: object }[] }).items.map(({ name, support }) => [name, support]);
    };
    await supportUntil('2026-11-10');
    const ended = { state: 'ended', phase: 'regular', until: '2026-11-11T00:00:00.000Z', extendedUntil: null };
    expect(await states('ended')).toEqual([['web-1', ended]]);
    expect(await states('unknown')).toMatchObject([['bsd-1', { state: 'unknown', until: null }]]);
    expect(await countSupport(world.db, { now: NOON, warnMs: 0 })).toMatchObject({
      ended: 1,
      unknown: 1,
      supported: 0,
    });
    const { body } = await world.get('assets/facets');
    const { facets } = body as { facets: { name: string; values: object[] }[] };
    expect(facets.find(({ name }) => name === 'support')?.values).toEqual([
      { value: 'ended', assets: 1 },
      { value: 'unknown', assets: 1 },
    ]);

    await supportUntil('2026-11-10', '2028-06-30');
    expect([await states('ended,extended'), (await states('supported')).length]).toEqual([[], 1]);
  });

  it('end what could still have been fixed: on the asset and in answers, with what is left to do', async () => {
    await world.importFeed(
      'debian-osv',
      osvFile({ id: 'DSA-2-1', package: 'curl', upstream: ['CVE-2026-2'], fixed: null }),
    );
    const finding = async () => ((await world.get(`assets/${web}/findings`)).body as { items: object[] }).items[0];
    const exposed = async (more = '') =>
      ((await world.get(`exposure/CVE-2026-2${more}`)).body as { assets: object[] }).assets[0];
    const before = { status: 'affected', reasons: [{ code: 'no-fix-available' }] };
    expect([await finding(), await exposed()]).toMatchObject([before, before]);

    await supportUntil('2026-11-20');
    expect([await finding(), await exposed()]).toMatchObject([before, before]);
    world.at(NOON + DAY_MS);
    const ended = { status: 'end_of_life', reasons: [{ code: 'fix-past-support' }] };
    const why = expect.stringContaining('ended on 2026-11-20.');
    expect([await finding(), await exposed()]).toMatchObject([
      { ...ended, why },
      { ...ended, why, next: { step: 'mitigate' } },
    ]);
    // Of the day before it is answered as it was then.
    expect(await exposed('?at=2026-11-20T13:00:00Z')).toMatchObject({ status: 'affected' });
  });

  it('that come while nothing else happens are assessed on their day, also when an import moved them', async () => {
    const timer = () =>
      world.db.selectFrom('campaign.timer').select('due').where('kind', '=', 'platform.ends').executeTakeFirst();
    await supportUntil('2027-01-10');
    await world.grantWishes();
    expect(await timer()).toEqual({ due: Date.UTC(2027, 0, 11) });
    await supportUntil('2026-12-10');
    await world.grantWishes();
    const end = Date.UTC(2026, 11, 11);
    expect(await timer()).toEqual({ due: end });
    expect(await assessment()).toEqual({ lane: null, due: null });

    world.at(end - 1);
    expect(await fireTimers(world.db, end - 1)).toBe(0);
    world.at(end);
    expect(await fireTimers(world.db, end)).toBe(1);
    await world.grantWishes();
    expect(await assessment()).toEqual({ lane: 'mitigation', due: end + 30 * DAY_MS });
    expect(await timer()).toBeUndefined();
  });

  const released = (name: string, ...releases: object[]) =>
    JSON.stringify({ [name]: { title: TITLES[name], releases } });
  const TITLES: Readonly<Record<string, string>> = { 'windows-server': 'Microsoft Windows Server', fortios: 'FortiOS' };
  const listed = async (...items: readonly object[]): Promise<string[]> => {
    const by = { actor: 'system', at: world.clock() } as const;
    const list = AssetImport.parse({ key: newId(), source: 'cmdb', list: { form: 'items', items } });
    await importAssets(world, list, by);
    await world.grantWishes();
    const { body } = await world.get('assets?origin=api');
    return (body as { items: { id: string }[] }).items.map(({ id }) => id);
  };
  const SERVER = { vendor: 'Microsoft', product: 'Windows Server 2019 Standard', build: '10.0.17763.5576' };

  it('of a product without an agent stand where those of a platform do, with what is left to subscribers', async () => {
    const ids = await listed({ name: 'ad-1', owner: 'ada', ...SERVER }, { name: 'plc-1', product: 'Controller X' });
    const file = (eol: string) =>
      released('windows-server', { releaseCycle: '2019', latest: '10.0.17763', lts: true, eol, eoes: '2029-01-09' });
    await world.importFeed('endoflife', file('2026-11-10'));
    await world.grantWishes();

    const support = { state: 'extended', phase: 'lts', until: '2026-11-11T00:00:00.000Z' };
    expect((await world.get('assets?support=extended')).body).toMatchObject({
      items: [{ name: 'ad-1', support: { ...support, extendedUntil: '2029-01-10T00:00:00.000Z' } }],
    });
    expect((await world.get('assets?support=unknown')).body).toMatchObject({
      items: [{ name: 'plc-1' }, { name: 'web-1' }],
    });
    expect(await countSupport(world.db, { now: NOON, warnMs: 0 })).toMatchObject({ extended: 1, unknown: 2 });
    expect(await findAssetIds(world.db, { support: ['extended'] }, { now: NOON, warnMs: 0 }, 9)).toEqual([ids[0]]);
    expect((await world.get(`assets/${ids[0]}`)).body).toMatchObject({
      support,
      reasons: [{ code: 'platform-extended-support', subject: 'Microsoft Windows Server 2019 Standard' }, {}],
      nextDue: { lane: 'mitigation' },
    });
    expect(await readMatters(world.db, { now: NOON, unreadAfterMs: DAY_MS })).toMatchObject([
      { kind: 'support-ended', line: 'windows-server:2019 on 1 asset: no fixes for everybody since 2026-11-11' },
    ]);

    await world.importFeed('endoflife', file('2028-11-10'));
    await world.grantWishes();
    expect((await world.get(`assets/${ids[0]}`)).body).toMatchObject({
      support: { state: 'supported' },
      nextDue: null,
    });
  });

  it('of a product follow what lists say of it, and what it is called by the source', async () => {
    const cycles = [
      { releaseCycle: '7.2', eol: '2026-09-30' },
      { releaseCycle: '7.4', eol: '2028-11-11' },
    ];
    await world.importFeed('endoflife', released('fortios', ...cycles));
    const firewall = { name: 'fw-1', kind: 'network-appliance', vendor: 'Fortinet', product: 'FortiOS' };
    const [id] = await listed({ ...firewall, version: '7.2.8' });
    const state = async () => ((await world.get(`assets/${id}`)).body as { support: { state: string } }).support.state;
    expect(await state()).toBe('unknown');
    const identified = { title: 'FortiOS', identifiers: [{ cpe: 'cpe:2.3:o:fortinet:fortios' }], releases: cycles };
    await world.importFeed('endoflife', JSON.stringify({ fortios: identified }));
    expect(await state()).toBe('ended');
    await listed({ ...firewall, version: '7.4.1' });
    expect(await state()).toBe('supported');
    await listed({ ...firewall, version: '7.9.1' });
    expect(await state()).toBe('unknown');

    // What the list no longer has, nobody dates any more.
    await listed({ ...firewall, version: '7.4.2' });
    await world.importFeed('endoflife', released('windows-server', { releaseCycle: '2019', eol: '2026-11-10' }));
    expect(await state()).toBe('unknown');
  });

  it('of a product that nobody speaks of are known all the same, and due on their day', async () => {
    const [id] = await listed({ name: 'ad-1', ...SERVER });
    await world.importFeed(
      'endoflife',
      released('windows-server', { releaseCycle: '2019', latest: '10.0.17763', eol: '2026-11-20' }),
    );
    await world.grantWishes();
    const seen = async () => (await world.get(`assets/${id}`)).body;
    expect(await seen()).toMatchObject({ judged: { kind: 'not-judged' }, support: { state: 'ending' }, nextDue: null });

    const end = Date.UTC(2026, 10, 21);
    world.at(end);
    expect(await fireTimers(world.db, end)).toBe(1);
    await world.grantWishes();
    expect(await seen()).toMatchObject({
      ...{ judged: { kind: 'not-judged' }, support: { state: 'ended' } },
      nextDue: { lane: 'mitigation', due: new Date(end + 30 * DAY_MS).toISOString() },
    });
  });

  const UNSAID = { label: null, codename: null, validUntil: null };
  const ENDED = '# List of packages whose security support ends before the distribution EOL\n';
  const LIMITED = '# List of packages where security support is limited\n';
  const openFinding = async (id = web) =>
    (await world.get(`assets/${id}/findings`)).body as {
      items: { status: string; why: string; reasons: { code: string }[] }[];
      unsupported: object[];
      unsupportedTotal: number;
    };

  it('of a package inside its release make it a finding, and end what could have been fixed; no claim comes of it', async () => {
    await world.importFeed(
      'debian-osv',
      osvFile({ id: 'DSA-2-1', package: 'curl', upstream: ['CVE-2026-2'], fixed: null }),
    );
    const advisories = () => world.db.selectFrom('identification.claim').select('advisory').execute();
    const before = await advisories();
    const list = `${ENDED}curl 0.9-1 2026-11-21 too hard to mend\nxen 1 2026-01-01\n`;
    expect(await world.importFeed('debian-12-support-ended', list)).toMatchObject({ added: 2, records: 2 });
    await world.grantWishes();
    expect(await openFinding()).toMatchObject({
      items: [{ status: 'affected' }],
      unsupported: [{ package: 'curl', version: '1.0-1', state: 'ending', until: '2026-11-21T00:00:00.000Z' }],
    });
    expect(await assessment()).toMatchObject({ lane: 'routine' });

    const end = Date.UTC(2026, 10, 21);
    world.at(end);
    expect(await fireTimers(world.db, end)).toBe(1);
    await world.grantWishes();
    const why = expect.stringContaining('too hard to mend');
    expect(await openFinding()).toMatchObject({
      items: [
        { status: 'end_of_life', reasons: [{ code: 'fix-past-support' }], why: expect.stringContaining('curl ended') },
      ],
      ...{ unsupported: [{ package: 'curl', state: 'ended', why }], unsupportedTotal: 1 },
    });
    // The routine due time of its vulnerability is the earlier one.
    expect(await assessment()).toEqual({ lane: 'mitigation', due: NOON + 30 * DAY_MS });
    expect(await advisories()).toEqual(before);

    // Of another release nothing is said, and what is taken off the list is over.
    await world.importFeed('debian-11-support-ended', `${ENDED}curl 0.9-1 2026-01-01 old\n`);
    expect(await world.importFeed('debian-12-support-ended', `${ENDED}xen 1 2026-01-01\n`)).toMatchObject({
      removed: 1,
    });
    await world.grantWishes();
    expect(await openFinding()).toMatchObject({ items: [{ status: 'affected' }], unsupported: [] });
    expect(await assessment()).toMatchObject({ lane: 'routine' });
  });

  it('of a package in part are told, and nothing else follows', async () => {
    await world.importFeed('debian-12-support-limited', `${LIMITED}cur.*  for trusted servers\n`);
    await world.grantWishes();
    const told = { package: 'curl', state: 'limited', until: null, why: expect.stringContaining('trusted servers') };
    expect((await openFinding()).unsupported).toMatchObject([told]);
    expect(await assessment()).toEqual({ lane: null, due: null });
  });

  it('of packages are no matter of a third party that builds them', async () => {
    const extra = installed('curl', '9-1', { origins: ['repo.example/curl'] });
    const origin = { id: 'repo.example/curl', publisher: 'Curl Ltd', suite: null, date: null, signed: true, ...UNSAID };
    const id = await reportHost(world, 'web-2', {
      packages: [extra],
      origins: [origin],
      publishers: [{ origin: 'repo.example/curl', publisher: 'Curl Ltd' }],
    });
    await world.importFeed('debian-12-support-ended', `${ENDED}curl 9-1 2026-01-01 old\n`);
    expect([(await openFinding(id)).unsupported, (await openFinding()).unsupported.length]).toEqual([[], 1]);
  });

  it('of packages are refused where they are of no release, or of another kind', async () => {
    expect(await world.refuseFeed('debian-12-support-ended', `${LIMITED}curl\n`)).toMatchObject({
      code: 'feed-unreadable',
    });
    expect(await world.refuseFeed('debian-12-support-limited', `${ENDED}curl 1 2026-01-01\n`)).toMatchObject({
      code: 'feed-unreadable',
    });
  });

  it('of the components of a bill are told by their purl, and not of what a distribution builds', async () => {
    const django = {
      title: 'Django',
      identifiers: [{ purl: 'pkg:pypi/django' }, { purl: 'pkg:deb/debian/python3-django' }],
      releases: [
        { releaseCycle: '4.2', latest: '4.2.30', eol: '2026-04-07' },
        { releaseCycle: '3.2', latest: '3.2.25', eol: '2024-04-01', eoes: '2027-04-01' },
        { releaseCycle: '6.0', latest: '6.0.8', eol: '2029-04-30' },
      ],
    };
    await world.importFeed('endoflife', JSON.stringify({ django }));
    const [id = ''] = await listed({ name: 'shop', kind: 'application' });
    const component = (version: string) => ({
      type: 'library',
      name: 'django',
      version,
      purl: `pkg:pypi/Django@${version}`,
    });
    const components = [
      ...['4.2.1', '3.2.1', '6.0.1', '2.0'].map(component),
      {
        type: 'library',
        name: 'd',
        version: '2:3.2.19-1',
        purl: 'pkg:deb/debian/python3-django@2:3.2.19-1?distro=debian-12',
      },
    ];
    const text = JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components });
    await addBill(world, id, BillRequest.parse({ name: 'shop', text }), { actor: 'system', at: world.clock() });
    await world.grantWishes();
    expect((await openFinding(id)).unsupported).toMatchObject([
      {
        version: '3.2.1',
        state: 'extended',
        extendedUntil: '2027-04-02T00:00:00.000Z',
        why: expect.stringContaining('Django 3.2'),
      },
      { version: '4.2.1', state: 'ended', until: '2026-04-08T00:00:00.000Z' },
    ]);
    expect((await world.get(`assets/${id}`)).body).toMatchObject({ nextDue: { lane: 'mitigation' } });
  });

  it('of another distribution are not its own', async () => {
    const ubuntu =
      'version,codename,series,created,release,eol,eol-server,eol-esm,eol-legacy\n22.04 LTS,J,j,2021-10-14,2022-04-21,2027-06-01\n';
    expect(await world.refuseFeed('debian-lifecycle', ubuntu)).toMatchObject({ code: 'feed-unreadable' });
  });
});
