/** What a list may say of an asset. // SOP P1.2, checklist c1 c2 */
const FIELDS = [
  'name',
  'externalId',
  'kind',
  'vendor',
  'product',
  'version',
  'build',
  'criticality',
  'exposure',
  'environment',
  'owner',
  'role',
  'tags',
] as const;
export type ListField = (typeof FIELDS)[number];

/** The headers of lists as people and their tools write them; small letters and digits are compared alone. */
export const COLUMN_NAMES: Readonly<Record<ListField, readonly string[]>> = {
  name: ['name', 'hostname', 'host', 'asset', 'asset name', 'computer name', 'device name', 'system'],
  externalId: ['external id', 'id', 'asset id', 'asset tag', 'inventory number', 'ci', 'serial number'],
  kind: ['kind', 'type', 'class', 'asset type', 'device type'],
  vendor: ['vendor', 'manufacturer', 'make', 'publisher'],
  product: ['product', 'model', 'operating system', 'os', 'software', 'application'],
  version: ['version', 'os version', 'firmware', 'firmware version', 'software version', 'product version'],
  build: ['build', 'os build', 'build number', 'revision'],
  criticality: ['criticality', 'importance', 'business criticality'],
  exposure: ['exposure', 'reachability'],
  environment: ['environment', 'env', 'stage'],
  owner: ['owner', 'responsible', 'contact', 'team'],
  role: ['role', 'function', 'purpose'],
  tags: ['tags', 'labels', 'tag'],
};

export interface ListColumn {
  readonly header: string;
  /** null: nobody here knows it, and it is left out. */
  readonly field: ListField | null;
}

const BY_NAME = new Map(FIELDS.flatMap((field) => COLUMN_NAMES[field].map((name) => [plain(name), field] as const)));

/** The columns of a header line. A text where they cannot be used. */
export function columnsOf(headers: readonly string[]): readonly ListColumn[] | string {
  const columns = headers.map((header) => ({ header: header.trim(), field: BY_NAME.get(plain(header)) ?? null }));
  for (const field of FIELDS) {
    const same = columns.filter((column) => column.field === field).map(({ header }) => header);
    if (same.length > 1) return `the columns ${same.join(' and ')} both say the ${field}`;
  }
  return columns.some(({ field }) => field === 'name')
    ? columns
    : `no column is called ${COLUMN_NAMES.name.slice(0, 3).join(', ')}: the first line must name the columns`;
}

function plain(header: string): string {
  return header.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}
