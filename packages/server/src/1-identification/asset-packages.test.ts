import { expect, test } from 'vitest';
import { packagePage } from './asset-packages.ts';
import { installed } from './testing/inventories.ts';

const PACKAGES = ['c', 'a', 'b', 'e', 'd'].map((name) => installed({ name, source: `source-${name}` }));

test('pages follow each other by name, and the last has no next', () => {
  const names: string[] = [];
  let cursor: string | undefined;
  for (let turn = 0; turn < 3; turn += 1) {
    const page = packagePage(PACKAGES, { limit: 2, cursor });
    names.push(...page.items.map(({ name }) => name));
    expect(page.total).toBe(5);
    expect(page.next === null).toBe(turn === 2);
    cursor = page.next ?? undefined;
  }

  expect(names).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('where the set changes between two pages, nothing is shown twice and nothing skipped', () => {
  const first = packagePage(PACKAGES, { limit: 2 });
  const changed = [...PACKAGES.filter(({ name }) => name !== 'a'), installed({ name: 'bb' })];

  const second = packagePage(changed, { limit: 9, cursor: first.next ?? undefined });

  expect(second.items.map(({ name }) => name)).toEqual(['bb', 'c', 'd', 'e']);
});

test.each([
  ['a part of the name, in any case', 'A', ['a']],
  ['a part of the source', 'source-c', ['c']],
  ['what is nowhere', 'zzz', []],
])('the search finds by %s', (_, search, names) => {
  const page = packagePage(PACKAGES, { limit: 9, search });

  expect(page.items.map(({ name }) => name)).toEqual(names);
  expect(page.total).toBe(names.length);
});

test('the same package in two architectures is two', () => {
  const both = [installed({ architecture: 'i386' }), installed({ architecture: 'amd64' })];

  const first = packagePage(both, { limit: 1 });
  const second = packagePage(both, { limit: 1, cursor: first.next ?? undefined });

  expect([...first.items, ...second.items].map(({ architecture }) => architecture)).toEqual(['amd64', 'i386']);
});

test('a cursor that is not ours is refused', () => {
  expect(() => packagePage(PACKAGES, { limit: 2, cursor: 'bm9uc2Vuc2U' })).toThrow(
    expect.objectContaining({ code: 'bad-request' }),
  );
});
