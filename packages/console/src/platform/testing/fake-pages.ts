interface Paging {
  readonly skip?: number;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

export function pageOf<Row>(rows: readonly Row[], { cursor, limit, skip = 0 }: Paging) {
  const start = skip + (cursor === undefined ? 0 : Number(cursor));
  const end = start + limit;
  return { items: rows.slice(start, end), next: end < rows.length ? String(end) : null, total: rows.length };
}

export function matching<Row>(rows: readonly Row[], search: string | undefined): readonly Row[] {
  if (search === undefined) return rows;
  return rows.filter((row) => JSON.stringify(row).toLowerCase().includes(search.toLowerCase()));
}
