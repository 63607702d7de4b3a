import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Host, hostPath } from '../../host/host.ts';
import { errorCode, readTextIfPresent } from '../../platform/files.ts';
import { globMatcher } from './preference-glob.ts';

/** People write pins by hand, and tools some hundred at most. */
const PREFERENCES_BYTES_MAX = 1024 * 1024;
const PREFERENCE_FILES_MAX = 1_000;
/** As much as a report carries of one pin. */
const PIN_CHARACTERS_MAX = 500;
const FILE = '/etc/apt/preferences';
const FOLDER = '/etc/apt/preferences.d';
/** What apt reads of the folder: `name` and `name.pref`. // apt_preferences(5) */
const FILE_NAME = /^(?:[\w-]+|[\w.-]+\.pref)$/;

/** A record of apt's preferences. */
export interface Pin {
  readonly packages: readonly string[];
  /** `version 1.0*`, `release n=trixie`, `origin deb.example.org` */
  readonly pin: string;
  readonly priority: number;
  readonly file: string;
}

/** Every pin, in the order in which apt reads them. // apt_preferences(5) */
export async function readPins(host: Host): Promise<Pin[]> {
  const names = (await listed(host)).filter((name) => FILE_NAME.test(name)).sort();
  const files = [FILE, ...names.slice(0, PREFERENCE_FILES_MAX).map((name) => join(FOLDER, name))];
  const pins: Pin[] = [];
  for (const file of files) {
    const text = await readTextIfPresent(hostPath(host, file), PREFERENCES_BYTES_MAX);
    if (text !== null) pins.push(...pinsOf(text, file));
  }
  return pins;
}

async function listed(host: Host): Promise<string[]> {
  try {
    return await readdir(hostPath(host, FOLDER));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Reads one file; what apt would not understand is left out, for it complains itself. */
export function pinsOf(text: string, file: string): Pin[] {
  const said = text.split('\n').filter((line) => !line.startsWith('#'));
  return said
    .join('\n')
    .split(/\n(?:[ \t]*\n)+/)
    .flatMap((record) => {
      const fields = fieldsOf(record);
      const [packages, pin, priority] = [fields.get('package'), fields.get('pin'), fields.get('pin-priority')];
      if (packages === undefined || pin === undefined || !/^-?\d+$/.test(priority ?? '')) return [];
      return [{ packages: packages.split(' '), pin, priority: Number(priority), file }];
    });
}

/** Names in lower case; the lines of a value in one. */
function fieldsOf(record: string): Map<string, string> {
  const lines = record.replaceAll(/\n[ \t]+/g, ' ').split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [, name, value] = /^([A-Za-z-]+):(.*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) return [];
      return [[name.toLowerCase(), value.replaceAll(/\s+/g, ' ').trim()] as const];
    }),
  );
}

/** A package as pins name it. */
export interface Named {
  readonly name: string;
  readonly architecture: string;
  readonly source: string;
}

/**
 * The first pin that names this package itself and gives a version of it this priority. One of all packages gives its
 * priority to origins instead.
 */
export function pinOf(
  pins: readonly Pin[],
  named: Named,
  { version, priority }: { readonly version: string; readonly priority: number },
): Pin | null {
  const own = pins.filter((one) => one.priority === priority && one.packages.some((word) => names(word, named)));
  const ofVersion = own.find(({ pin }) => isOfVersion(pin, version));
  return ofVersion ?? own.find(({ pin }) => !pin.startsWith('version ')) ?? null;
}

function isOfVersion(pin: string, version: string): boolean {
  const pattern = /^version (.+)$/.exec(pin)?.[1];
  return pattern !== undefined && globMatcher(pattern)(version);
}

/** `acl`, `acl:i386`, `acl:any`, `lib*`, `/^lib/`, `src:acl`; `*` alone names no package of its own. */
function names(word: string, { name, architecture, source }: Named): boolean {
  if (word === '*') return false;
  if (word.startsWith('src:')) return globMatcher(word.slice('src:'.length))(source);
  const [, pattern = word, qualifier = 'any'] = /^([^/]+):([^:]+)$/.exec(word) ?? [];
  return (qualifier === 'any' || qualifier === architecture) && globMatcher(pattern)(name);
}

/** `Package: acl, Pin: version 1.0, Pin-Priority: 990 (/etc/apt/preferences.d/acl)` */
export function pinWords({ packages, pin, priority, file }: Pin): string {
  const words = `Package: ${packages.join(' ')}, Pin: ${pin}, Pin-Priority: ${priority} (${file})`;
  return words.slice(0, PIN_CHARACTERS_MAX);
}
