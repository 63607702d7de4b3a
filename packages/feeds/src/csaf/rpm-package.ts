import { isModularBuild, modularKey } from '@patchsteward/core/1-identification';
import { VERSION_ORDERS } from '@patchsteward/core/versions';
import type { Purl } from './purl.ts';

/** One rpm as a vendor names it. */
export interface RpmPackage {
  readonly kind: 'source' | 'binary';
  /** With its module before it, where it was built for one. */
  readonly name: string;
  /** `epoch:version-release`; null: every version. */
  readonly version: string | null;
  /** null: of any. */
  readonly architecture: string | null;
}

/** `openssl-1:3.0.7-27.el9.x86_64`, with or without its epoch, and behind it what says its module. */
const FULL_NAME = /^(.+)-(?:(\d+):)?([^-:]+)-([^-:]+)\.((?!rpm\b)[a-z]\w*?)(?:\.rpm)?(?:(?:::|-)([\w.+-]+:[\w.+-]+))?$/;

/** The package of a purl, of its full name, or of both; a text where they say none or disagree. */
export function rpmPackageOf(purl: Purl | null, fullName: string, module: string | null): RpmPackage | string {
  if (purl === null) return ofName(fullName, module);
  const [, , named] = FULL_NAME.exec(fullName) ?? [];
  const told = purl.qualifiers.get('epoch');
  // The epoch stands in the purl, in the name, or nowhere, where it is 0. // purl rpm, `epoch`
  if (told !== undefined && named !== undefined && Number(told) !== Number(named)) {
    return `${fullName} and its purl name different epochs`;
  }
  const architecture = purl.qualifiers.get('arch') ?? null;
  const evr = purl.version === null ? null : withEpoch(told ?? named, purl.version);
  return packageOf(purl.name, evr, architecture, streamOf(purl.qualifiers.get('rpmmod')) ?? module);
}

function ofName(fullName: string, module: string | null): RpmPackage | string {
  const [, name, epoch, version, release, architecture, own] = FULL_NAME.exec(fullName) ?? [];
  if (name === undefined || architecture === undefined) return `${fullName} names no rpm`;
  return packageOf(name, withEpoch(epoch, `${version}-${release}`), architecture, own ?? module);
}

function packageOf(
  name: string,
  version: string | null,
  architecture: string | null,
  module: string | null,
): RpmPackage | string {
  if (version !== null && !VERSION_ORDERS.rpm.isValid(version)) return `${version} is no version of an rpm`;
  if (version !== null && module === null && isModularBuild(version)) {
    return `${name} ${version} was built for a module that nobody names`;
  }
  const isSource = architecture === 'src' || architecture === 'nosrc';
  return {
    kind: isSource ? 'source' : 'binary',
    name: modularKey(module, name),
    version,
    architecture: isSource ? null : architecture,
  };
}

function withEpoch(epoch: string | undefined, version: string): string {
  return `${Number(epoch ?? 0)}:${version}`;
}

/** `ruby:2.5:8090020230627084142:b46abd14`: the name and the stream; what follows is the build. */
export function streamOf(module: string | undefined): string | null {
  return module?.match(/^[^:]+:[^:]+/)?.[0] ?? null;
}
