import type { VersionOrder } from '../versions/index.ts';
import {
  type InstalledPackage,
  type OfferedUpdate,
  type PackageSet,
  type Reason,
  type ReasonCode,
  reasonOf,
} from '../vocabulary/index.ts';
import type { Component } from './component.ts';
import type { IsCovered } from './coverage.ts';
import { packageTypeOf, scopeOfRelease } from './distribution.ts';
import type { SourceVersion } from './judgment.ts';
import { orderOfPackages } from './order-of-packages.ts';
import { isModularBuild, modularKey, packageKey } from './package-key.ts';
import { PRODUCT_SCOPE } from './product-key.ts';
import { sourceVersionOf } from './signed-source.ts';

/** Under which name, in which version, on which release and by which order claims judge a package. */
export interface JudgedAs {
  readonly version: SourceVersion;
  readonly order: VersionOrder;
}

/**
 * What a package of any list is judged as; or why nothing can be said of it. The one place that knows it: for hosts,
 * for bills of materials, for files. `isCovered`: whether anybody speaks of that release or registry, or of the product
 * of that name.
 */
export function judgedAs(component: Component, isCovered: IsCovered): JudgedAs | Reason {
  const { type, name, version, owner } = component;
  const refused = (code: ReasonCode, subject = version === null ? name : `${name} ${version}`) =>
    reasonOf(code, subject);
  if (version === null) return refused('version-missing');
  if (owner !== null) return refused('owned-by-system-package');

  const scope = component.release ?? type;
  const order = orderOfPackages(type);
  if (order === null) return refused('ecosystem-unknown', type);
  if (isOfDistribution(type) && !mayHold(component.release, type)) return refused('release-unknown');
  if (!isCovered(scope, name)) return refused('release-not-covered', scope === PRODUCT_SCOPE ? undefined : scope);
  if (type === 'rpm' && component.module === null && isModularBuild(version)) return refused('module-unknown');

  const judged = sourceVersionIn(component, version, scope);
  return order.isValid(judged.sourceVersion) ? { order, version: judged } : refused('version-impossible');
}

/** A package of a set, as lists of any ecosystems name packages. */
export function componentOf(
  installed: InstalledPackage,
  { ecosystem, release }: Pick<PackageSet, 'ecosystem' | 'release'>,
): Component {
  const { name, version, architecture, module = null, owner = null } = installed;
  const source = { name: installed.source, version: installed.sourceVersion };
  const common = { name, version: version === '' ? null : version, architecture, module, owner, source };
  if (ecosystem === 'components') return { ...common, type: installed.type ?? '', release: installed.scope ?? null };
  return { ...common, type: ecosystem, release: scopeOfRelease(release) };
}

/** What an offered version would be judged as, so that it meets the findings that it ends. */
export function offeredAs(
  offer: Pick<OfferedUpdate, 'name' | 'architecture' | 'to' | 'source' | 'sourceVersion' | 'module'>,
  scope: string,
): SourceVersion {
  const { name, architecture, to, module = null } = offer;
  const source = { name: offer.source, version: offer.sourceVersion };
  // Nobody speaks of a distribution that we do not know: what it offers is kept by its source, as it names it.
  return sourceVersionIn({ type: packageTypeOf(scope) ?? 'deb', name, module, source, architecture }, to, scope);
}

function isOfDistribution(type: string): boolean {
  return type === 'deb' || type === 'rpm' || type === 'apk';
}

/** An rpm is no package of Debian. Of a distribution that we do not know nobody can say so. */
function mayHold(scope: string | null, type: string): boolean {
  return scope !== null && (packageTypeOf(scope) ?? type) === type;
}

/** Advisories speak of the source of a deb, the origin of an apk, the binary and module of an rpm. */
function sourceVersionIn(
  { type, name, module, source, architecture }: Omit<Component, 'version' | 'release' | 'owner'>,
  version: string,
  scope: string,
): SourceVersion {
  if (type === 'rpm') {
    const hasVersionOfSource = source === null || withoutEpoch(source.version) === withoutEpoch(version);
    const build = { architecture, source: modularKey(module, source?.name ?? name), hasVersionOfSource };
    return { scope, source: modularKey(module, name), sourceVersion: version, build };
  }
  if (type === 'deb' || type === 'apk') {
    return sourceVersionOf({ source: source?.name ?? name, sourceVersion: source?.version ?? version }, scope);
  }
  // Go writes `v1.2.3` for modules and `go1.2.3` for itself; its advisories write neither.
  const sourceVersion = type === 'golang' ? version.replace(/^(?:v|go)(?=\d)/, '') : version;
  return { scope, source: packageKey(type, name), sourceVersion };
}

/** rpm names the source without an epoch, so that only version and release can be compared. */
function withoutEpoch(version: string): string {
  return version.replace(/^\d+:/, '');
}
