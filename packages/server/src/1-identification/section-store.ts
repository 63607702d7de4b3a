import { SECTIONS } from '@patchsteward/contract';
import type { Instant, InventorySections, SectionName } from '@patchsteward/core/vocabulary';
import { sql } from 'kysely';
import type { z } from 'zod';
import { type JsonText, timestamp } from '../platform/column-types.ts';
import type { Reader, Tx } from '../platform/database.ts';

const SCHEMAS: { readonly [Name in SectionName]: z.ZodType<InventorySections[Name]> } = SECTIONS;

/** Which of these sections are there, under the very name they are asked for. */
export async function findSections(
  db: Reader,
  wanted: Readonly<Record<SectionName, string>>,
): Promise<ReadonlySet<SectionName>> {
  const rows = await db
    .selectFrom('identification.section')
    .select(['hash', 'name'])
    .where('hash', 'in', Object.values(wanted))
    .execute();
  return new Set(rows.filter((row) => wanted[row.name] === row.hash).map((row) => row.name));
}

/** Parsed again: whoever wrote the row, what leaves it keeps the contract. */
export async function readStoredSection<Name extends SectionName>(
  db: Reader,
  name: Name,
  hash: string,
): Promise<InventorySections[Name]> {
  const row = await db
    .selectFrom('identification.section')
    .select('body')
    .where('hash', '=', hash)
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return parsedSection(name, row.body);
}

/** Several sections in one question: a page of an asset begins with three. */
export async function readStoredSections<Name extends SectionName>(
  db: Reader,
  hashes: Readonly<Record<Name, string>>,
): Promise<Pick<InventorySections, Name>> {
  const wanted = Object.entries<string>(hashes);
  const rows = await db
    .selectFrom('identification.section')
    .select(['hash', 'name', 'body'])
    .where('hash', '=', sql<string>`any(${wanted.map(([, hash]) => hash)}::text[])`)
    .execute();
  const sections = wanted.map(([name, hash]) => {
    const row = rows.find((one) => one.hash === hash && one.name === name);
    if (row === undefined) throw new TypeError(`the section ${name} ${hash} is not there`);
    return [name, parsedSection(row.name, row.body)];
  });
  // Of each name that was asked for, by its own schema.
  return Object.fromEntries(sections) as Pick<InventorySections, Name>;
}

/** A body as a query gave it. */
export function parsedSection<Name extends SectionName>(name: Name, body: unknown): InventorySections[Name] {
  return SCHEMAS[name].parse(body);
}

/** False where somebody else stored the same section first. */
export async function insertSection(
  tx: Tx,
  section: { readonly name: SectionName; readonly hash: string; readonly text: string; readonly at: Instant },
): Promise<boolean> {
  const inserted = await tx
    .insertInto('identification.section')
    .values({
      hash: section.hash,
      name: section.name,
      body: sql<JsonText>`${section.text}::json`,
      stored_at: timestamp(section.at),
    })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .returning('hash')
    .execute();
  return inserted.length > 0;
}
