import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BillBody } from '@patchsteward/contract';
import { afterAll, describe, expect, it } from 'vitest';
import { asset, at, idOf, whole } from './testing/answers.ts';
import { asking } from './testing/asking.ts';

const { answering, ask, askJson, calls } = asking();
const folder = mkdtempSync(join(tmpdir(), 'asset-bom-'));
afterAll(() => rmSync(folder, { recursive: true }));
const FILE = join(folder, 'shop.cdx.json');
writeFileSync(FILE, '{"bomFormat": "CycloneDX"}');

const BILL: BillBody = {
  ...{ id: idOf(60), name: 'shop', kind: 'application', digest: null, form: 'cyclonedx', tool: 'syft 1.19.0' },
  ...{ fileHash: `sha256:${'3f'.repeat(32)}`, packages: 214, refusedTotal: 1, by: 'ada', from: at(-3), until: null },
  refused: [{ entry: 'libfoo', problem: 'it has no purl, so nobody knows what it is' }],
};
const fleet = { 'asset.list': () => whole([asset({ id: idOf(1), name: 'shop' })]) };

describe('asset bom', () => {
  it('gives a bill, and says what of it could not be used', async () => {
    answering({ ...fleet, 'bill.add': () => BILL });

    const { code, stdout } = await ask('asset', 'bom', 'shop', FILE);

    expect(code).toBe(0);
    expect(stdout).toBe(
      `shop of shop: 214 packages, by syft 1.19.0.
1 entry could not be used:
  libfoo: it has no purl, so nobody knows what it is
`,
    );
    expect(calls().at(-1)).toMatchObject({
      params: { id: idOf(1) },
      body: { name: 'shop', kind: 'application', digest: null, text: '{"bomFormat": "CycloneDX"}' },
    });
  });

  it('is of an image where it has a digest', async () => {
    answering({ ...fleet, 'bill.add': () => BILL });
    const digest = `sha256:${'ab'.repeat(32)}`;

    await ask('asset', 'bom', 'shop', FILE, '--name', 'nginx', '--digest', digest);

    expect(calls().at(-1)).toMatchObject({ body: { name: 'nginx', kind: 'image', digest } });
    expect((await ask('asset', 'bom', 'shop', FILE, '--digest', 'latest')).code).toBe(2);
  });

  it('lists what there is, and what was', async () => {
    const former = { ...BILL, id: idOf(61), until: at(-1) };
    answering({ ...fleet, 'bill.list': () => ({ items: [BILL, former], total: 2 }) });

    const { stdout } = await ask('asset', 'bom', 'shop');

    expect(stdout).toMatch(/shop .*214 .*1 .*ada .*syft 1.19.0 .*now\n.*until /);
    expect((await askJson('asset', 'bom', 'shop')).answer).toMatchObject({ items: [BILL, former] });
  });

  it('says that there is none, and what to do', async () => {
    answering({ ...fleet, 'bill.list': () => ({ items: [], total: 0 }) });

    expect((await ask('asset', 'bom', 'shop')).stdout).toContain('patchsteward asset bom ASSET FILE');
  });

  it('ends one by its name', async () => {
    answering({ ...fleet, 'bill.end': () => ({}) });

    expect((await ask('asset', 'bom', 'shop', '--end')).stdout).toBe('shop holds no more.\n');
    expect(calls().at(-1)).toMatchObject({ params: { id: idOf(1), name: 'shop' } });
    expect((await ask('asset', 'bom', 'shop', FILE, '--end')).code).toBe(2);
  });
});
