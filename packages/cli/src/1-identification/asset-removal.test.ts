import { describe, expect, it, test } from 'vitest';
import { asset, at, idOf, whole } from './testing/answers.ts';
import { asking } from './testing/asking.ts';

const { answering, ask, askJson, calls } = asking();
const web1 = asset({ id: idOf(1), name: 'web-1' });
const web2 = asset({ id: idOf(2), name: 'web-2' });

const FLEET = {
  'asset.list': ({ query }: { readonly query: unknown }) =>
    whole([web1, web2].filter(({ name }) => name === (query as { search: string }).search)), // As the schema says.
  'asset.show': () => web1,
};
const done = (id: string) => calls().filter((call) => call.id === id);

describe('asset remove', () => {
  it('takes one out after a yes, and says how it comes back', async () => {
    answering({ ...FLEET, 'asset.remove': () => ({}) });

    const asked = await ask('asset', 'remove', 'web-1', '--why', 'scrapped');
    const { code, stdout } = await ask('asset', 'remove', 'web-1', '--why', 'scrapped', '--yes');

    expect([asked.code, code]).toEqual([1, 0]);
    expect(stdout).toBe(`web-1 is out of the inventory. To bring it back: patchsteward asset restore ${idOf(1)}\n`);
    expect(done('asset.remove')).toMatchObject([{ params: { id: idOf(1) }, body: { why: 'scrapped' } }]);
  });

  it('wants to know why', async () => {
    answering(FLEET);

    expect((await ask('asset', 'remove', 'web-1', '--yes')).code).toBe(2);
  });

  it('brings it back by its id alone, and says what could not be as before', async () => {
    answering({ 'asset.restore': () => ({ id: idOf(1), name: 'web-1', problems: ['The group is gone.'] }) });

    const { stdout } = await ask('asset', 'restore', idOf(1));
    const { code } = await ask('asset', 'restore', 'web-1');

    expect(stdout).toBe('web-1 is in the inventory again.\nThe group is gone.\n');
    expect(code).toBe(2);
  });

  it('lists what was taken out', async () => {
    const removed = { removedAt: at(-2), removedBy: 'ada', why: 'new disk', origin: 'agent' } as const;
    const item = { ...removed, id: idOf(1), name: 'web-1', mergedInto: { id: idOf(2), name: 'web-2' } };
    answering({ 'asset.removed': () => ({ items: [item], total: 1 }) });

    expect((await ask('asset', 'removed')).stdout).toMatch(/web-1 .*ada .*new disk \(is web-2\)/);
    expect((await askJson('asset', 'removed')).answer).toMatchObject({ items: [item] });
  });
});

it('asset merge looks first, and merges after a yes', async () => {
  const merged = {
    from: { id: idOf(1), name: 'web-1' },
    into: { id: idOf(2), name: 'web-2' },
    state: 'preview' as const,
    changes: [{ field: 'owner', before: 'none', after: 'Ada' }],
    lists: [],
  };
  answering({
    ...FLEET,
    'asset.merge': ({ body }) => ({ ...merged, state: (body as { preview: boolean }).preview ? 'preview' : 'done' }), // As the schema says.
  });

  const { code, stdout, stderr } = await ask('asset', 'merge', 'web-1', '--into', 'web-2', '--why', 'one', '--yes');

  expect([code, stderr]).toEqual([0, 'patchsteward: web-1 goes into web-2: owner none -> Ada\n']);
  expect(stdout).toBe(`web-1 is web-2 now. To take it back: patchsteward asset restore ${idOf(1)}\n`);
  expect(done('asset.merge').map(({ body }) => body)).toEqual([
    { into: idOf(2), why: 'one', preview: true },
    { into: idOf(2), why: 'one', preview: false },
  ]);
});

describe('asset doubles', () => {
  it('names them, which to keep, and says so by the exit code', async () => {
    const sentence = 'One machine id, and one of them reports: the machine was enrolled anew. Merge them.';
    const assets = [
      { id: idOf(2), name: 'web-1', origin: 'agent' as const, lastHeard: at(-0.1) },
      { id: idOf(1), name: 'web-1', origin: 'agent' as const, lastHeard: null },
    ];
    const item = { cause: 'machine-id' as const, shared: 'abc', sentence, assets, keep: idOf(2) };
    answering({ 'asset.doubles': () => ({ items: [item], total: 1 }) });

    const { code, stdout } = await ask('asset', 'doubles');

    expect(code).toBe(3);
    expect(stdout).toContain(`machine id abc: ${sentence}\n  ${idOf(2)}  web-1, heard of`);
    expect(stdout).toContain(`  ${idOf(1)}  web-1, never heard of\n`);
    expect(stdout.match(/keep this one/g)).toHaveLength(1);
  });

  it('says that there are none', async () => {
    answering({ 'asset.doubles': () => ({ items: [], total: 0 }) });

    expect(await ask('asset', 'doubles')).toMatchObject({ code: 0, stdout: 'No two assets look like one machine.\n' });
  });
});

describe('asset imports', () => {
  test.each([
    ['nothing was imported', [], /No list was imported yet/],
    ['one stands', [{ undoneAt: null }], /network .*ada .*12 .*3 .*1 .*- /],
  ])('where %s', async (_, rows, text) => {
    const kept = {
      id: idOf(50),
      source: 'network',
      at: at(-3),
      by: 'ada',
      added: 12,
      changed: 3,
      unchanged: 0,
      refused: 1,
    };
    answering({ 'asset.imports': () => ({ items: rows.map((row) => ({ ...kept, ...row })), total: rows.length }) });

    expect((await ask('asset', 'imports')).stdout).toMatch(text);
  });

  it('are taken back after a yes; what stays is told', async () => {
    const kept = [{ line: 3, name: 'fw-2', problem: 'Somebody changed it since.' }];
    answering({ 'asset.undo-import': () => ({ id: idOf(50), removed: 2, restored: 1, kept }) });

    const { code, stdout } = await ask('asset', 'undo-import', idOf(50), '--yes');

    expect(code).toBe(3);
    expect(stdout).toBe(
      '2 assets out of the inventory, 1 as before, 1 left.\n  line 3: fw-2: Somebody changed it since.\n',
    );
    expect((await ask('asset', 'undo-import', 'network', '--yes')).code).toBe(2);
  });
});
