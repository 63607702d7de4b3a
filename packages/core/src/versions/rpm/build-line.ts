import { rpmParts } from './parse.ts';

/** `3.el9_4.5` is built for 9.4, `3.el9` for the release itself, `2.module_el8.9.0+3635` for modules on 8.9. */
const DISTRIBUTION_TAG = /(?:^|\.)(module[_+]el\d+(?:\.\d+)*|el\d+(?:_\d+)?)(?![\d_])/;

/**
 * Whether two builds are of one line: made for the same release or minor release, or one made of the other
 * (`3.el9_4.5` of `3.el9`). Minor releases that are kept for long get builds of their own, and a fix in one says nothing
 * of a build for another that has a higher version. // Red Hat: dist tag, EUS and z-stream
 */
export function isSameRpmBuildLine(one: string, other: string): boolean {
  const [a, b] = [buildOf(one), buildOf(other)];
  if (a === null || b === null) return a === b;
  return a.tag === b.tag || a.stem === b.stem;
}

interface Build {
  readonly tag: string;
  /** Epoch, version and what of the release stands before the tag. */
  readonly stem: string;
}

/** null: the release does not say for what it was built. */
function buildOf(version: string): Build | null {
  const { versionStart, releaseStart } = rpmParts(version);
  if (releaseStart === null) return null;
  const found = DISTRIBUTION_TAG.exec(version.slice(releaseStart));
  const tag = found?.[1];
  if (found === null || tag === undefined) return null;
  return { tag, stem: version.slice(versionStart, releaseStart + found.index) };
}
