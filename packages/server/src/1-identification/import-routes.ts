import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { type ImportParts, importAssets } from './import-perform.ts';

/** Assets that no agent speaks for, as a list names them. */
export function importRoutes(parts: ImportParts): Handlers<'asset.import'> {
  return {
    'asset.import': async ({ body, principal, now }) =>
      importAssets(parts, body, { actor: actorOf(principal), at: now }),
  };
}
