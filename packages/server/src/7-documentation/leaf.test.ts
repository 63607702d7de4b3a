import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashLeaf, SALT_BYTES } from './leaf.ts';

const HEADER = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  at: Date.parse('2026-11-22T10:00:00.250Z'),
  actor: 'person:01890a5d-ac96-774b-bcce-b302099a8058',
} as const;
const LEAF = { kind: 'asset.changed', subject: 'db-1', payload: { after: 'high', before: 'normal' } };
const SALT = new Uint8Array(SALT_BYTES).fill(7);

function digest(...parts: (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

test('the hashes are those of the bytes that the format names', () => {
  const payloadDigest = digest(SALT, '{"after":"high","before":"normal"}');
  const header =
    '{"actor":"person:01890a5d-ac96-774b-bcce-b302099a8058","at":"2026-11-22T10:00:00.250Z",' +
    '"id":"01890a5d-ac96-774b-bcce-b302099a8057","kind":"asset.changed","subject":"db-1"}';

  const hashes = hashLeaf(HEADER, LEAF, SALT);

  expect(hashes.payloadHash).toBe(`sha256:${payloadDigest}`);
  expect(hashes.leafHash).toBe(`sha256:${digest(Uint8Array.of(0), header, Buffer.from(payloadDigest, 'hex'))}`);
});

test.each([
  ['who', { ...HEADER, actor: 'system' } as const, LEAF, SALT],
  ['when', { ...HEADER, at: HEADER.at + 1 }, LEAF, SALT],
  ['which leaf', { ...HEADER, id: '01890a5d-ac96-774b-bcce-b302099a8059' }, LEAF, SALT],
  ['what kind', HEADER, { ...LEAF, kind: 'asset.created' }, SALT],
  ['about what', HEADER, { ...LEAF, subject: 'db-2' }, SALT],
  ['what exactly', HEADER, { ...LEAF, payload: { after: 'low', before: 'normal' } }, SALT],
  ['the salt', HEADER, LEAF, new Uint8Array(SALT_BYTES).fill(8)],
])('another hash for another %s', (_, header, leaf, salt) => {
  expect(hashLeaf(header, leaf, salt).leafHash).not.toBe(hashLeaf(HEADER, LEAF, SALT).leafHash);
});
