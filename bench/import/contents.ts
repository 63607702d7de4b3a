import pg from 'pg';

/** What must not change where nothing new is imported, with the order in which a table is looked at. */
const TABLES = {
  advisories: 'identification.advisory',
  claims: 'identification.claim',
  judgments: 'identification.finding',
  'known exploited': 'identification.known_exploited',
  scores: 'identification.epss',
  assessments: 'evaluation.assessment',
} as const;

interface TableContent {
  readonly rows: number;
  /** Of all rows, whatever their order. */
  readonly content: string;
}

export type Contents = Readonly<Record<string, TableContent>>;

/** Rows and a hash of them, by what they are called. */
export async function readContents(url: string): Promise<Contents> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const read: Record<string, TableContent> = {};
    for (const [name, table] of Object.entries(TABLES)) {
      const { rows } = await client.query<{ rows: string; content: string }>(
        `select count(*) as rows, coalesce(sum(hashtextextended(t::text, 0)), 0)::text as content from ${table} t`,
      );
      const [row] = rows;
      read[name] = { rows: Number(row?.rows ?? 0), content: row?.content ?? '' };
    }
    return read;
  } finally {
    await client.end();
  }
}

/** The names of what differs. */
export function changedIn(before: Contents, after: Contents): string[] {
  return Object.keys(after).filter(
    (name) => before[name]?.rows !== after[name]?.rows || before[name]?.content !== after[name]?.content,
  );
}
