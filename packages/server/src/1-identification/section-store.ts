import { SECTIONS } from '@patchsteward/contract';
import type { Instant, InventorySections, SectionName } from '@patchsteward/core/vocabulary';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { timestamp } from '../platform/column-types.ts';
import type { Db, Reader } from '../platform/database.ts';
import { keepSection, keptSection } from './kept-sections.ts';

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
  const kept = keptSection(name, hash);
  if (kept !== undefined) return kept;
  const row = await db
    .selectFrom('identification.section')
    .select(['hash', 'body', bytesOfBody])
    .where('hash', '=', hash)
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return parsedAndKept(name, row);
}

/** Several sections in one question: a page of an asset begins with three. */
export async function readStoredSections<Name extends SectionName>(
  db: Reader,
  hashes: Readonly<Record<Name, string>>,
): Promise<Pick<InventorySections, Name>> {
  // Object.entries forgets the names that its argument has.
  const wanted = (Object.entries(hashes) as [Name, string][]).map(
    ([name, hash]) => [name, hash, keptSection(name, hash)] as const,
  );
  const unknown = wanted.flatMap(([, hash, kept]) => (kept === undefined ? [hash] : []));
  const rows = unknown.length === 0 ? [] : await readBodies(db, unknown);
  const sections = wanted.map(([name, hash, kept]) => {
    if (kept !== undefined) return [name, kept];
    const row = rows.find((one) => one.hash === hash && one.name === name);
    if (row === undefined) throw new TypeError(`the section ${name} ${hash} is not there`);
    return [name, parsedAndKept(name, row)];
  });
  // Of each name that was asked for, by its own schema.
  return Object.fromEntries(sections) as Pick<InventorySections, Name>;
}

function readBodies(db: Reader, hashes: readonly string[]) {
  return db
    .selectFrom('identification.section')
    .select(['hash', 'name', 'body', bytesOfBody])
    .where('hash', '=', sql<string>`any(${hashes}::text[])`)
    .execute();
}

const bytesOfBody = sql<number>`octet_length(body::text)`.as('bytes');

interface StoredBody {
  readonly hash: string;
  readonly body: unknown;
  readonly bytes: number;
}

/** Whoever looks at a host asks for its findings and its updates in one go, and for page after page of them. */
function parsedAndKept<Name extends SectionName>(
  name: Name,
  { hash, body, bytes }: StoredBody,
): InventorySections[Name] {
  const section = parsedSection(name, body);
  keepSection(name, { hash, bytes }, section);
  return section;
}

/** A body as a query gave it. */
export function parsedSection<Name extends SectionName>(name: Name, body: unknown): InventorySections[Name] {
  return SCHEMAS[name].parse(body);
}

export interface NewSection {
  readonly name: SectionName;
  readonly hash: string;
  readonly text: string;
  readonly at: Instant;
}

/** Of several who store the same section the first one does. */
export async function insertSection(db: Db, section: NewSection): Promise<void> {
  await newSection(section).execute(db);
}

/** Gives the hash where it was not there. */
export function newSection({ hash, name, text, at }: NewSection): RawBuilder<unknown> {
  return sql`
    insert into identification.section (hash, name, body, stored_at)
    values (${hash}, ${name}, ${text}::json, ${timestamp(at)})
    on conflict (hash) do nothing returning hash
  `;
}
