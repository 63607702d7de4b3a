import { type Release, releaseOf } from '@patchsteward/core/vocabulary';
import { readTextIfPresent } from '../platform/files.ts';
import { Problem } from '../platform/problem.ts';
import { type Host, hostPath } from './host.ts';

const OS_RELEASE_BYTES_MAX = 64 * 1024;
/** // os-release(5): /etc first, then /usr/lib */
const RELEASE_PATHS = ['/etc/os-release', '/usr/lib/os-release'] as const;

/** Which operating system a host is; null where no file says it. */
export async function readReleaseIfPresent(host: Host): Promise<Release | null> {
  for (const path of RELEASE_PATHS) {
    const text = await readTextIfPresent(hostPath(host, path), OS_RELEASE_BYTES_MAX);
    const release = text === null ? null : releaseOf(text);
    if (release !== null) return release;
  }
  return null;
}

export async function readRelease(host: Host): Promise<Release> {
  const release = await readReleaseIfPresent(host);
  if (release === null) throw new ReleaseUnknownError(host.root);
  return release;
}

class ReleaseUnknownError extends Problem {
  constructor(root: string) {
    super(
      'release-unknown',
      `no etc/os-release below ${root} names an operating system`,
      'restore the file with its line ID=..., see os-release(5)',
    );
  }
}
