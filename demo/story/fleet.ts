import type { Criticality, Exposure, Release } from '@patchsteward/core/vocabulary';

export const RELEASES = {
  'debian:11': { id: 'debian', versionId: '11', codename: 'bullseye', prettyName: 'Debian GNU/Linux 11 (bullseye)' },
  'debian:12': { id: 'debian', versionId: '12', codename: 'bookworm', prettyName: 'Debian GNU/Linux 12 (bookworm)' },
  'debian:13': { id: 'debian', versionId: '13', codename: 'trixie', prettyName: 'Debian GNU/Linux 13 (trixie)' },
  'ubuntu:24.04': { id: 'ubuntu', versionId: '24.04', codename: 'noble', prettyName: 'Ubuntu 24.04 LTS' },
} as const satisfies Readonly<Record<string, Release>>;
export type Scope = keyof typeof RELEASES;

/** Hosts that do the same work and have the same packages. */
interface Team {
  readonly role: string;
  readonly scope: Scope;
  /** Of all hosts, the first `ring` are the test ring. */
  readonly hosts: number;
  readonly ring: number;
  readonly kind: 'server' | 'workstation' | 'application';
  readonly criticality: Criticality;
  readonly exposure: Exposure;
  readonly group: string;
  /** So many hosts stand for each other. */
  readonly redundancy: number | null;
  readonly packages: readonly string[];
}

/** 200 hosts. What they are called and what they do is invented. */
export const TEAMS: readonly Team[] = [
  team('web', 'debian:12', 40, { ring: 4, exposure: 'public', packages: ['nginx', 'certbot', 'php8.2-fpm'] }),
  team('app', 'debian:13', 36, { ring: 4, criticality: 'high', packages: ['nodejs', 'npm', 'libuv1'] }),
  team('db', 'debian:12', 24, {
    ...{ ring: 2, criticality: 'critical', redundancy: 2, packages: ['postgresql-15', 'pgbouncer', 'libpq5'] },
  }),
  team('desk', 'debian:12', 24, {
    ...{ ring: 2, kind: 'workstation', criticality: 'low', packages: ['firefox-esr', 'libreoffice-core', 'cups'] },
  }),
  team('build', 'debian:13', 16, { ring: 2, criticality: 'low', packages: ['git', 'imagemagick', 'ccache'] }),
  team('files', 'debian:12', 16, { ring: 2, criticality: 'high', group: 'files', packages: ['samba', 'nfs-common'] }),
  team('mail', 'debian:11', 12, { ring: 2, exposure: 'public', packages: ['exim4', 'dovecot-core', 'rspamd'] }),
  team('backup', 'debian:11', 12, { ring: 2, exposure: 'isolated', packages: ['restic', 'rsync', 'borgbackup'] }),
  team('dns', 'debian:13', 8, { ring: 2, criticality: 'high', exposure: 'public', packages: ['bind9', 'knot'] }),
  team('watch', 'debian:12', 8, { ring: 2, packages: ['prometheus', 'grafana', 'snmpd'] }),
  team('media', 'ubuntu:24.04', 4, { ring: 0, criticality: 'low', packages: ['ffmpeg', 'icecast2'] }),
];

function team(role: string, scope: Scope, hosts: number, more: Partial<Team> & Pick<Team, 'ring' | 'packages'>): Team {
  const usual = { kind: 'server', criticality: 'normal', exposure: 'internal', group: 'any-time' } as const;
  return { role, scope, hosts, redundancy: null, ...usual, ...more };
}

/** On every host. */
export const BASE_PACKAGES: readonly string[] = [
  ...['base-files', 'bash', 'ca-certificates', 'coreutils', 'cron', 'curl', 'dpkg', 'e2fsprogs', 'findutils', 'gpgv'],
  ...['grep', 'gzip', 'iproute2', 'less', 'libc6', 'libgcrypt20', 'libpam-modules', 'libssl3', 'libsystemd0', 'login'],
  ...['mount', 'ncurses-base', 'openssh-client', 'openssh-server', 'openssl', 'passwd', 'procps', 'sed', 'sudo'],
  ...['systemd', 'tar', 'tzdata', 'util-linux', 'vim-tiny', 'wget', 'xz-utils', 'zlib1g'],
];

export interface DemoHostFacts {
  readonly name: string;
  readonly team: Team;
  readonly ring: boolean;
  readonly redundancyGroups: readonly string[];
  /** It has not been heard of for a day. */
  readonly silent: boolean;
  readonly rebootNeeded: boolean;
}

const SILENT = new Set(['desk-17', 'build-11', 'media-3']);
/** Every so many hosts one runs an older kernel than it has. */
const REBOOT_EVERY = 23;

/** `share`: of each team so many of its hosts, for a smaller demo; the ring stays whole. */
export function fleetOf(share = 1): readonly DemoHostFacts[] {
  return TEAMS.flatMap((one) => {
    const count = Math.min(one.hosts, Math.max(one.ring + PRODUCTION_MIN, Math.ceil(one.hosts * share)));
    return Array.from({ length: count }, (_, index) => hostOf(one, index));
  });
}

/** The smallest production of a team with which every campaign of the story still finds its hosts. */
const PRODUCTION_MIN = 6;

function hostOf(one: Team, index: number): DemoHostFacts {
  const name = `${one.role}-${index + 1}`;
  const ring = index < one.ring;
  const pair = one.redundancy === null || ring ? null : Math.floor((index - one.ring) / one.redundancy) + 1;
  return {
    name,
    team: one,
    ring,
    redundancyGroups: pair === null ? [] : [`${one.role}-pair-${pair}`],
    silent: SILENT.has(name),
    rebootNeeded: index % REBOOT_EVERY === REBOOT_EVERY - 1,
  };
}
