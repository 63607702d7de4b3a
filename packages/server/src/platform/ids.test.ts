import { expect, it } from 'vitest';
import { newId } from './ids.ts';

it('ids are UUIDv7: they begin with their time and no two are the same', () => {
  const ids = Array.from({ length: 1_000 }, (_, index) => newId(Date.UTC(2026, 0, 1) + index));

  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
    true,
  );
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(Number.parseInt(ids[0]?.replaceAll('-', '').slice(0, 12) ?? '', 16)).toBe(Date.UTC(2026, 0, 1));
});
