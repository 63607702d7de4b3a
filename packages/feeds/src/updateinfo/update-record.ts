/** One update as updateinfo.xml lists it. // createrepo_c updateinfo, dnf updateinfo */
export interface UpdateRecord {
  readonly id: string;
  /** `security`, `bugfix`, `enhancement`, `newpackage`. */
  readonly type: string;
  readonly title: string;
  readonly severity: string;
  readonly issued: string | null;
  readonly updated: string | null;
  readonly references: readonly { readonly id: string; readonly title: string; readonly href: string }[];
  readonly collections: readonly UpdateCollection[];
}

export interface UpdateCollection {
  /** `rhel-9-for-x86_64-baseos-eus-rpms`; empty: it has none. */
  readonly name: string;
  /** `nodejs:18`; null: its packages are of no module. */
  readonly module: string | null;
  readonly packages: readonly UpdatePackage[];
}

export interface UpdatePackage {
  readonly name: string;
  /** `epoch:version-release`. */
  readonly version: string;
  readonly architecture: string;
  /** What the vendor advises once it is installed. */
  readonly afterwards: readonly Afterwards[];
}

export const AFTERWARDS = ['reboot', 'restart', 'relogin'] as const;
export type Afterwards = (typeof AFTERWARDS)[number];
