/** How one version of acme-web differs from a good one. */
export interface AcmeVersion {
  readonly version: string;
  /** What a person reads in the changelog. */
  readonly change: string;
  readonly answerDelayMs?: number;
  /** The service ends by itself, with an error, so long after its start. */
  readonly livesMs?: number;
  /** Lines of shell that the post-install script runs before it restarts the service. */
  readonly postinst?: string;
  readonly depends?: string;
  /** What the package's configuration file says. */
  readonly color?: string;
  readonly fillBytes?: number;
}

const ONE_DAY_SECONDS = 86_400;
const RUN = '/run/reboot-required';

/** Every kind of update that a host can meet, the first one what it starts with. */
export const ACME_VERSIONS: readonly AcmeVersion[] = [
  { version: '1.0', change: 'First version.' },
  { version: '1.1', change: 'Fix CVE-2099-0001 (request smuggling).' },
  {
    version: '1.2',
    change: 'Move the data; the post-install script fails.',
    postinst: 'echo "acme-web: the data cannot be moved" >&2; exit 1',
  },
  { version: '1.3', change: 'The service ends two seconds after its start.', livesMs: 2_000 },
  { version: '1.4', change: 'Every answer is five times slower.', answerDelayMs: 100 },
  { version: '1.5', change: 'Another default color.', color: 'green' },
  { version: '1.6', change: 'Need a library that nobody has.', depends: 'acme-missing (>= 2)' },
  {
    version: '1.7',
    change: 'Wanted: a reboot.',
    postinst: `touch ${RUN}; echo acme-web >>${RUN}.pkgs`,
  },
  { version: '1.8', change: 'The post-install script never ends.', postinst: `sleep ${ONE_DAY_SECONDS}` },
  { version: '1.9', change: 'Eight mebibytes of pictures.', fillBytes: 8 * 1024 * 1024 },
];

export const ACME_FIRST = '1.0';
export const ACME_PORT = 8080;
