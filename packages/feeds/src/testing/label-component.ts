import { type Claim, type Component, claimScope } from '@patchsteward/core/1-identification';

/** A judgment by people: is this vulnerability in this package of this image? */
export interface Label {
  readonly image: string;
  readonly label: 'TP' | 'FP' | '??';
  readonly vuln: string;
  readonly cve: string | null;
  readonly package: string;
  readonly version: string;
}

/** What the versions of an image say of its Debian: most carry `+deb11u3`. null: it has no such version. */
export function debianReleasesOf(labels: readonly Label[]): ReadonlyMap<string, string> {
  const releases = new Map<string, string>();
  for (const { image, version } of labels) {
    const release = /[+~]deb(\d+)u\d/.exec(version)?.[1];
    if (release !== undefined) releases.set(image, release);
  }
  return releases;
}

/** Artifacts by their bare names: a label of Java names no group. */
export function mavenNames(claims: readonly Claim[]): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const { packageName } of claims.filter(({ scope }) => scope === 'maven')) {
    const artifact = packageName.split(':')[1] ?? packageName;
    names.set(artifact, (names.get(artifact) ?? new Set()).add(packageName));
  }
  return names;
}

/**
 * The components that a label may mean: it does not say of which ecosystem its package is. A distribution is told by
 * the image's name or its versions; what has none of these is a package of a registry that knows the name.
 */
export function componentsOf(
  label: Label,
  debian: ReadonlyMap<string, string>,
  sources: ReadonlyMap<string, string>,
  maven: ReadonlyMap<string, ReadonlySet<string>>,
): Component[] {
  const { image, package: name, version } = label;
  const found: Component = {
    ...{ type: '', name, version, architecture: null, source: null, release: null, module: null, owner: null },
  };
  const enterprise = /\.el(\d+)/.exec(version)?.[1];
  if (enterprise !== undefined) {
    const distribution = /almalinux|rockylinux|centos|oraclelinux/.exec(image)?.[0] ?? 'rhel';
    return [{ ...found, type: 'rpm', release: claimScope(distribution, enterprise) }];
  }
  if (image.includes('wolfi')) return [{ ...found, type: 'apk', release: claimScope('wolfi', null) }];
  const release = debian.get(image);
  const isDeb = release !== undefined && /\d-\d|[+~]deb|dfsg/.test(version);
  if (isDeb) {
    const source = { name: sources.get(name) ?? name, version: version.replace(/\+b\d+$/, '') };
    return [{ ...found, type: 'deb', source, release: claimScope('debian', release) }];
  }
  return [
    { ...found, type: 'npm' },
    { ...found, type: 'pypi' },
    ...[...(maven.get(name) ?? [])].map((full) => ({ ...found, type: 'maven', name: full })),
  ];
}
