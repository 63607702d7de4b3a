import { afterEach, beforeEach, expect, it } from 'vitest';
import { newId } from '../platform/ids.ts';
import { createTestApp } from '../platform/testing/app.ts';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { billRoutes } from './bill-routes.ts';
import { importRoutes } from './import-routes.ts';
import { judgeAll } from './judging.ts';
import { installed, reportHost } from './testing/reported-host.ts';
import { tellClaims } from './testing/told-claims.ts';
import { NOON, openWorld, type World } from './testing/world.ts';

const SHOP = JSON.stringify({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  metadata: { tools: [{ name: 'syft', version: '1.19.0' }] },
  components: [
    { type: 'library', name: 'left-pad', version: '1.0.0', purl: 'pkg:npm/left-pad@1.0.0' },
    { type: 'library', name: 'curl', version: '7.88.1-10', purl: 'pkg:deb/debian/curl@7.88.1-10?distro=debian-12' },
    { type: 'library', name: 'nameless' },
  ],
});

describeWithDatabase('bills of materials', () => {
  let world: World;
  let app: Awaited<ReturnType<typeof createTestApp>>;
  beforeEach(async () => {
    world = await openWorld();
    const parts = { db: world.db, corridor: world.corridor, openCampaignsOf: () => Promise.resolve([]) };
    app = await createTestApp({ ...billRoutes(parts), ...importRoutes(parts) }, { now: world.clock });
  });
  afterEach(async () => {
    await app.close();
    await world.close();
  });

  async function send(method: 'GET' | 'POST' | 'DELETE', path: string, payload?: object) {
    const answer = await app.inject({
      method,
      url: `/api/v1/assets${path}`,
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: answer.statusCode, body: answer.json() };
  }
  const listed = async (items: readonly object[]): Promise<string> => {
    await send('POST', '/imports', { key: newId(), source: 'apps', list: { form: 'items', items } });
    await world.grantWishes();
    return ((await world.get('assets')).body as { items: { id: string }[] }).items[0]?.id ?? '';
  };
  const settled = async () => {
    await world.grantWishes();
    await judgeAll(world.corridor, world.clock);
  };
  const findings = async (id: string) =>
    (await world.get(`assets/${id}/findings`)).body as { items: { source: string; fixed: string }[]; judged: object };

  it('are judged by whoever speaks of what is in them, and shown with where they come from', async () => {
    const id = await listed([{ name: 'shop', kind: 'application' }]);
    const bill = await send('POST', `/${id}/bills`, { name: 'shop', text: SHOP });
    await settled();
    await tellClaims(
      world,
      { scope: 'npm', packageName: 'left-pad', fixed: '1.0.1', vulnerability: 'CVE-2026-0001' },
      { scope: 'debian:12', packageName: 'curl', fixed: '7.88.1-11', vulnerability: 'CVE-2026-0002' },
    );
    await judgeAll(world.corridor, world.clock);

    expect(bill.body).toMatchObject({
      ...{ name: 'shop', kind: 'application', form: 'cyclonedx', tool: 'syft 1.19.0', packages: 2, refusedTotal: 1 },
      ...{ by: expect.any(String), from: new Date(NOON).toISOString(), until: null },
      refused: [{ entry: 'nameless' }],
    });
    const found = await findings(id);
    expect(found.judged).toEqual({ kind: 'judged', unjudgedPackages: 0 });
    expect(found.items.map(({ source, fixed }) => `${source} ${fixed}`).sort()).toEqual([
      'curl 7.88.1-11',
      'left-pad 1.0.1',
    ]);
    expect((await world.get('assets')).body).toMatchObject({
      items: [{ name: 'shop', findings: 2, packages: 2, rebootNeeded: null, origin: 'api' }],
    });
  });

  it('are replaced by a newer one of their name, and the former stays as history', async () => {
    const id = await listed([{ name: 'shop' }]);
    await send('POST', `/${id}/bills`, { name: 'shop', text: SHOP });
    await send('POST', `/${id}/bills`, { name: 'shop', text: SHOP.replaceAll('1.0.0', '1.0.1') });
    await settled();

    expect((await send('GET', `/${id}/bills`)).body).toMatchObject({
      items: [{ until: null }, { until: new Date(NOON).toISOString() }],
      total: 2,
    });
    const { items } = (await world.get(`assets/${id}/packages`)).body as { items: { name: string; version: string }[] };
    expect(items.map(({ name, version }) => `${name} ${version}`)).toEqual(['curl 7.88.1-10', 'left-pad 1.0.1']);
  });

  it('stand beside each other, and one that ends takes its packages with it', async () => {
    const id = await listed([{ name: 'node-1' }]);
    const image = { kind: 'image', digest: `sha256:${'3f'.repeat(32)}` };
    await send('POST', `/${id}/bills`, { name: 'shop', text: SHOP, ...image });
    await send('POST', `/${id}/bills`, { name: 'pad', text: SHOP.replaceAll('curl', 'wget'), ...image });
    await settled();
    const both = await world.get(`assets/${id}/packages`);
    const ended = await send('DELETE', `/${id}/bills/shop`);
    await settled();

    expect(both.body).toMatchObject({ total: 3 });
    expect(ended.status).toBe(200);
    expect((await world.get(`assets/${id}/packages`)).body).toMatchObject({
      items: [{ name: 'left-pad' }, { name: 'wget' }],
    });
    expect((await send('DELETE', `/${id}/bills/shop`)).status).toBe(404);
  });

  it('are not needed where a list names the product: claims on products are held against it', async () => {
    const product = { vendor: 'Cisco', product: 'IOS XE', version: '17.3.4' };
    const id = await listed([{ name: 'core-sw-1', kind: 'network-appliance', ...product }]);
    await settled();
    const claim = { scope: 'product', packageName: 'cisco/ios-xe', fixed: '17.3.5', vulnerability: 'CVE-2026-0003' };
    await tellClaims(world, claim);
    await judgeAll(world.corridor, world.clock);

    expect((await findings(id)).items).toMatchObject([{ source: 'cisco/ios-xe', fixed: '17.3.5' }]);
    await listed([{ name: 'core-sw-1', ...product, version: '17.3.5' }]);
    await settled();
    expect((await findings(id)).items).toEqual([]);
  });

  it.each([
    ['no JSON', 'bom', 'body-not-json'],
    ['another JSON', '{"a": 1}', 'bad-request'],
    ['no package', '{"bomFormat": "CycloneDX", "components": []}', 'bad-request'],
  ])('are refused where they are %s', async (_, text, code) => {
    const id = await listed([{ name: 'shop' }]);

    expect(await send('POST', `/${id}/bills`, { name: 'shop', text })).toMatchObject({
      status: 400,
      body: { error: { code } },
    });
    expect((await send('GET', `/${id}/bills`)).body.total).toBe(0);
  });

  it('are refused for a host whose agent says what is installed, and for nobody', async () => {
    const host = await reportHost(world, 'web-1', { packages: [installed('curl', '7.88.1-10')] });

    expect((await send('POST', `/${host}/bills`, { name: 'shop', text: SHOP })).status).toBe(409);
    expect((await send('POST', `/${newId()}/bills`, { name: 'shop', text: SHOP })).status).toBe(404);
  });
});
