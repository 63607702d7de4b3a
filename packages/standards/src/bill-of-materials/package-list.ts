import type { Component } from '@patchsteward/core/1-identification';

/** What a list of packages says. */
export interface PackageList {
  readonly components: readonly Component[];
  /** Entries that name no package we could judge: which, and why. */
  readonly refused: readonly RefusedEntry[];
}

export interface RefusedEntry {
  readonly entry: string;
  readonly problem: string;
}

/** Ten times the packages of the fullest image we know; more is no list of packages. */
export const ENTRIES_MAX = 500_000;

/** What one entry of a bill of materials gives us beside its purl. */
export interface BillEntry {
  readonly purl: string | null;
  readonly name: string;
  readonly version: string | null;
  /** Free properties by name: where scanners put what purl has no word for. */
  readonly properties: ReadonlyMap<string, string>;
  /** The package of the distribution that owns its files, where the bill says so. */
  readonly owner: string | null;
}
