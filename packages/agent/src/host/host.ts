import { join } from 'node:path';

/** Where the host's own files are. Another root describes the machine below it: a mounted image, a test. */
export interface Host {
  readonly root: string;
  /** The proc file system of the host's processes. */
  readonly procfs: string;
}

export const THIS_HOST: Host = { root: '/', procfs: '/proc' };

export function hostPath(host: Host, path: string): string {
  return join(host.root, path);
}
