import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssetImported } from '@patchsteward/contract';
import { afterAll, describe, expect, it, test } from 'vitest';
import { at, idOf } from './testing/answers.ts';
import { asking } from './testing/asking.ts';

const { answering, ask, askJson, calls } = asking();
const folder = mkdtempSync(join(tmpdir(), 'asset-import-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function imported(more: Partial<AssetImported> = {}): AssetImported {
  return {
    ...{ id: idOf(50), source: 'inventory', state: 'done', at: at(0), total: 2, undone: false },
    ...{ added: 1, changed: 1, unchanged: 0, refused: 0 },
    columns: [
      { header: 'Name', field: 'name' },
      { header: 'Rack', field: null },
    ],
    items: [
      {
        ...{ line: 2, name: 'fw-1', outcome: 'added', problems: [], assetId: idOf(1) },
        changes: [{ field: 'vendor', before: 'none', after: 'Cisco' }],
      },
      {
        ...{ line: 3, name: 'fw-2', outcome: 'changed', assetId: idOf(2) },
        problems: ['A person set its owner to Ada; the list says Bob.'],
        changes: [{ field: 'version', before: '17.3', after: '17.6' }],
      },
    ],
    ...more,
  };
}

function saying(more: Partial<AssetImported> = {}): void {
  answering({
    'asset.import': ({ body }) =>
      imported({ ...((body as { preview: boolean }).preview ? { state: 'preview' } : {}), ...more }), // As the schema says.
  });
}
const bodies = () => calls().map(({ body }) => body);

describe('asset import', () => {
  it('looks first, then imports the same list under the same key', async () => {
    saying();
    const list = file('list.csv', 'Name,Rack\nfw-1,7\nfw-2,8\n');

    const { code, stdout, stderr } = await ask('asset', 'import', list, '--source', 'network', '--yes');

    expect([code, stderr]).toEqual([0, 'patchsteward: 1 would be added, 1 changed.\n']);
    expect(stdout).toBe(
      `Were added: 1, changed: 1, like that already: 0, refused: 0.
Columns that nobody knows, left out: Rack
  line 2: added fw-1: vendor Cisco
  line 3: changed fw-2: version 17.3 -> 17.6 A person set its owner to Ada; the list says Bob.
Import ${idOf(50)}
`,
    );
    const [look, done] = bodies();
    expect(look).toMatchObject({ source: 'network', preview: true, list: { form: 'csv' } });
    expect(done).toEqual({ ...(look as object), preview: false }); // As the schema says.
  });

  it('imports nothing where nobody says yes, and nothing with --dry-run', async () => {
    saying();
    const list = file('list.csv', 'Name\nfw-1\n');

    const asked = await ask('asset', 'import', list);
    const dry = await ask('asset', 'import', list, '--dry-run');

    expect([asked.code, dry.code]).toEqual([1, 0]);
    expect(dry.stdout).toContain('Would be added: 1, changed: 1');
    expect(bodies()).toMatchObject([{ preview: true }, { preview: true }]);
  });

  it('says by its exit code that lines were refused', async () => {
    const line = { ...{ line: 4, name: 'fw-3', assetId: null, changes: [] }, problems: ['kind: Invalid option'] };
    saying({ refused: 1, items: [{ ...line, outcome: 'refused' }] });

    const { code, stdout } = await ask('asset', 'import', file('list.csv', 'Name\nfw-1\n'), '--yes');

    expect(code).toBe(3);
    expect(stdout).toContain('line 4: refused fw-3: kind: Invalid option');
  });

  it('sends JSON as items, and answers in JSON', async () => {
    saying();
    const list = file('list.json', '[{"name": "fw-1", "externalId": "7"}]');

    const { code, answer } = await askJson('asset', 'import', list, '--yes');

    expect([code, answer]).toEqual([0, imported()]);
    expect(bodies()[0]).toMatchObject({ list: { form: 'items', items: [{ name: 'fw-1', externalId: '7' }] } });
  });

  test.each([
    ['no.json', '[{"nam": "fw-1"}]', /is no list of assets: 0/],
    ['half.json', '[{"name": ', /is no JSON/],
    ['latin.csv', Uint8Array.of(0x6e, 0xe4), /is no text in UTF-8.*save the list as "CSV UTF-8"/s],
  ])('refuses %s before anybody is asked', async (name, content, problem) => {
    saying();

    const { code, stderr } = await ask('asset', 'import', file(name, content), '--yes');

    expect(code).toBe(1);
    expect(stderr).toMatch(problem);
    expect(calls()).toEqual([]);
  });
});
