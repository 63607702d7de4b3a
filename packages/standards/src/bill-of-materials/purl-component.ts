import { type Component, claimScopeOf, packageTypeOf } from '@patchsteward/core/1-identification';
import { PackageURL } from 'packageurl-js';
import type { BillEntry } from './package-list.ts';

/**
 * Folders that only packages of a distribution fill: a language package in one of them is a package of the
 * distribution seen a second time, and its own registry's advisories know nothing of the distribution's fixes.
 */
const SYSTEM_FOLDERS =
  /^\/?usr\/(?:lib\/python3\/dist-packages|lib(?:64)?\/python3(?:\.\d+)?\/site-packages|share\/(?:nodejs|javascript|java|maven-repo|rubygems-integration|php))\//;

/** Where scanners put what purl has no word for. */
const PROPERTIES = {
  location: 'syft:location:0:path',
  module: ['syft:metadata:modularityLabel', 'aquasecurity:trivy:Modularitylabel'],
  sourceName: 'aquasecurity:trivy:SrcName',
  sourceVersion: 'aquasecurity:trivy:SrcVersion',
  sourceRelease: 'aquasecurity:trivy:SrcRelease',
  sourceEpoch: 'aquasecurity:trivy:SrcEpoch',
} as const;

/** The component that a purl names; a text where it names none. `release` is that of the bill as a whole. */
export function componentOf(entry: BillEntry, release: string | null, hasSystemPackages: boolean): Component | string {
  const purl = parsed(entry.purl);
  if (typeof purl === 'string') return purl;
  const { type, qualifiers } = purl;
  const version = versionOf(purl.version ?? entry.version, qualifiers['epoch'] ?? null);
  return {
    type,
    name: nameOf(purl),
    version,
    architecture: qualifiers['arch'] ?? null,
    source: version === null || type === 'rpm' ? null : sourceOf(purl, entry, version),
    release: isOfDistribution(type) ? releaseOf(type, qualifiers['distro'] ?? null, release) : null,
    module: type === 'rpm' ? moduleOf(qualifiers['rpmmod'], entry) : null,
    owner: isOfDistribution(type) || !hasSystemPackages ? null : ownerOf(entry),
  };
}

/** Whether a bill's purl is of a package database; such a database knows whose every file is. */
export function isSystemPurl(purl: string | null): boolean {
  return /^pkg:(?:deb|rpm|apk)\//i.test(purl ?? '');
}

interface Purl {
  readonly type: string;
  readonly namespace: string | null;
  readonly name: string;
  readonly version: string | null;
  readonly qualifiers: Readonly<Record<string, string>>;
}

function parsed(text: string | null): Purl | string {
  if (text === null) return 'it has no purl, so nobody knows what it is';
  try {
    const { type, namespace, name, version, qualifiers } = PackageURL.fromString(text);
    if (type === undefined || name === undefined) return `${text} is no purl`;
    return { type, namespace: namespace ?? null, name, version: version ?? null, qualifiers: { ...qualifiers } };
  } catch {
    // The library throws on whatever is no purl; that this is none is the whole answer.
    return `${text} is no purl`;
  }
}

function isOfDistribution(type: string): boolean {
  return type === 'deb' || type === 'rpm' || type === 'apk';
}

/** As the advisories of the ecosystem write it. */
function nameOf({ type, namespace, name }: Purl): string {
  if (isOfDistribution(type) || namespace === null) return name;
  return type === 'maven' ? `${namespace}:${name}` : `${namespace}/${name}`;
}

/** An epoch beside the version is part of it; one that is missing is 0. // purl rpm: `epoch` */
function versionOf(version: string | null, epoch: string | null): string | null {
  return version === null || epoch === null || version.includes(':') ? version : `${epoch}:${version}`;
}

/** `distro=debian-12`; where that says nothing, what the bill says of itself. */
function releaseOf(type: string, distro: string | null, release: string | null): string | null {
  const own = distro === null ? null : claimScopeOf(distro);
  return own !== null && packageTypeOf(own) === type ? own : release;
}

function sourceOf(purl: Purl, entry: BillEntry, version: string): Component['source'] {
  // `upstream=glibc` or `upstream=util-linux@2.38.1-5`.
  const [, upstream, upstreamVersion] = /^([^@]+)(?:@(.+))?$/.exec(purl.qualifiers['upstream'] ?? '') ?? [];
  const name = upstream ?? entry.properties.get(PROPERTIES.sourceName);
  if (name === undefined) return purl.type === 'deb' ? withoutRebuild(purl.name, version) : null;
  const known = upstreamVersion ?? propertyVersionOf(entry);
  return known === null ? withoutRebuild(name, version) : { name, version: known };
}

/** A rebuild of the binary alone (`+b7`) has the version of its source in front. // Debian binNMU */
function withoutRebuild(name: string, version: string): Component['source'] {
  return { name, version: version.replace(/\+b\d+$/, '') };
}

function propertyVersionOf({ properties }: BillEntry): string | null {
  const version = properties.get(PROPERTIES.sourceVersion);
  if (version === undefined) return null;
  const release = properties.get(PROPERTIES.sourceRelease);
  return versionOf(
    release === undefined ? version : `${version}-${release}`,
    properties.get(PROPERTIES.sourceEpoch) ?? null,
  );
}

/** `nodejs:18:8080020230718:63b34585` names module and stream first. */
function moduleOf(qualifier: string | undefined, { properties }: BillEntry): string | null {
  const label = [qualifier, ...PROPERTIES.module.map((name) => properties.get(name))].find((text) =>
    text?.includes(':'),
  );
  return label === undefined ? null : label.split(':').slice(0, 2).join(':');
}

function ownerOf({ owner, properties }: BillEntry): string | null {
  if (owner !== null) return owner;
  const location = properties.get(PROPERTIES.location);
  return location !== undefined && SYSTEM_FOLDERS.test(location) ? location : null;
}
