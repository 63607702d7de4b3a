import type { Catalog, CatalogColumn, CatalogTable } from './schema-catalog.ts';

const HEADER = `-- The schema that the migrations make, for review. Written by \`npm run schema\`; do not edit.
`;

/** The whole schema as one readable file: a reviewer sees what a migration did, not only what it says. */
export function dumpSchema(catalog: Catalog): string {
  const parts = [
    ...catalog.schemas.map((schema) => `create schema ${schema};\n`),
    ...catalog.functions.map((definition) => `${definition.trimEnd()};\n`),
    ...catalog.tables.map(dumpTable),
  ];
  return [HEADER, ...parts].join('\n');
}

function dumpTable(table: CatalogTable): string {
  const name = `${table.schema}.${table.name}`;
  if (table.kind === 'view') return `create view ${name} as\n${table.definition?.trim() ?? ''}\n`;
  const lines = [
    ...table.columns.map(dumpColumn),
    ...table.constraints.map((constraint) => `constraint ${constraint.name} ${constraint.definition}`),
  ];
  const statements = [...table.indexes, ...table.triggers].map((statement) => `${statement};\n`).join('');
  return `create table ${name} (\n${lines.map((line) => `  ${line}`).join(',\n')}\n);\n${statements}`;
}

function dumpColumn(column: CatalogColumn): string {
  const words = [column.name, column.type];
  if (column.identity !== null) words.push(`generated ${column.identity} as identity`);
  else if (column.generated) words.push(`generated always as (${column.default}) stored`);
  else if (column.default !== null) words.push(`default ${column.default}`);
  if (column.notNull) words.push('not null');
  return words.join(' ');
}
