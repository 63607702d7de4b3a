import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PersonCreated } from '@patchsteward/contract';
import { PAYLOAD_TYPES, sealEnvelope, withSignature } from '@patchsteward/trust/dsse';
import { encodeBackupProof } from '@patchsteward/trust/statement';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inventory } from '../../../server/src/1-identification/testing/inventories.ts';
import { describeWithDatabase } from '../../../server/src/platform/testing/database.ts';
import { KEYS, rootEnvelope, signature, team } from '../../../trust/src/testing/people.ts';
import { RealServer } from '../platform/testing/real-server.ts';
import { run } from '../platform/testing/run.ts';

const folder = mkdtempSync(join(tmpdir(), 'approval-'));
afterAll(() => rmSync(folder, { recursive: true }));

describeWithDatabase('people, trust, backups and notices on a real server', () => {
  let server: RealServer;
  let token: string;
  beforeAll(async () => {
    server = await RealServer.start();
  });
  afterAll(() => server.close());
  const elsewhere = (...argv: readonly string[]) =>
    run([...argv, '--json'], { environment: { PATCHSTEWARD_URL: server.url, PATCHSTEWARD_TOKEN: token } });

  it('a scripted person comes in with a token from their first day on', async () => {
    const { code, answer } = await server.askJson(
      'person',
      'add',
      'ivy',
      '--name',
      'Ivy',
      '--role',
      'it',
      '--api-token',
      '7',
    );
    const created = PersonCreated.parse(answer);
    token = created.apiToken?.secret ?? '';

    expect(code).toBe(0);
    expect(JSON.parse((await elsewhere('api-token', 'create', '--days', '1')).stdout)).toMatchObject({
      secret: expect.stringMatching(/^pst_/),
    });
    expect(JSON.parse((await elsewhere('api-token', 'list')).stdout)).toMatchObject({ items: [{}, {}] });
    expect((await elsewhere('person', 'list')).code).toBe(1);
    expect((await server.ask('person', 'list')).stdout).toMatch(/ivy .*it/);
  });

  it('without a trust root it says so; with one it shows who may sign', async () => {
    const before = await server.askJson('trust', 'show');
    const file = join(folder, 'root.json');
    writeFileSync(file, JSON.stringify(rootEnvelope(team(), 'ada', 'adrian')));
    const published = await server.ask('trust', 'publish', file);
    const after = await server.askJson('trust', 'show');

    expect(before).toMatchObject({ code: 1, stderr: expect.stringContaining('trust root') });
    expect(published).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.stringify(after.answer)).toContain('vault-1');
  });

  it('an asset has no backup until a prober proves one', async () => {
    const { answer } = await server.askJson('enrollment-token', 'create');
    const secret = (answer as { token: string }).token;
    const assetId = await server.report(secret, inventory({ hostname: 'web-1.example.org' }));
    const none = await server.ask('backup', 'list');
    const payload = encodeBackupProof({
      ...{ assetId, hostname: 'web-1', provider: 'restic', repository: 'vault', snapshotId: 'a'.repeat(64) },
      ...{ takenAt: Date.now() - 60_000, bytes: 5, files: 1, paths: ['/etc'], checkedAt: Date.now() - 60_000 },
      ...{ probedAt: Date.now() - 1_000, prober: 'vault-1' },
    });
    const sealed = sealEnvelope(PAYLOAD_TYPES.backupProof, payload);
    const envelope = withSignature(sealed, signature(sealed, KEYS.prober));

    const response = await fetch(`${server.url}/api/v1/backup-proofs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ envelope }),
    });
    const shown = await server.ask('backup', 'show', 'web-1');

    expect(none).toMatchObject({ code: 3, stdout: expect.stringContaining('web-1') });
    expect(response.status).toBe(200);
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('by vault-1') });
  });

  it('stakeholders come and go', async () => {
    expect((await server.ask('stakeholder', 'list')).stdout).toContain('Nobody but the owners');
    expect((await server.ask('stakeholder', 'add', 'desk@example.org', '--group', '*', '--name', 'Desk')).code).toBe(0);
    expect((await server.ask('stakeholder', 'list')).stdout).toMatch(/\* +mail +desk@example.org +Desk/);
    expect((await server.ask('stakeholder', 'add', 'no address', '--group', '*')).code).toBe(1);
    expect((await server.ask('stakeholder', 'remove', 'desk@example.org', '--group', '*')).code).toBe(0);
    expect((await server.ask('stakeholder', 'list')).stdout).toContain('Nobody but the owners');
  });
});
