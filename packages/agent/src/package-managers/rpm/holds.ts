import type { InstalledPackage } from '@patchsteward/core/vocabulary';
import { type Host, hostPath } from '../../host/host.ts';
import { readTextIfPresent } from '../../platform/files.ts';
import { listOf, optionsOf } from './configuration.ts';

const CONFIGURATION_BYTES_MAX = 4 * 1024 * 1024;
const LOCK_SETTINGS = '/etc/dnf/plugins/versionlock.conf';
const LOCK_LIST = '/etc/dnf/plugins/versionlock.list';
const MAIN_SETTINGS = '/etc/dnf/dnf.conf';

/** What an administrator told dnf to keep as it is: locked versions, and packages left out for all repositories. */
export interface Holds {
  /** Lines of `dnf versionlock`, without exclusions of single versions (`!…`), which keep nothing. */
  readonly locks: readonly string[];
  /** `excludepkgs` of the main configuration. */
  readonly excluded: readonly string[];
}

export async function readHolds(host: Host): Promise<Holds> {
  const read = async (path: string): Promise<string> =>
    (await readTextIfPresent(hostPath(host, path), CONFIGURATION_BYTES_MAX)) ?? '';
  const main = optionsOf(await read(MAIN_SETTINGS), 'main');
  const plugin = optionsOf(await read(LOCK_SETTINGS), 'main');
  const on = !isOff(plugin.get('enabled')) && !isOff(main.get('plugins'));
  return {
    locks: on ? linesOf(await read(plugin.get('locklist') ?? LOCK_LIST)) : [],
    excluded: [...listOf(main.get('excludepkgs')), ...listOf(main.get('exclude'))],
  };
}

function isOff(value: string | undefined): boolean {
  return value !== undefined && /^(?:0|no|false|off)$/i.test(value);
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^[#!]/.test(line));
}

/** The packages, those that are kept marked as held. */
export function withHolds(packages: readonly InstalledPackage[], { locks, excluded }: Holds): InstalledPackage[] {
  if (locks.length + excluded.length === 0) return [...packages];
  const names = new Set(packages.map(({ name }) => name));
  const locked = locks.flatMap((lock) => lockedNames(lock, names)).map(globOf);
  const left = excluded.map(globOf);
  return packages.map((installed) => {
    const { name, version, architecture } = installed;
    const forms = [name, `${name}.${architecture}`, `${name}-${version}`, `${name}-${version}.${architecture}`];
    const hold = locked.some((glob) => glob.test(name)) || left.some((glob) => forms.some((form) => glob.test(form)));
    return hold ? { ...installed, hold } : installed;
  });
}

/**
 * The name that a line of the lock list speaks of. dnf tries the forms of a package's name one after another, and the
 * first that fits a package counts. // dnf-versionlock(8)
 */
function lockedNames(lock: string, installed: ReadonlySet<string>): string[] {
  const forms = [
    /^(.+)-(?:\d+:)?[^-]+-[^-]+$/.exec(lock)?.[1],
    /^(.+)-(?:\d+:)?[^-]+$/.exec(lock)?.[1],
    /^(.+)\.[^.]+$/.exec(lock)?.[1],
    lock,
  ];
  // An epoch stands in no name: the part before it is all of the name.
  const certain = /^(.+)-\d+:/.exec(lock)?.[1];
  if (certain !== undefined) return [certain];
  const whole = matchesAny(lock, installed) ? lock : undefined;
  const found = whole ?? forms.find((form) => form !== undefined && matchesAny(form, installed));
  return found === undefined ? [] : [found];
}

function matchesAny(pattern: string, names: ReadonlySet<string>): boolean {
  if (names.has(pattern)) return true;
  const glob = globOf(pattern);
  return [...names].some((name) => glob.test(name));
}

/** A pattern of dnf: `*`, `?` and `[…]`. // glob(7) */
function globOf(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  try {
    return new RegExp(`^${source.replaceAll('[!', '[^')}$`);
  } catch {
    // A bracket that does not end stands for itself, as it does for dnf.
    return new RegExp(`^${source.replaceAll(/[[\]]/g, '\\$&')}$`);
  }
}
