import { expect, it } from 'vitest';
import { tellingMessage } from './telling-text.ts';

it('says the most urgent first, and counts in its subject', () => {
  const { subject, text } = tellingMessage(
    [
      { kind: 'feed-silent', line: 'kev: nothing new since 2026-11-01' },
      { kind: 'exploited', line: 'CVE-2026-0001 in curl on 3 assets' },
      { kind: 'critical', line: 'CVE-2026-0002 in curl on 3 assets' },
      { kind: 'critical', line: 'CVE-2026-0003 in curl on 3 assets' },
    ],
    'https://patches.example.org',
  );

  expect(subject).toBe('Patchsteward: 1 exploited vulnerability, 2 critical vulnerabilities, 1 feed fell silent');
  expect(text.indexOf('CVE-2026-0001')).toBeLessThan(text.indexOf('CVE-2026-0002'));
  expect(text).toContain('\nhttps://patches.example.org\n');
});

it('lists thirty of a kind and counts the rest', () => {
  const told = Array.from({ length: 1_000 }, (_, n) => ({ kind: 'critical', line: `CVE-${n}` }) as const);

  const { text } = tellingMessage(told, null);

  expect(text).toContain('  and 970 more');
  expect(text.split('\n').length).toBeLessThan(40);
});
