/** One installed piece of software as some list names it: a host's package database or a bill of materials. */
export interface Component {
  /** The purl type (`deb`, `rpm`, `npm` …): whose names and whose order of versions. // ECMA-427 purl types */
  readonly type: string;
  readonly name: string;
  /** null: the list does not say, and nobody guesses. */
  readonly version: string | null;
  readonly architecture: string | null;
  /** Debian's source, Alpine's origin; null where it has the package's own name and version. */
  readonly source: { readonly name: string; readonly version: string } | null;
  /** `debian:12` for a package of a distribution; null where the list does not say which, and for all others. */
  readonly release: string | null;
  /** `nodejs:18` for an rpm of a module. */
  readonly module: string | null;
  /** The package of the distribution that owns its files: then that one is judged, and this is the same software again. */
  readonly owner: string | null;
}
