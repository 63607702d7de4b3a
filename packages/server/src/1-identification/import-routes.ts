import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { importAssets } from './import-perform.ts';
import { undoImport } from './import-undo.ts';
import { countImports, type ImportRow, listImports } from './import-undo-store.ts';
import type { RemovalParts } from './removal-perform.ts';

/** More than a person takes back; the record has all of them. */
const IMPORTS_LISTED_MAX = 100;

/** Assets that no agent speaks for, as a list names them. */
export function importRoutes(parts: RemovalParts): Handlers<'asset.import' | 'asset.imports' | 'asset.undo-import'> {
  return {
    'asset.imports': async () => ({
      items: (await listImports(parts.db, IMPORTS_LISTED_MAX)).map(importBody),
      total: await countImports(parts.db),
    }),
    'asset.undo-import': async ({ params, principal, now }) =>
      undoImport(parts, params.id, { actor: actorOf(principal), at: now }),
    'asset.import': async ({ body, principal, now }) =>
      importAssets(parts, body, { actor: actorOf(principal), at: now }),
  };
}

function importBody({ at, undoneAt, id, source, by, added, changed, unchanged, refused }: ImportRow) {
  return {
    ...{ id, source, by, added, changed, unchanged, refused },
    at: new Date(at).toISOString(),
    undoneAt: undoneAt === null ? null : new Date(undoneAt).toISOString(),
  };
}
