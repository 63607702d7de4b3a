import { readdir, readFile } from 'node:fs/promises';
import { codeOf } from '../machine/system-error.ts';
import type { Place } from '../place.ts';

/**
 * What is on this machine of a lab, looked for by other means than the lab's own: any mount, namespace, control group,
 * file or process that has the lab's name or folder in it.
 */
export async function leftovers(place: Place): Promise<string[]> {
  const marks = [place.folder, place.prefix, place.group.name];
  const isOurs = (text: string): boolean => marks.some((mark) => text.includes(mark));
  const mounts = (await readFile('/proc/mounts', 'utf8')).split('\n').filter(isOurs);
  const groups = await cgroupsOf(isOurs);
  const names = (await Promise.all(['/run/netns', '/run/systemd/nspawn/propagate'].map(namesIn))).flat().filter(isOurs);
  const folder = (await namesIn('/var/tmp')).filter((name) => place.folder === `/var/tmp/${name}`);
  return [...mounts, ...groups, ...names, ...folder, ...(await processesOf(isOurs))];
}

async function cgroupsOf(isOurs: (text: string) => boolean): Promise<string[]> {
  const tops = ['/sys/fs/cgroup', ...(await namesIn('/sys/fs/cgroup')).map((name) => `/sys/fs/cgroup/${name}`)];
  return (await Promise.all(tops.map(namesIn))).flat().filter(isOurs);
}

async function processesOf(isOurs: (text: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await namesIn('/proc')).filter((name) => /^\d+$/.test(name))) {
    const text = `${await textOf(`/proc/${pid}/cmdline`)} ${await textOf(`/proc/${pid}/cgroup`)}`;
    if (isOurs(text) && Number(pid) !== process.pid && !(await hasEnded(pid)))
      found.push(`process ${pid}: ${text.replaceAll('\0', ' ')}`);
  }
  return found;
}

/** What has given back its memory runs no more: it waits for its parent to hear of its end, or for its children's. */
async function hasEnded(pid: string): Promise<boolean> {
  return !/^VmSize:/m.test(await textOf(`/proc/${pid}/status`));
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(codeOf(error) ?? '')) return '';
    throw error;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return [];
    throw error;
  }
}
