import type { Room } from '@patchsteward/core/campaign';

/** How far a campaign comes before the person who looks at the demo takes over. */
export type Reach =
  | 'withdrawn'
  | 'risk-accepted'
  | 'identified'
  | 'quarantined'
  | 'ring-watched'
  | 'backups-missing'
  | 'no-windows'
  | 'change-missing'
  | 'owner-missing'
  | 'notice-running'
  | 'deploying'
  | 'stopped'
  | 'watched'
  | 'audit-missing'
  | 'completed';

export interface StoryCampaign {
  /** The update that it brings, by its source package. */
  readonly source: string;
  readonly reach: Reach;
  /** In which room it is meant to stand in the end. */
  readonly room: Room;
  /** Of the production hosts, so many; the whole test ring comes with them. */
  readonly production: number;
  readonly openedHoursAgo: number;
  /** When the last backup is proved, so that its production plan is compiled. */
  readonly provedHoursAgo: number;
}

/** Every campaign of the story. The figures are hours before its end, chosen by the default policy's own times. */
export const CAMPAIGNS: readonly StoryCampaign[] = [
  { source: 'bind9', reach: 'completed', room: '7-documentation', production: 4, ...times(138, 130) },
  { source: 'cups', reach: 'withdrawn', room: '1-identification', production: 6, ...times(136, 0) },
  { source: 'imagemagick', reach: 'risk-accepted', room: '2-evaluation', production: 4, ...times(134, 0) },
  { source: 'samba', reach: 'no-windows', room: '5-approval', production: 6, ...times(68, 60) },
  { source: 'dovecot-core', reach: 'audit-missing', room: '7-documentation', production: 1, ...times(45, 40) },
  { source: 'nginx', reach: 'deploying', room: '6-deployment', production: 36, ...times(29, 9.5) },
  { source: 'nodejs', reach: 'stopped', room: '6-deployment', production: 20, ...times(29, 9) },
  { source: 'exim4', reach: 'quarantined', room: '3-testing', production: 6, ...times(28, 0) },
  { source: 'postgresql-15', reach: 'change-missing', room: '5-approval', production: 6, ...times(28, 2) },
  { source: 'grafana', reach: 'owner-missing', room: '5-approval', production: 6, ...times(27, 2) },
  { source: 'firefox-esr', reach: 'identified', room: '2-evaluation', production: 6, ...times(3, 0) },
  { source: 'libreoffice-core', reach: 'notice-running', room: '5-approval', production: 6, ...times(26, 1) },
  { source: 'git', reach: 'backups-missing', room: '4-backup', production: 6, ...times(20, 0) },
  { source: 'restic', reach: 'ring-watched', room: '3-testing', production: 6, ...times(7, 0) },
  { source: 'knot', reach: 'watched', room: '7-documentation', production: 2, ...times(28, 18) },
];

function times(openedHoursAgo: number, provedHoursAgo: number) {
  return { openedHoursAgo, provedHoursAgo };
}

/** Hosts of the campaign that is stopped on which the change fails. */
export const FAILING_HOSTS = 2;
/** Hosts without a backup in the campaign that waits for one. */
export const UNPROVED_HOSTS = 2;
