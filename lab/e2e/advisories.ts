import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A genuine advisory in our own words, where the real data is not at hand. // OSV schema */
const OWN_ADVISORY = {
  id: 'DLA-4682-1',
  modified: '2026-07-01T00:00:00Z',
  published: '2026-07-01T00:00:00Z',
  upstream: ['CVE-2026-23631', 'CVE-2026-25243'],
  summary: 'redis - security update',
  affected: [
    {
      package: { ecosystem: 'Debian:12', name: 'redis' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '5:7.0.15-1~deb12u8' }] }],
    },
  ],
};

export interface Advisories {
  readonly file: string;
  /** Whether they are all of Debian's own. */
  readonly real: boolean;
}

export async function advisories(folder: string): Promise<Advisories> {
  const data = process.env['PATCHSTEWARD_TEST_DATA'] ?? join(import.meta.dirname, '../../../shared/data');
  const real = join(data, 'debian', 'dsa-dla-osv.jsonl.gz');
  if (existsSync(real)) return { file: real, real: true };
  const own = join(folder, 'advisory.json');
  await writeFile(own, JSON.stringify(OWN_ADVISORY));
  return { file: own, real: false };
}
