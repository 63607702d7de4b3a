import { sql } from 'kysely';
import type { JsonValue } from '../../platform/column-types.ts';
import type { Db, Tx } from '../../platform/database.ts';

/** One change behind our back: another value, a row gone, or two rows that exchange what they say. */
export type Tampering =
  | {
      readonly kind: 'edit';
      readonly table: string;
      readonly row: string;
      readonly column: string;
      readonly by: number;
    }
  | { readonly kind: 'delete'; readonly table: string; readonly row: string }
  | {
      readonly kind: 'exchange';
      readonly table: string;
      readonly row: string;
      readonly other: string;
      readonly column: string;
    };

/**
 * Every table of evidence. `serial` of an entry is no evidence: it orders the writing until the index is given, and is
 * never read again.
 */
const TABLES = [
  'documentation.leaf',
  'documentation.checkpoint',
  'campaign.event',
  'campaign.campaign',
  'campaign.document',
  'approval.plan',
  'approval.plan_leaf',
  'approval.plan_signature',
  'approval.statement',
  'approval.notice',
  'backup.proof',
  'deployment.job',
  'deployment.grant',
  'deployment.report',
] as const;
const NO_EVIDENCE = new Set(['documentation.leaf.serial']);

interface Table {
  readonly name: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}

/** Drawn from a seed: the same list each time, over the same database. */
export async function tamperings(db: Db, count: number, seed: number): Promise<Tampering[]> {
  const tables: Table[] = [];
  for (const name of TABLES) {
    const table = await read(db, name);
    if (table.rows.length > 0) tables.push(table);
  }
  const dice = diceOf(seed);
  return Array.from({ length: count }, () => draw(tables, dice));
}

async function read(db: Db, name: string): Promise<Table> {
  const { rows } = await sql<{ ctid: string }>`select ctid::text from ${sql.raw(name)} order by ctid`.execute(db);
  const [schema, table] = name.split('.');
  // What PostgreSQL computes from other columns cannot be edited; the columns that it comes from are here.
  const { rows: columns } = await sql<{ column_name: string }>`
    select column_name from information_schema.columns
    where table_schema = ${schema} and table_name = ${table} and is_generated = 'NEVER' order by ordinal_position
  `.execute(db);
  const names = columns
    .map(({ column_name: column }) => column)
    .filter((column) => !NO_EVIDENCE.has(`${name}.${column}`));
  return { name, rows: rows.map(({ ctid }) => ctid), columns: names };
}

function draw(tables: readonly Table[], dice: (below: number) => number): Tampering {
  const table = one(tables, dice);
  const row = one(table.rows, dice);
  const column = one(table.columns, dice);
  const kind = dice(4);
  if (kind === 0) return { kind: 'delete', table: table.name, row };
  const other = one(table.rows, dice);
  if (kind === 1 && other !== row) return { kind: 'exchange', table: table.name, row, other, column };
  return { kind: 'edit', table: table.name, row, column, by: dice(1_000_000) };
}

function one<T>(items: readonly T[], dice: (below: number) => number): T {
  const item = items[dice(items.length)];
  if (item === undefined) throw new Error('nothing to draw from');
  return item;
}

/** mulberry32 */
function diceOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below) | 0;
  };
}

/** Who owns the database also owns its constraints; without them every edit goes through. */
export async function dropConstraints(db: Db): Promise<void> {
  const { rows } = await sql<{ statement: string }>`
    select format('alter table %s drop constraint %I cascade', conrelid::regclass, conname) as statement
    from pg_constraint join pg_class on pg_class.oid = conrelid join pg_namespace on pg_namespace.oid = relnamespace
    where nspname || '.' || relname in (${sql.join([...TABLES])}) order by contype
  `.execute(db);
  for (const { statement } of rows) {
    // One may be gone already with another that it hung on.
    await sql.raw(statement.replace('drop constraint', 'drop constraint if exists')).execute(db);
  }
}

/** Does it. Two rows that say the same have nothing to exchange: then one of them is edited. */
export async function tamperWith(tx: Tx, tampering: Tampering): Promise<void> {
  const table = sql.raw(tampering.table);
  if (tampering.kind === 'delete') {
    await sql`delete from ${table} where ctid = ${tampering.row}::tid`.execute(tx);
    return;
  }
  const column = sql.id(tampering.column);
  const [mine, type] = await told(tx, tampering.table, tampering.column, tampering.row);
  if (tampering.kind === 'exchange') {
    const [theirs] = await told(tx, tampering.table, tampering.column, tampering.other);
    if (mine !== theirs) {
      await put(tx, tampering.table, tampering.column, tampering.row, theirs, type);
      await put(tx, tampering.table, tampering.column, tampering.other, mine, type);
      return;
    }
  }
  const by = tampering.kind === 'edit' ? tampering.by : 1;
  await sql`update ${table} set ${column} = ${sql.val(edited(mine, type, by))}::${sql.raw(type)} where ctid = ${tampering.row}::tid`.execute(
    tx,
  );
}

async function told(tx: Tx, table: string, column: string, row: string): Promise<[value: string | null, type: string]> {
  const { rows } = await sql<{ value: string | null; type: string }>`
    select ${sql.id(column)}::text as value, pg_typeof(${sql.id(column)})::text as type
    from ${sql.raw(table)} where ctid = ${row}::tid
  `.execute(tx);
  const [found] = rows;
  if (found === undefined) throw new Error(`there is no row ${row} in ${table}`);
  return [found.value, found.type];
}

async function put(
  tx: Tx,
  table: string,
  column: string,
  row: string,
  value: string | null,
  type: string,
): Promise<void> {
  await sql`update ${sql.raw(table)} set ${sql.id(column)} = ${value}::${sql.raw(type)} where ctid = ${row}::tid`.execute(
    tx,
  );
}

/** Another value of the same type, as text. */
function edited(value: string | null, type: string, by: number): string {
  switch (type) {
    case 'boolean':
      return value === 'true' ? 'false' : 'true';
    case 'integer':
    case 'bigint':
      return String(Number(value ?? 0) + 1 + (by % 1_000));
    case 'timestamp with time zone':
      return new Date(Date.parse(value ?? '2026-01-01T00:00:00Z') + 1 + by).toISOString();
    case 'uuid':
      return value === null ? '00000000-0000-4000-8000-000000000000' : flipped(value, by, 'ab');
    case 'bytea':
      return value === null || value === '\\x' ? '\\x00' : `\\x${flipped(value.slice(2), by, '01')}`;
    case 'jsonb':
      return JSON.stringify(bent(value === null ? null : (JSON.parse(value) as JsonValue), by));
    case 'text[]':
      return value === null || value === '{}' ? '{x}' : `{x,${value.slice(1)}`;
    default:
      return value === null || value === '' ? 'x' : flipped(value, by, 'xy');
  }
}

/** One character becomes one of two others, whichever it is not. */
function flipped(text: string, by: number, [first, second]: Iterable<string> & string): string {
  let at = by % text.length;
  // The dashes of an id must stay.
  while (text[at] === '-') at = (at + 1) % text.length;
  const other = text[at] === first ? second : first;
  return `${text.slice(0, at)}${other ?? ''}${text.slice(at + 1)}`;
}

/** The value with one of its parts changed, wherever it lies. */
function bent(value: JsonValue, by: number): JsonValue {
  if (typeof value === 'string') return value === '' ? 'x' : flipped(value, by, 'xy');
  if (typeof value === 'number') return value + 1 + (by % 10);
  if (typeof value === 'boolean') return !value;
  if (value === null) return 'x';
  if (Array.isArray(value)) {
    const items: readonly JsonValue[] = value;
    const at = by % (items.length + 1);
    return at === items.length
      ? [...items, null]
      : items.map((item, index) => (index === at ? bent(item, by >> 3) : item));
  }
  const entries = Object.entries(value);
  const at = by % (entries.length + 1);
  if (at === entries.length) return Object.fromEntries([...entries, ['slipped in', by]]);
  return Object.fromEntries(entries.map(([name, item], index) => [name, index === at ? bent(item, by >> 3) : item]));
}
