/** The folders that usrmerge joined: a package manager may know a file by either name. // Debian and Fedora usrmerge */
const MERGED = /^\/usr(\/(?:bin|sbin|lib\w*)\/)/;

/** Every name under which a package may list this file. */
export function mergedNames(path: string): string[] {
  const short = path.replace(MERGED, '$1');
  return short === path ? [path] : [path, short];
}
