import { claimScope, packageTypeOf } from '@patchsteward/core/1-identification';
import { scopeOfCpe } from '../csaf/cpe.ts';

/** What the `ecosystem` of an OSV entry means here. */
export interface OsvEcosystem {
  /** The purl type of its packages, whose order of versions holds. */
  readonly type: string;
  readonly scope: string;
  /** Whether its records name sources or what is built from them. */
  readonly packageKind: 'source' | 'binary';
}

/** Registries of languages, by the names that OSV gives them. // OSV ecosystems */
export const REGISTRIES: Readonly<Record<string, string>> = {
  npm: 'npm',
  PyPI: 'pypi',
  Maven: 'maven',
  Go: 'golang',
  'crates.io': 'cargo',
  RubyGems: 'gem',
  NuGet: 'nuget',
  Packagist: 'composer',
  Hex: 'hex',
  Pub: 'pub',
  CRAN: 'cran',
  Hackage: 'hackage',
};

/** Of rpm these name sources; all other distributions of rpm name what is installed. // SUSE, Mageia: purl `arch=source` */
const NAMES_SOURCES = /^(?:sles|opensuse-leap|opensuse-tumbleweed|mageia|photon|azurelinux)(?::|$)/;

/** `Ubuntu:22.04:LTS`, `Ubuntu:Pro:18.04:LTS`, `Ubuntu:Pro:FIPS-updates:20.04:LTS`. */
const UBUNTU = /^(?<channels>(?:[A-Za-z][\w-]*:)*)(?<release>\d+\.\d+)(?::LTS)?$/;

/** Every product and module of one service pack is of one line of builds; LTSS goes on with it. */
const SUSE =
  /^Linux Enterprise (?:Server|Desktop|High Performance Computing|Module for [\w -]+?) (?<major>\d+)(?: SP(?<pack>\d+))?(?:-LTSS)?$/;

/** null: nothing of it can be judged. */
export function ecosystemOf(text: string): OsvEcosystem | null {
  // A registry may carry a suffix, such as the address of a Maven repository.
  const [name = '', suffix = null] = text.split(/:(.*)/s);
  const registry = REGISTRIES[name];
  if (registry !== undefined) return { type: registry, scope: registry, packageKind: 'binary' };
  const scope = scopeOf(name, suffix);
  const type = scope === null ? null : packageTypeOf(scope);
  if (scope === null || type === null) return null;
  return { type, scope, packageKind: type !== 'rpm' || NAMES_SOURCES.test(scope) ? 'source' : 'binary' };
}

function scopeOf(name: string, suffix: string | null): string | null {
  switch (name) {
    case 'Ubuntu':
      return scopeOfUbuntu(suffix ?? '');
    case 'Red Hat':
      // What follows is a CPE without its beginning. // OSV ecosystems, Red Hat
      return scopeOfCpe(`cpe:/a:redhat:${suffix ?? ''}`);
    case 'SUSE':
      return scopeOfSuse(suffix ?? '');
    case 'openSUSE':
      return suffix === 'Tumbleweed' ? 'opensuse-tumbleweed' : claimScope('opensuse-leap', leapOf(suffix ?? ''));
    default:
      return claimScope(name, suffix);
  }
}

function scopeOfUbuntu(suffix: string): string | null {
  const { channels = '', release = '' } = UBUNTU.exec(suffix)?.groups ?? {};
  if (channels !== '' && channels.toLowerCase() !== 'pro:') return null;
  return claimScope(channels === '' ? 'ubuntu' : 'ubuntu-pro', release);
}

function scopeOfSuse(suffix: string): string | null {
  const { major, pack } = SUSE.exec(suffix)?.groups ?? {};
  return major === undefined ? null : claimScope('sles', `${major}.${pack ?? '0'}`);
}

/** `Leap 15.6`; Leap Micro is another product. */
function leapOf(suffix: string): string | null {
  return /^Leap (\d+\.\d+)$/.exec(suffix)?.[1] ?? null;
}
