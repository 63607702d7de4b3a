import type { Apt } from './apt.ts';
import { paragraphsOf } from './deb822.ts';
import { sourceOf } from './source-field.ts';

/** What an index says of one offered file. */
interface PackageRecord {
  readonly architecture: string;
  readonly source: string;
  readonly sourceVersion: string;
  readonly sha256: string | null;
  readonly sizeBytes: number | null;
}

export interface PackageRecords {
  find(name: string, version: string, architecture: string): PackageRecord | null;
}

const FIELDS: ReadonlySet<string> = new Set(['package', 'version', 'architecture', 'source', 'sha256', 'size']);

/** Asks apt for the records of offered versions, given as `name=version` or `name:architecture=version`. */
export async function readRecords(apt: Apt, names: readonly string[]): Promise<PackageRecords> {
  const text = names.length === 0 ? '' : await apt.askForAll('apt-cache', ['show'], names);
  return parseRecords(text);
}

export function parseRecords(text: string): PackageRecords {
  const records = new Map<string, PackageRecord[]>();
  for (const { fields } of paragraphsOf(text, FIELDS)) {
    const name = fields.get('package');
    const version = fields.get('version');
    if (name === undefined || version === undefined) continue;
    const key = `${name}=${version}`;
    records.set(key, [
      ...(records.get(key) ?? []),
      {
        architecture: fields.get('architecture') ?? '',
        ...sourceOf(fields.get('source'), name, version),
        sha256: hexOrNull(fields.get('sha256')),
        sizeBytes: countOrNull(fields.get('size')),
      },
    ]);
  }
  return {
    find: (name, version, architecture) => {
      const found = records.get(`${name}=${version}`) ?? [];
      // A package may change between one architecture and `all`; its name is then still unique among the native ones.
      return found.find((record) => record.architecture === architecture) ?? found[0] ?? null;
    },
  };
}

function hexOrNull(field: string | undefined): string | null {
  return field !== undefined && /^[0-9a-f]{64}$/i.test(field) ? field.toLowerCase() : null;
}

function countOrNull(field: string | undefined): number | null {
  return field !== undefined && /^\d{1,15}$/.test(field) ? Number(field) : null;
}
