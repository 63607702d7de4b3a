/** A version as rpm and dnf write it: the epoch only where it is not 0, which none means as well. // rpm-version(7) */
export function versionText(epoch: string, version: string, release: string): string {
  const evr = `${version}-${release}`;
  return epoch === '' || epoch === '0' ? evr : `${epoch}:${evr}`;
}
