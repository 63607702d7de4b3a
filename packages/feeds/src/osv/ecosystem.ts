import { claimScope, packageTypeOf } from '@patchsteward/core/1-identification';

/** What the `ecosystem` of an OSV entry means here. */
export interface OsvEcosystem {
  /** The purl type of its packages, whose order of versions holds. */
  readonly type: string;
  readonly scope: string;
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
};

/** `Ubuntu:22.04:LTS`, `Ubuntu:Pro:18.04:LTS`, `Ubuntu:Pro:FIPS-updates:20.04:LTS`. */
const UBUNTU = /^Ubuntu:(?<channels>(?:[A-Za-z][\w-]*:)*)(?<release>\d+\.\d+)(?::LTS)?$/;

/** null: nothing of it can be judged. */
export function ecosystemOf(text: string): OsvEcosystem | null {
  // A registry may carry a suffix, such as the address of a Maven repository.
  const [name = '', suffix = null] = text.split(/:(.*)/s);
  const registry = REGISTRIES[name];
  if (registry !== undefined) return { type: registry, scope: registry };

  const ubuntu = UBUNTU.exec(text)?.groups;
  if (ubuntu !== undefined) {
    const channels = (ubuntu['channels'] ?? '').toLowerCase();
    if (channels !== '' && channels !== 'pro:') return null;
    return ofDistribution(channels === '' ? 'ubuntu' : 'ubuntu-pro', ubuntu['release'] ?? null);
  }
  return name === 'Ubuntu' ? null : ofDistribution(name, suffix);
}

function ofDistribution(name: string, version: string | null): OsvEcosystem | null {
  const scope = claimScope(name, version);
  const type = scope === null ? null : packageTypeOf(scope);
  return scope === null || type === null ? null : { type, scope };
}
