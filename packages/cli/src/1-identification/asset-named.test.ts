import { describe, expect, it } from 'vitest';
import { asset, idOf, whole } from './testing/answers.ts';
import { asking } from './testing/asking.ts';

const { answering, ask, askJson, calls } = asking();

/** A fleet of these names, which the search finds by any part of anything, as the server's does. */
function fleet(...names: readonly string[]): void {
  const assets = names.map((name, number) => asset({ name, id: idOf(number), owner: 'Ada web-owner' }));
  answering({
    'asset.list': () => whole(assets),
    'asset.show': ({ params }) => assets.find(({ id }) => id === params['id']) ?? asset(),
  });
}

describe('an asset is named', () => {
  it.each([
    ['its id', ['a', 'b'], idOf(1), 'b'],
    ['its id in capitals', ['a', 'b'], idOf(1).toUpperCase(), 'b'],
    ['its name', ['web-1', 'web-10'], 'web-1', 'web-1'],
    ['its name, as hosts are, in letters of any size', ['Web-1', 'web-10'], 'wEB-1', 'Web-1'],
    ['the first label of its name', ['web-1.example.org', 'web-10.example.org'], 'web-1', 'web-1.example.org'],
    ['its name rather than a label', ['web-1.example.org', 'web-1'], 'web-1', 'web-1'],
  ])('by %s', async (_, names, named, expected) => {
    fleet(...names);

    expect(await askJson('asset', 'show', named)).toMatchObject({ code: 0, answer: { name: expected } });
  });

  it('and is then looked for by that name alone', async () => {
    fleet('web-1');

    await ask('asset', 'show', 'web-1');

    expect(calls().map(({ id, query }) => [id, query['search']])).toEqual([
      ['asset.list', 'web-1'],
      ['asset.show', undefined],
    ]);
  });

  it('also where it is on a later page', async () => {
    const names = Array.from({ length: 3 }, (_, page) => [`web-1${page}`, page === 2 ? 'web-1' : `old-web-1${page}`]);
    answering({
      'asset.list': ({ query }) => {
        const page = Number(query['cursor'] ?? 0);
        const items = (names[page] ?? []).map((name, number) => asset({ name, id: idOf(10 * page + number) }));
        return { items, next: page < 2 ? String(page + 1) : null, total: 6 };
      },
      'asset.show': ({ params }) => asset({ id: String(params['id']) }),
    });

    expect(await askJson('asset', 'show', 'web-1')).toMatchObject({ code: 0, answer: { id: idOf(21) } });
  });
});

describe('an asset is not guessed', () => {
  it.each([
    ['nothing is like it', [], 1, 'there is no asset web-1; see which there are with "patchsteward asset list"'],
    [
      'only an owner is like it',
      ['a', 'b'],
      1,
      'there is no asset web-1; see which there are with "patchsteward asset list"',
    ],
    [
      'others are like it',
      ['web-10', 'web-11'],
      1,
      'there is no asset web-1; did you mean web-10, web-11? If not, see which there are with "patchsteward asset list"',
    ],
    [
      'two have that name',
      ['web-1', 'web-1', 'web-2'],
      2,
      `2 assets are called web-1; name one by its id: ${idOf(0)} (web-1), ${idOf(1)} (web-1)`,
    ],
    [
      'two have that label',
      ['web-1.a', 'web-1.b'],
      2,
      `2 assets are called web-1; name one by its id: ${idOf(0)} (web-1.a), ${idOf(1)} (web-1.b)`,
    ],
  ])('where %s', async (_, names, code, complaint) => {
    fleet(...names);

    for (const command of [
      ['asset', 'show', 'web-1'],
      ['asset', 'packages', 'web-1'],
      ['asset', 'set', 'web-1', '--kind', 'server'],
      ['finding', 'list', '--asset', 'web-1'],
      ['update', 'list', '--asset', 'web-1'],
    ]) {
      expect(await ask(...command)).toEqual({ code, stdout: '', stderr: `patchsteward: ${complaint}\n` });
    }
    expect(new Set(calls().map(({ id }) => id))).toEqual(new Set(['asset.list']));
  });
});
