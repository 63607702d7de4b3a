import { readFile, realpath } from 'node:fs/promises';
import { codeOf } from './system-error.ts';

/** What is mounted at or below a folder, the deepest and latest first: the order to unmount in. */
export async function mountsBelow(folder: string): Promise<string[]> {
  return mountsBelowOf(await readFile('/proc/self/mountinfo', 'utf8'), await realOf(folder));
}

export function mountsBelowOf(mountinfo: string, folder: string): string[] {
  return mountinfo
    .split('\n')
    .map((line) => unescaped(line.split(' ')[4] ?? ''))
    .filter((path) => path === folder || path.startsWith(`${folder}/`))
    .toReversed();
}

/** Spaces, tabs, line feeds and backslashes stand as octal numbers, proc(5). */
function unescaped(path: string): string {
  return path.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

async function realOf(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return folder;
    throw error;
  }
}
