/**
 * The name under which claims and packages of one ecosystem meet. Registries differ in what they call the same name:
 * PyPI takes `Foo.Bar` and `foo-bar` for one project, NuGet and Packagist ignore case. // PEP 503, NuGet, Composer
 */
export function packageKey(type: string, name: string): string {
  if (type === 'pypi') return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
  return type === 'nuget' || type === 'composer' ? name.toLowerCase() : name;
}

/**
 * An rpm of a module is compared only inside its module and stream, whose builds have version lines of their own.
 * // Fedora modularity; dnf 4 modules
 */
export function modularKey(module: string | null, name: string): string {
  return module === null ? name : `${module}::${name}`;
}

/** Whether an rpm was built for a module: its release says so, its module's label may be lost on the way. */
export function isModularBuild(version: string): boolean {
  return /\.module[_+]/.test(version);
}

/** `4` of a build for RHEL 9.4, which says so in its release: `.el9_4`, `.module+el9.4.0`; null: it says none. */
export function minorReleaseOf(version: string): string | null {
  const [, plain, modular] = /\.el\d+_(\d+)|\.module\+el\d+\.(\d+)/.exec(version) ?? [];
  return plain ?? modular ?? null;
}
