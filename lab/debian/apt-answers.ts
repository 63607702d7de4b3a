/** What one package of the base system may become. */
export interface Upgrade {
  readonly name: string;
  /** Null where the upgrade of another one brings it. */
  readonly from: string | null;
  readonly to: string;
}

export interface Download {
  readonly url: string;
  /** As apt names the file in its own folder. */
  readonly file: string;
}

/** `Inst redis-server [5:7.0.15-1] (5:7.0.15-2 Debian-Security:12 [amd64])`, of `apt-get --simulate`. */
export function upgradesOf(simulation: string): Upgrade[] {
  const lines = simulation.matchAll(/^Inst (\S+) (?:\[([^\]]+)\] )?\((\S+) /gm);
  return [...lines].map(([, name = '', from = null, to = '']) => ({ name, from, to }));
}

/** `'http://…/redis-server_7.0.15-1_amd64.deb' redis-server_5%3a7.0.15-1_amd64.deb 73392 SHA256:…`, of `--print-uris`. */
export function downloadsOf(uris: string): Download[] {
  const lines = uris.matchAll(/^'([^']+)' (\S+) \d+ /gm);
  return [...lines].map(([, url = '', file = '']) => ({ url, file }));
}

/** `deb.debian.org_debian_dists_bookworm_InRelease`: apt writes the address of an index into the name of its file. */
export function archivePathOf(listFile: string): string {
  return listFile.split('_').slice(1).join('/');
}

export interface IndexHash {
  readonly path: string;
  readonly sha256: string;
}

/** The files that a Release vouches for. */
export function indexHashesOf(release: string): IndexHash[] {
  const section = /^SHA256:\n((?: .*\n)+)/m.exec(release)?.[1] ?? '';
  return [...section.matchAll(/^ ([0-9a-f]{64}) +\d+ (\S+)$/gm)].map(([, sha256 = '', path = '']) => ({
    path,
    sha256,
  }));
}

/** Null: it never ends. */
export function validUntilMsOf(release: string): number | null {
  const date = /^Valid-Until: (.*)$/m.exec(release)?.[1];
  return date === undefined ? null : Date.parse(date);
}
