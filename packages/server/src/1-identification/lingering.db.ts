import type { Asset, AssetFindings } from '@patchsteward/contract';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithDatabase } from '../platform/testing/database.ts';
import { osvFile } from './testing/feed-files.ts';
import { installed, reportHost } from './testing/reported-host.ts';
import { openWorld, type World } from './testing/world.ts';

const OPENSSL = { id: 'DSA-1-1', package: 'openssl', upstream: ['CVE-2026-0001'], fixed: '2.0-1' };
const USED = { replacedCode: [{ package: 'libssl3', users: ['nginx.service'] }], restartNeeded: ['nginx.service'] };

describeWithDatabase('what was replaced and still runs', () => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld();
    world.at('2026-11-19T12:00:00Z');
  });
  afterEach(() => world.close());

  const ssl = (version: string) => installed('libssl3', version, { source: 'openssl' });
  const host = (version: string, system = {}) => ({ packages: [ssl(version), installed('nginx', '1-1')], system });

  async function findings(assetId: string): Promise<AssetFindings> {
    return (await world.get(`assets/${assetId}/findings`)).body as AssetFindings;
  }

  async function exposure(query = '') {
    return (await world.get(`exposure/CVE-2026-0001${query}`)).body;
  }

  async function assessed(assetId: string) {
    await world.grantWishes();
    return ((await world.get(`assets/${assetId}`)).body as Asset).nextDue;
  }

  /** Fixed on disk, and its service runs on. */
  async function upgraded() {
    await world.importFeed('debian-osv', osvFile(OPENSSL));
    const assetId = await reportHost(world, 'web-1', host('1.0-1'));
    const due = await assessed(assetId);
    world.at('2026-11-20T12:00:00Z');
    await reportHost(world, 'web-1', host('2.0-1', USED), { assetId });
    return { assetId, due };
  }

  it('is a finding with its clock until the report says that nothing runs it', async () => {
    const { assetId, due } = await upgraded();

    expect((await findings(assetId)).items).toMatchObject([
      {
        vulnerability: 'CVE-2026-0001',
        source: 'openssl',
        sourceVersion: '1.0-1',
        packages: [{ name: 'libssl3', version: '1.0-1' }],
        fixed: '2.0-1',
        assessment: { due: due?.due },
        reasons: [{ code: 'fix-installed-not-running', subject: 'nginx.service' }],
        waits: [{ kind: 'not-running', subject: 'nginx.service', from: '2026-11-20T12:00:00.000Z', until: null }],
      },
    ]);
    expect(await assessed(assetId)).toEqual(due);
    expect(due).not.toBeNull();

    world.at('2026-11-20T13:00:00Z');
    await reportHost(world, 'web-1', host('2.0-1'), { assetId });
    expect((await findings(assetId)).items).toEqual([]);
    expect(await assessed(assetId)).toBeNull();
  });

  it('stands in what is answered about a vulnerability, with what to restart', async () => {
    await upgraded();
    await reportHost(world, 'web-2', host('2.0-1'));

    expect(await exposure()).toMatchObject({
      answer: 'affected',
      counts: { affected: 1, fixed: 1 },
      assets: [
        {
          assetName: 'web-1',
          sourceVersion: '1.0-1',
          packages: ['libssl3'],
          next: { step: 'restart', sentence: expect.stringContaining('restart nginx.service') },
          reasons: [{ code: 'fix-installed-not-running' }],
        },
      ],
    });
  });

  it('is known of a past day', async () => {
    const { assetId } = await upgraded();
    world.at('2026-11-21T12:00:00Z');
    await reportHost(world, 'web-1', host('2.0-1'), { assetId });

    expect(await exposure()).toMatchObject({ answer: 'not-affected' });
    expect(await exposure('?at=2026-11-20')).toMatchObject({
      answer: 'affected',
      assets: [{ sourceVersion: '1.0-1', reasons: [{ code: 'fix-installed-not-running' }] }],
    });
  });

  it('stays the version that runs through further upgrades, and is told of each who runs another', async () => {
    const { assetId } = await upgraded();
    const two = [{ package: 'libssl3', users: ['nginx.service', 'ssh.service'] }];
    await reportHost(world, 'web-1', host('3.0-1', { ...USED, replacedCode: two }), { assetId });

    const { rows } = await sql<{ version: string; users: string[] }>`
      select version.version, one.users from identification.check_in
      cross join jsonb_to_recordset(lingering) as one (version integer, users text[])
      join identification.source_version as version on version.id = one.version order by version.version
    `.execute(world.db);
    expect(rows).toEqual([
      { version: '1.0-1', users: ['nginx.service'] },
      { version: '2.0-1', users: ['ssh.service'] },
    ]);
  });

  it('claims nothing of a host that came with it, and says that it is to be restarted', async () => {
    await world.importFeed('debian-osv', osvFile(OPENSSL));
    const assetId = await reportHost(world, 'web-1', host('2.0-1', USED));

    expect((await findings(assetId)).items).toEqual([]);
    expect((await world.get(`assets/${assetId}`)).body).toMatchObject({
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'restart-pending' })]),
    });
  });

  it('says where the agent may not look', async () => {
    const assetId = await reportHost(world, 'web-1', host('2.0-1', { restartNeeded: null }));

    expect((await world.get(`assets/${assetId}`)).body).toMatchObject({
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'restarts-not-known', subject: 'web-1' })]),
    });
  });

  it('is the kernel that was replaced in its place, until another boot', async () => {
    const kernel = (version: string) => ({
      packages: [installed('linux-image-6.1.0-1-amd64', version, { source: 'linux' }), installed('nginx', '1-1')],
      system: {
        runningKernel: '6.1.0-1-amd64',
        installedKernels: [{ release: '6.1.0-1-amd64', package: 'linux-image-6.1.0-1-amd64', version }],
      },
    });
    await world.importFeed('debian-osv', osvFile({ ...OPENSSL, package: 'linux', fixed: '6.1.2-1' }));
    const assetId = await reportHost(world, 'web-1', kernel('6.1.1-1'), { bootId: 'boot-1' });
    await reportHost(world, 'web-1', kernel('6.1.2-1'), { assetId, bootId: 'boot-1' });
    await reportHost(world, 'web-1', { ...kernel('6.1.2-1'), updates: [] }, { assetId, bootId: 'boot-1' });

    expect((await findings(assetId)).items).toMatchObject([
      {
        sourceVersion: '6.1.1-1',
        reasons: [{ code: 'fix-installed-not-running', subject: 'the kernel' }, { code: 'reboot-pending' }],
      },
    ]);
    expect(await exposure()).toMatchObject({
      answer: 'affected',
      assets: [{ sourceVersion: '6.1.1-1', runs: true, next: { step: 'reboot' } }],
    });

    const rebooted = { ...kernel('6.1.2-1').system, bootId: 'boot-2' };
    await reportHost(world, 'web-1', { ...kernel('6.1.2-1'), system: rebooted }, { assetId, bootId: 'boot-2' });
    expect((await findings(assetId)).items).toEqual([]);
    expect(await exposure()).toMatchObject({ answer: 'not-affected' });
  });
});
