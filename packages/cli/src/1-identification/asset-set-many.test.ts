import type { AssetsChanged } from '@patchsteward/contract';
import { describe, expect, it, test } from 'vitest';
import { asset, at, idOf, whole } from './testing/answers.ts';
import { asking } from './testing/asking.ts';

const { answering, ask, askJson, calls } = asking();

function changed(more: Partial<AssetsChanged> = {}): AssetsChanged {
  return {
    id: idOf(50),
    kind: 'set',
    state: 'done',
    begunAt: at(0),
    total: 3,
    changed: 3,
    unchanged: 0,
    refused: 0,
    remaining: 0,
    items: [
      {
        assetId: idOf(1),
        name: 'web-1',
        outcome: 'changed',
        why: null,
        sentence: null,
        changes: [{ field: 'owner', before: 'none', after: 'Ada' }],
      },
    ],
    keptByHand: 0,
    undoneBy: null,
    ...more,
  };
}

/** What the server says: to the look, and then to each request. */
function saying(look: Partial<AssetsChanged>, ...answers: Partial<AssetsChanged>[]): void {
  const left = [...answers];
  answering({
    'asset.list': () => ({ ...whole([asset()]), total: 3 }),
    'asset.show': ({ params }) => asset({ id: String(params['id']) }),
    'asset.change-many': ({ body }) =>
      changed((body as { preview: boolean }).preview ? { state: 'preview', remaining: 3, ...look } : left.shift()), // As the schema says.
  });
}
const bodies = () =>
  calls()
    .filter(({ id }) => id === 'asset.change-many')
    .map(({ body }) => body);

describe('asset set for many', () => {
  it('looks first, then asks until the server is done', async () => {
    saying({}, { state: 'running', remaining: 2 }, { state: 'running', remaining: 1 }, {});

    const { code, stdout, stderr } = await ask('asset', 'set', '--where', 'criticality=low', '--owner', 'Ada', '--yes');

    expect([code, stdout]).toEqual([0, '3 assets changed, 0 like that already, 0 refused.\n']);
    expect(stderr).toContain('3 assets would change: web-1: owner none -> Ada');
    const [look, ...sent] = bodies();
    expect(look).toMatchObject({
      preview: true,
      of: { kind: 'filter', filter: { criticality: ['low'] }, total: 3 },
      set: { owner: 'Ada' },
    });
    expect(sent).toEqual(Array.from({ length: 3 }, () => ({ ...(look as object), preview: false })));
  });

  it('takes several by their ids, and names the refused', async () => {
    const refused = {
      ...changed().items[0],
      outcome: 'refused',
      why: 'gone',
      sentence: 'There is no such asset.',
      changes: [],
    };
    saying({}, { refused: 1, changed: 2, items: [refused as AssetsChanged['items'][number]] }); // One field differs.

    const { code, stdout } = await ask('asset', 'set', idOf(1), idOf(2), '--ring', '--yes');

    expect(code).toBe(3);
    expect(stdout).toBe('2 assets changed, 0 like that already, 1 refused.\n  web-1: There is no such asset.\n');
    expect(bodies()[0]).toMatchObject({ of: { kind: 'ids', ids: [idOf(1), idOf(2)] }, set: { ring: true } });
  });

  it('changes nothing where nothing differs', async () => {
    saying({ changed: 0, unchanged: 3, items: [] });

    expect(await askJson('asset', 'set', '--where', 'stale=no', '--no-owner')).toMatchObject({
      code: 0,
      answer: { state: 'preview', changed: 0 },
    });
    expect(bodies()).toHaveLength(1);
  });

  test.each([
    [['--where', 'size=1', '--ring'], 'is no filter'],
    [['--where', 'stale=yes', '--name', 'x'], '--name and --kind are set on one asset alone'],
    [[idOf(1), '--where', 'stale=yes', '--ring'], 'names and --where do not go together'],
    [['--ring'], 'no asset is named'],
    [['--where', 'stale=yes'], 'nothing to change is named'],
  ])('%j is wrong usage', async (argv, expected) => {
    saying({});

    const { code, stderr } = await ask('asset', 'set', ...argv);

    expect([code, stderr]).toEqual([2, expect.stringContaining(expected)]);
    expect(bodies()).toEqual([]);
  });
});
