import type { ClaimAuthority } from '@patchsteward/core/1-identification';
import type { OsvRecord } from './schema.ts';

/** A vendor's status of one vulnerability. */
const STATUS = /^(?:UBUNTU|ALPINE|ECHO|MINI)-(CVE-\d{4}-\d+)$/;
/** A vendor's advisory, which bundles vulnerabilities. */
const ADVISORY = /^(?:USN|LSN|ALSA|ALBA|ALEA|RLSA|RXSA|RHSA|RHBA|RHEA|MGASA|PHSA|SUSE-[A-Z]+|openSUSE-[A-Z]+|CGA)[-:]/;
const CVE = /(?:^|-)(CVE-\d{4}-\d+)$/;
const GHSA = /^GHSA(?:-[0-9a-z]{4}){3}$/;

export function authorityOf({ id }: OsvRecord): ClaimAuthority {
  if (STATUS.test(id)) return 'vendor-status';
  return ADVISORY.test(id) ? 'vendor-advisory' : 'aggregator';
}

/**
 * The names that all sources share: the CVEs that a record is, bundles or is an alias of; else the name that GitHub
 * gave it, else its own. Aliases are read, never followed, so that no circle of them leads anywhere. `related` is a
 * list of vulnerabilities only in advisories of vendors. // OSV aliases, upstream, related
 */
export function vulnerabilitiesOf(record: OsvRecord): string[] {
  const status = STATUS.exec(record.id)?.[1];
  if (status !== undefined) return [status];
  const related = ADVISORY.test(record.id) ? record.related : [];
  for (const named of [[record.id], record.upstream, record.aliases, related]) {
    const found = new Set((named ?? []).map((id) => CVE.exec(id)?.[1]).filter((id) => id !== undefined));
    if (found.size > 0) return [...found].sort();
  }
  return [[record.id, ...(record.aliases ?? [])].filter((id) => GHSA.test(id)).sort()[0] ?? record.id];
}
