/** An entry of a feed, as a case is about it. */
export interface Told {
  readonly id: string;
  readonly title?: string;
  readonly text?: string;
  readonly updated?: string;
  readonly published?: string;
}

const DAY = '2026-11-19T08:00:00Z';

/** An Atom file of these entries. */
export function atomFile(...told: readonly Told[]): string {
  const entries = told.map(
    ({ id, title = `About ${id}`, text = 'Update soon.', updated = DAY, published = DAY }) => `
      <entry><id>${id}</id><title>${title}</title><link href="https://acme.example/${id}"/>
        <published>${published}</published><updated>${updated}</updated><content type="text">${text}</content></entry>`,
  );
  return `<feed xmlns="http://www.w3.org/2005/Atom"><title>Acme</title>${entries.join('')}</feed>`;
}
