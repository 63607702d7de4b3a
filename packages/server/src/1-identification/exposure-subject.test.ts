import { expect, it } from 'vitest';
import { spellingsOf } from './exposure-subject.ts';

it.each([
  ['cve-2026-0001', ['CVE-2026-0001', 'cve-2026-0001']],
  [' CVE-2026-0001 ', ['CVE-2026-0001']],
  ['ghsa-JFH8-c2jp-5v3q', ['GHSA-jfh8-c2jp-5v3q', 'ghsa-JFH8-c2jp-5v3q']],
  ['openSUSE-SU-2026:1-1', ['OPENSUSE-SU-2026:1-1', 'openSUSE-SU-2026:1-1']],
])('%s is looked for as %s', (asked, spellings) => {
  expect(spellingsOf(asked)).toEqual(spellings);
});
