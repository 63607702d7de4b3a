import type { Ecosystem } from '@patchsteward/core/versions';
import type { Hash, InstalledPackage, Instant, InventorySections, Kernel } from '@patchsteward/core/vocabulary';
import type { Host } from '../host/host.ts';

/** The sections that a package manager answers for. What runs is the host's to say. */
export type PackageSections = Omit<InventorySections, 'system'>;

/** Where and how long a package manager may work. */
export interface Workplace {
  /** The only folder it may write to; what it leaves there is of no use to anybody. */
  readonly scratchDirectory: string;
  /** Ends the work, and the tools it started. */
  readonly signal?: AbortSignal | undefined;
}

/** A family of package managers. Each member is a folder with the same files and a readme. */
export interface PackageManager {
  readonly ecosystem: Ecosystem;
  /** This family keeps the host's packages. */
  runsOn(host: Host): Promise<boolean>;
  /** A cheap mark of everything the sections are made of: while it stays, the sections stay. */
  stamp(host: Host): Promise<Hash>;
  /** What is installed, without origins: a few milliseconds. */
  installed(host: Host): Promise<readonly InstalledPackage[]>;
  /** Reads the sections, without root. */
  readSections(host: Host, place: Workplace): Promise<PackageSections>;
  nativeArchitecture(packages: readonly InstalledPackage[]): string | null;
  /** The whole kernels among the packages, ordered by package version, newest last. */
  kernels(packages: readonly InstalledPackage[]): readonly Kernel[];
  /** Those of these files that belong to an installed package, with its name. */
  ownedFiles(host: Host, paths: ReadonlySet<string>): Promise<ReadonlyMap<string, string>>;
  /**
   * The packages that ask for a reboot, besides newer kernels; empty: somebody asks and gives no name; null: nobody does.
   */
  rebootRequiredBy(host: Host, bootedAt: Instant | null): Promise<readonly string[] | null>;
}
