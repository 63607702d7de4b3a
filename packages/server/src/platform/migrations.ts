import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { sha256 } from '@patchsteward/trust';

export interface NumberedMigration {
  /** `0002_identification` */
  readonly name: string;
  readonly sql: string;
  readonly hash: string;
}

export const MIGRATIONS_DIRECTORY = fileURLToPath(new URL('../../migrations/', import.meta.url));
const MIGRATION_FORM = /^(\d{4}_[a-z0-9_-]+)\.sql$/;

/** The numbered files of a folder in their order. */
export async function readMigrations(directory: string = MIGRATIONS_DIRECTORY): Promise<NumberedMigration[]> {
  const migrations: NumberedMigration[] = [];
  for (const file of (await readdir(directory)).sort()) {
    const name = MIGRATION_FORM.exec(file)?.[1];
    if (name === undefined) continue;
    const sql = await readFile(`${directory}/${file}`, 'utf8');
    migrations.push({ name, sql, hash: sha256(sql) });
  }
  return migrations;
}
