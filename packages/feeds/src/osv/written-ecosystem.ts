import { familyOf } from '../family.ts';
import { REGISTRIES } from './ecosystem.ts';

const NAME_OF_REGISTRY: ReadonlyMap<string, string> = new Map(
  Object.entries(REGISTRIES).map(([name, type]) => [type, name]),
);

/** How OSV writes the releases of a distribution. // OSV affected[].package.ecosystem */
const DISTRIBUTIONS: Readonly<Record<string, (release: string) => string>> = {
  debian: (release) => `Debian:${release}`,
  ubuntu: (release) => `Ubuntu:${withSupport(release)}`,
  'ubuntu-pro': (release) => `Ubuntu:Pro:${withSupport(release)}`,
  almalinux: (release) => `AlmaLinux:${release}`,
  rocky: (release) => `Rocky Linux:${release}`,
  alpine: (release) => `Alpine:${release === 'edge' ? release : `v${release}`}`,
  wolfi: () => 'Wolfi',
  chainguard: () => 'Chainguard',
  rhel: (release) => `Red Hat:enterprise_linux:${release}`,
  'rhel-eus': (release) => `Red Hat:rhel_eus:${release}`,
  'rhel-aus': (release) => `Red Hat:rhel_aus:${release}`,
  'rhel-tus': (release) => `Red Hat:rhel_tus:${release}`,
  'rhel-e4s': (release) => `Red Hat:rhel_e4s:${release}`,
  'rhel-els': (release) => `Red Hat:rhel_els:${release}`,
  'opensuse-leap': (release) => `openSUSE:Leap ${release}`,
  'opensuse-tumbleweed': () => 'openSUSE:Tumbleweed',
  mageia: (release) => `Mageia:${release}`,
  photon: (release) => `Photon OS:${release}`,
  azurelinux: (release) => `Azure Linux:${release}`,
  sles: (release) => `SUSE:Linux Enterprise Server ${release.replace('.', ' SP')}`,
};

/** The ecosystem of OSV that a scope is; null: OSV has no name for it. */
export function writtenEcosystem(scope: string): string | null {
  const registry = NAME_OF_REGISTRY.get(scope);
  if (registry !== undefined) return registry;
  const family = familyOf(scope);
  return DISTRIBUTIONS[family]?.(scope.slice(family.length + 1)) ?? null;
}

/** Every April of an even year Ubuntu publishes a release with long-term support. */
function withSupport(release: string): string {
  return /^\d*[02468]\.04$/.test(release) ? `${release}:LTS` : release;
}
