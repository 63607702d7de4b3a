import { HOUR_MS, type Instant } from '@patchsteward/core/vocabulary';
import type { Scope } from './fleet.ts';

/** What a vendor publishes in the story. Names of packages are real ones; versions, faults and advisories are invented. */
export interface StoryUpdate {
  readonly source: string;
  readonly scope: Scope;
  readonly role: string;
  readonly from: string;
  readonly to: string;
  /** null: it ends no vulnerability. */
  readonly advisory: { readonly id: string; readonly cves: readonly string[]; readonly urgency: string } | null;
  readonly exploited: boolean;
  /** Hours before the end of the story. */
  readonly releasedHoursAgo: number;
}

/** The batches in which the vendor publishes: each is one index, one file of advisories. */
export const BATCHES_HOURS_AGO = [140, 70, 46, 30] as const;

let number = 0;
function update(
  role: string,
  scope: Scope,
  source: string,
  releasedHoursAgo: (typeof BATCHES_HOURS_AGO)[number],
  more: { readonly urgency?: string; readonly routine?: boolean; readonly exploited?: boolean; readonly cves?: number },
): StoryUpdate {
  number += 1;
  const count = more.cves ?? 1;
  const suffix = scope.replace(/^\w+:/, '');
  return {
    ...{ source, scope, role, releasedHoursAgo, exploited: more.exploited === true },
    ...{ from: `${number}.4.1-1+demo${suffix}u1`, to: `${number}.4.1-1+demo${suffix}u2` },
    advisory:
      more.routine === true
        ? null
        : {
            id: `DSA-${9000 + number}-1`,
            cves: Array.from({ length: count }, (_, at) => `CVE-2099-${10_000 + number * 10 + at}`),
            urgency: more.urgency ?? 'not yet assigned',
          },
  };
}

export const UPDATES: readonly StoryUpdate[] = [
  update('dns', 'debian:13', 'bind9', 140, { cves: 2 }),
  update('desk', 'debian:12', 'cups', 140, {}),
  update('build', 'debian:13', 'imagemagick', 140, {}),
  update('files', 'debian:12', 'samba', 70, { cves: 3 }),
  update('mail', 'debian:11', 'dovecot-core', 46, {}),
  update('web', 'debian:12', 'nginx', 30, { exploited: true, cves: 2 }),
  update('app', 'debian:13', 'nodejs', 30, { cves: 2 }),
  update('mail', 'debian:11', 'exim4', 30, {}),
  update('db', 'debian:12', 'postgresql-15', 30, { cves: 2 }),
  update('watch', 'debian:12', 'grafana', 30, {}),
  update('desk', 'debian:12', 'firefox-esr', 30, { cves: 5 }),
  update('desk', 'debian:12', 'libreoffice-core', 30, {}),
  update('build', 'debian:13', 'git', 30, {}),
  update('backup', 'debian:11', 'restic', 30, { routine: true }),
  update('dns', 'debian:13', 'knot', 30, {}),
  // Nobody has adopted these yet: they wait as proposals.
  update('web', 'debian:12', 'php8.2-fpm', 30, { cves: 2 }),
  update('app', 'debian:13', 'libuv1', 30, { urgency: 'low' }),
  update('backup', 'debian:11', 'borgbackup', 30, { routine: true }),
  update('media', 'ubuntu:24.04', 'ffmpeg', 30, { routine: true }),
];

export function releasedAt({ releasedHoursAgo }: Pick<StoryUpdate, 'releasedHoursAgo'>, end: Instant): Instant {
  return end - releasedHoursAgo * HOUR_MS;
}
