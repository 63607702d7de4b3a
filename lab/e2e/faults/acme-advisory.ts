import { writeFile } from 'node:fs/promises';
import type { World } from '../world.ts';

interface AcmeAdvisory {
  readonly id: string;
  readonly vulnerability: string;
  readonly fixed: string;
}

const FIRST: AcmeAdvisory = { id: 'DSA-9001-1', vulnerability: 'CVE-2099-0001', fixed: '1.1' };

/** What makes an update of acme-web one for the critical lane. */
export async function importAcmeAdvisory(world: World, advisory = FIRST): Promise<void> {
  const file = world.secret(`${advisory.id}.json`);
  await writeFile(file, JSON.stringify(osvOf(advisory)));
  await world.as('ian').asks(['feeds', 'import', file, '--feed', 'debian-osv']);
}

/** Of a vendor that does not exist, for a weakness that does not either. // OSV schema */
function osvOf({ id, vulnerability, fixed }: AcmeAdvisory): unknown {
  return {
    id,
    modified: '2026-07-01T00:00:00Z',
    published: '2026-07-01T00:00:00Z',
    upstream: [vulnerability],
    summary: 'acme-web - security update',
    affected: [
      {
        package: { ecosystem: 'Debian:12', name: 'acme-web' },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
      },
    ],
  };
}
