import { expect, it } from 'vitest';
import { releaseText } from './release-text.ts';

const facts = {
  suite: 'acme',
  dateMs: Date.parse('2026-03-01T12:00:00Z'),
  validUntilMs: Date.parse('2026-03-08T12:00:00Z'),
  files: [{ path: 'main/binary-amd64/Packages', sizeBytes: 12, sha256: 'ab' }],
};

it('an index says when it was made, until when it holds, and what it covers', () => {
  expect(releaseText(facts)).toBe(`Origin: Acme
Label: Acme
Suite: acme
Codename: acme
Date: Sun, 01 Mar 2026 12:00:00 UTC
Valid-Until: Sun, 08 Mar 2026 12:00:00 UTC
Acquire-By-Hash: yes
Architectures: all amd64 arm64
Components: main
SHA256:
 ab 12 main/binary-amd64/Packages
`);
});

it('an index that never ends says nothing of an end', () => {
  expect(releaseText({ ...facts, validUntilMs: null })).not.toContain('Valid-Until');
});
