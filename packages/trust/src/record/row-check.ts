import type { Found } from './fault.ts';
import type { EntryLine, RowLine } from './line.ts';
import { firstDifference, hashRow, SEAL_KIND, type Seal, sealOf } from './rows.ts';

const TEXTS = {
  changed: { code: 'row-changed', text: 'It is not what it was when the campaign was closed.' },
  missing: { code: 'row-missing', text: 'It is gone since the campaign was closed.' },
  unknown: { code: 'row-unknown', text: 'It was not there when the campaign was closed.' },
} as const;

/** The rows about a finished campaign are those that its seal names. */
export class RowCheck {
  readonly #seals = new Map<string, { readonly index: number; readonly seal: Seal }>();
  /** By campaign, then by table. */
  readonly #found = new Map<string, Map<string, string[]>>();

  entry({ kind, subject, payload, index }: EntryLine): void {
    if (kind !== SEAL_KIND) return;
    const seal = sealOf(payload);
    if (seal !== null) this.#seals.set(subject, { index, seal });
  }

  /** Rows come with the campaign that they are about, in the order of their keys. */
  row({ campaign, table, row }: RowLine): void {
    const tables = this.#found.get(campaign) ?? new Map<string, string[]>();
    this.#found.set(campaign, tables);
    const rows = tables.get(table) ?? [];
    tables.set(table, rows);
    rows.push(hashRow(row));
  }

  end(): readonly Found[] {
    return [...this.#seals].flatMap(([campaign, { index, seal }]) => {
      const tables = this.#found.get(campaign);
      const names = new Set([...Object.keys(seal), ...(tables?.keys() ?? [])]);
      return [...names].flatMap((table) => {
        const difference = firstDifference(seal[table] ?? [], tables?.get(table) ?? []);
        if (difference === null) return [];
        const { code, text } = TEXTS[difference.kind];
        return [
          { code, where: `row ${difference.place} of ${table}, campaign ${campaign} (sealed by entry ${index})`, text },
        ];
      });
    });
  }
}
