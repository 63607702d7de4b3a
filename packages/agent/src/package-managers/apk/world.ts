import type { InstalledPackage } from '@patchsteward/core/vocabulary';
import { type Host, hostPath } from '../../host/host.ts';
import { readTextIfPresent } from '../../platform/files.ts';

const WORLD_BYTES_MAX = 4 * 1024 * 1024;

/** What an administrator wants installed, where it is more than a name. // apk-world(5) */
export interface Wish {
  readonly name: string;
  /** The repositories of this tag may be used for it. */
  readonly tag: string | null;
  /** It may not rise freely: it must equal, stay below, or begin with a version. */
  readonly pinned: boolean;
}

export async function readWorld(host: Host): Promise<Wish[]> {
  return parseWorld((await readTextIfPresent(hostPath(host, '/etc/apk/world'), WORLD_BYTES_MAX)) ?? '');
}

/** `name`, `name@tag`, and then `=`, `~`, `<`, `>` and their pairs with a version. */
const WISH = /^(?<name>[^!@<>=~\s][^@<>=~\s]*)(?:@(?<tag>[^<>=~\s]+))?(?<bound>[<>=~]*)/;

export function parseWorld(text: string): Wish[] {
  return text.split(/\s+/).flatMap((word): Wish[] => {
    const { name, tag = null, bound = '' } = WISH.exec(word)?.groups ?? {};
    // `>` and `>=` alone let a package rise; `><` names one build by its hash.
    return name === undefined ? [] : [{ name, tag, pinned: bound !== '' && !/^>=?$/.test(bound) }];
  });
}

/** The packages, those that must keep their version marked as held. */
export function withHolds(packages: readonly InstalledPackage[], world: readonly Wish[]): InstalledPackage[] {
  const pinned = new Set(world.filter((wish) => wish.pinned).map(({ name }) => name));
  return packages.map((installed) => (pinned.has(installed.name) ? { ...installed, hold: true } : installed));
}
