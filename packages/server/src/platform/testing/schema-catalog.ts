import type pg from 'pg';

export interface CatalogColumn {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly default: string | null;
  readonly identity: 'always' | 'by default' | null;
  readonly generated: boolean;
}

export interface CatalogTable {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'view';
  readonly columns: readonly CatalogColumn[];
  readonly constraints: readonly { readonly name: string; readonly definition: string }[];
  readonly indexes: readonly string[];
  readonly triggers: readonly string[];
  /** Of a view: its query. */
  readonly definition: string | null;
}

export interface Catalog {
  readonly schemas: readonly string[];
  readonly functions: readonly string[];
  readonly tables: readonly CatalogTable[];
}

/** The migrator's own bookkeeping is no part of the schema. */
const SCHEMAS = `select oid, nspname from pg_namespace
  where nspname !~ '^pg_' and nspname not in ('information_schema', 'public', 'platform')`;

/** Read from the catalogs, in an order that does not depend on history; the same on every supported PostgreSQL. */
export async function readCatalog(pool: pg.Pool): Promise<Catalog> {
  const schemas = await pool.query<{ nspname: string }>(`select nspname from (${SCHEMAS}) s order by nspname`);
  const functions = await pool.query<{ definition: string }>(
    `select pg_get_functiondef(p.oid) as definition from pg_proc p join (${SCHEMAS}) s on s.oid = p.pronamespace
     where p.prokind in ('f', 'p') order by s.nspname, p.proname, pg_get_function_identity_arguments(p.oid)`,
  );
  const tables = await pool.query<CatalogTable>(TABLES);
  return {
    schemas: schemas.rows.map((row) => row.nspname),
    functions: functions.rows.map((row) => row.definition),
    tables: tables.rows,
  };
}

const COLUMNS = `select coalesce(json_agg(json_build_object(
    'name', a.attname,
    'type', format_type(a.atttypid, a.atttypmod),
    'notNull', a.attnotnull,
    'default', pg_get_expr(d.adbin, d.adrelid),
    'identity', case a.attidentity when 'a' then 'always' when 'd' then 'by default' end,
    'generated', a.attgenerated <> ''
  ) order by a.attnum), '[]')
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped`;

// From 18 on NOT NULL is listed as a constraint as well (contype n); the column says it already.
const CONSTRAINTS = `select coalesce(json_agg(json_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid))
    order by array_position(array['p', 'u', 'f', 'c', 'x']::"char"[], k.contype), k.conname), '[]')
  from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c', 'x')`;

const INDEXES = `select coalesce(json_agg(pg_get_indexdef(i.indexrelid) order by r.relname), '[]')
  from pg_index i join pg_class r on r.oid = i.indexrelid
  where i.indrelid = c.oid and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.conrelid = c.oid)`;

const TRIGGERS = `select coalesce(json_agg(pg_get_triggerdef(t.oid) order by t.tgname), '[]')
  from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal`;

const TABLES = `select s.nspname as schema, c.relname as name,
    case when c.relkind in ('v', 'm') then 'view' else 'table' end as kind,
    (${COLUMNS}) as columns, (${CONSTRAINTS}) as constraints, (${INDEXES}) as indexes, (${TRIGGERS}) as triggers,
    case when c.relkind in ('v', 'm') then pg_get_viewdef(c.oid) end as definition
  from pg_class c join (${SCHEMAS}) s on s.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
  order by s.nspname, c.relname`;
