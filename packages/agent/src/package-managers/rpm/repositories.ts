import type { Instant, OriginId } from '@patchsteward/core/vocabulary';

/** A repository that dnf is configured to use. */
export interface Repository {
  readonly id: string;
  readonly name: string | null;
  readonly origin: OriginId;
  /** When the copy of its metadata was made by whoever publishes it. */
  readonly updatedAt: Instant | null;
}

/** Reads the answer of `dnf repolist -v`: a paragraph per repository, `Repo-id : baseos`. */
export function parseRepositories(text: string): Repository[] {
  const repositories: Repository[] = [];
  let fields = new Map<string, string>();
  for (const line of [...text.split('\n'), 'Repo-id :']) {
    const [, name = '', value = ''] = /^Repo-(\w+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === 'id') {
      const id = fields.get('id') ?? '';
      if (id !== '') repositories.push(repositoryOf(id, fields));
      fields = new Map();
    }
    if (name !== '' && !fields.has(name)) fields.set(name, value);
  }
  return repositories;
}

function repositoryOf(id: string, fields: ReadonlyMap<string, string>): Repository {
  // A list of mirrors is the same on every host, the mirror that was chosen from it is not.
  const address = fields.get('metalink') ?? fields.get('mirrors') ?? fields.get('baseurl') ?? '';
  const updated = Date.parse(`${fields.get('updated') ?? ''} UTC`);
  return {
    id,
    name: fields.get('name') || null,
    origin: originOf(address, id),
    updatedAt: Number.isNaN(updated) ? null : updated,
  };
}

/** Scheme and credentials say how one host gets there, a query may hold a secret; `(9 more)` counts further addresses. */
function originOf(address: string, id: string): OriginId {
  const place = (address.split(/[\s,]/)[0] ?? '')
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/^[^/@]*@/, '')
    .replace(/[?#].*$/, '')
    .replace(/(?<=.)\/+$/, '');
  return `${place} ${id}`.trim();
}
