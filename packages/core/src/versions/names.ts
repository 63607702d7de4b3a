import { VERSION_ECOSYSTEMS, type VersionEcosystem } from './version-order.ts';

/** What purl, OSV and people call the ecosystems besides our own names. */
const ALIASES: Readonly<Record<string, VersionEcosystem>> = {
  debian: 'deb',
  ubuntu: 'deb',
  redhat: 'rpm',
  alpine: 'apk',
  npm: 'semver',
  golang: 'semver',
  go: 'semver',
  cargo: 'semver',
  'crates.io': 'semver',
  hex: 'semver',
  'pep-440': 'pypi',
  pep440: 'pypi',
  rubygems: 'gem',
  packagist: 'composer',
};

const NAMES = new Map<string, VersionEcosystem>([
  ...VERSION_ECOSYSTEMS.map((name) => [name, name] as const),
  ...Object.entries(ALIASES),
]);

/** Every name that is understood, our own first. */
export const ECOSYSTEM_NAMES: readonly string[] = [...NAMES.keys()];

/** The ecosystem that goes by a name, in any case (OSV writes `PyPI`); null: we order none of that name. */
export function ecosystemNamed(name: string): VersionEcosystem | null {
  return NAMES.get(name.toLowerCase()) ?? null;
}
