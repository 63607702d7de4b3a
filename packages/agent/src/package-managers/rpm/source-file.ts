/** `openssl-3.0.7-27.el9.src.rpm`: neither version nor release may hold a hyphen. */
const SOURCE_FILE = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/;

/**
 * The source that a package was built from, by the file name in its header; a package that says none is its own. The
 * name says no epoch, and none is made up.
 */
export function sourceOf(
  file: string | null,
  name: string,
  version: string,
): { readonly source: string; readonly sourceVersion: string } {
  const [, source = name, sourceVersion = version] = SOURCE_FILE.exec(file ?? '') ?? [];
  return { source, sourceVersion };
}
