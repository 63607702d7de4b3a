import type { Catalog, CatalogColumn, CatalogTable } from './schema-catalog.ts';

const HEADER = `// The tables as the query builder sees them. Written by \`npm run schema\` from the migrated schema; do not edit.
// biome-ignore-all format: generated
import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type { JsonText, JsonValue, StoredInstant } from './column-types.ts';
`;

/** What a column is in a row. A type that is not here must be decided on before it is used. */
const ROW_TYPES: Readonly<Record<string, string>> = {
  uuid: 'string',
  // The number of a transaction, and those that are seen: text, compared by the database alone.
  xid8: 'string',
  pg_snapshot: 'string',
  text: 'string',
  boolean: 'boolean',
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  real: 'number',
  'double precision': 'number',
  // Exact beyond a double: the driver leaves it as text.
  numeric: 'string',
  bytea: 'Buffer',
  date: 'string',
  'timestamp with time zone': 'StoredInstant',
};
export function typeTables(catalog: Catalog): string {
  const interfaces = catalog.tables.map(
    (table) =>
      `interface ${interfaceName(table)} {\n${table.columns.map((column) => typeColumn(table, column)).join('')}}\n`,
  );
  const rows = catalog.tables.map((table) => `  readonly '${table.schema}.${table.name}': ${interfaceName(table)};\n`);
  const index = `export interface Tables {\n${rows.join('')}}\n`;
  const body = [...interfaces, index].join('\n');
  return `${withoutUnusedImports(HEADER, body)}\n${body}`;
}

function interfaceName(table: CatalogTable): string {
  return `${table.schema}_${table.name}`
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function typeColumn(table: CatalogTable, column: CatalogColumn): string {
  return `  readonly ${column.name}: ${columnType(table, column)};\n`;
}

function columnType(table: CatalogTable, column: CatalogColumn): string {
  if (column.type === 'jsonb' || column.type === 'json') return jsonColumn(column);
  const row = column.notNull ? rowType(table, column) : `${rowType(table, column)} | null`;
  if (column.identity === 'always' || column.generated) return `GeneratedAlways<${row}>`;
  return column.default !== null || column.identity !== null ? `Generated<${row}>` : row;
}

/** Read as a value, written through `json(…)`. */
function jsonColumn({ notNull, default: standard }: CatalogColumn): string {
  const orNull = notNull ? '' : ' | null';
  const orNothing = standard === null ? '' : ' | undefined';
  return `ColumnType<JsonValue${orNull}, JsonText${orNull}${orNothing}, JsonText${orNull}>`;
}

function rowType(table: CatalogTable, column: CatalogColumn): string {
  const literals = literalsOf(table, column.name);
  const array = column.type.endsWith('[]');
  const type = literals ?? ROW_TYPES[array ? column.type.slice(0, -2) : column.type];
  if (type === undefined) {
    throw new TypeError(
      `${table.schema}.${table.name}.${column.name}: decide in schema-types.ts what ${column.type} is`,
    );
  }
  if (!array) return type;
  return `readonly ${type.includes(' ') ? `(${type})` : type}[]`;
}

/** A check that lists the allowed words makes a union of them. */
function literalsOf(table: CatalogTable, column: string): string | undefined {
  for (const { definition } of table.constraints) {
    const list =
      new RegExp(`^CHECK \\(\\(${column} = ANY \\(ARRAY\\[([^\\]]*)\\]\\)\\)\\)$`).exec(definition) ??
      new RegExp(`^CHECK \\(\\(${column} <@ ARRAY\\[([^\\]]*)\\]\\)\\)$`).exec(definition);
    if (list?.[1] === undefined) continue;
    return Array.from(list[1].matchAll(/'((?:[^']|'')*)'::text/g), (match) => `'${match[1]}'`).join(' | ');
  }
  return undefined;
}

function withoutUnusedImports(header: string, body: string): string {
  return header.replaceAll(/import type \{ (.*) \} from '(.*)';\n/g, (_, names: string, from: string) => {
    const used = names.split(', ').filter((name) => new RegExp(`\\b${name}\\b`).test(body));
    return used.length === 0 ? '' : `import type { ${used.join(', ')} } from '${from}';\n`;
  });
}
