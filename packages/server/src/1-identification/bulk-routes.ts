import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { outcomePage } from './bulk-body.ts';
import { type ChangeParts, changeMany, noSuchChange, undoMany } from './bulk-perform.ts';
import { readBulkChange } from './bulk-store.ts';
import { applyRules, changeRule, readRuleBodies, removeRule } from './rule-perform.ts';

type BulkRouteId =
  | 'asset.change-many'
  | 'asset.changes-show'
  | 'asset.undo-many'
  | 'rule.list'
  | 'rule.set'
  | 'rule.remove'
  | 'rule.apply';

/** Assets by the hundred: one change of many, and rules by name. */
export function bulkRoutes(parts: ChangeParts): Handlers<BulkRouteId> {
  return {
    'asset.change-many': async ({ body, principal, now }) =>
      changeMany(parts, body, { actor: actorOf(principal), at: now }),
    'asset.changes-show': async ({ params, query }) => {
      const change = await readBulkChange(parts.db, params.id);
      if (change === undefined) throw noSuchChange(params.id);
      return outcomePage(parts.db, change, query);
    },
    'asset.undo-many': async ({ params, body, principal, now }) =>
      undoMany(parts, params.id, body.key, { actor: actorOf(principal), at: now }),
    'rule.list': async () => {
      const items = await readRuleBodies(parts.db);
      return { items, total: items.length };
    },
    'rule.set': async ({ params, body, principal, now }) =>
      changeRule(parts, params.id, body, { actor: actorOf(principal), at: now }),
    'rule.remove': async ({ params, principal, now }) => {
      await removeRule(parts.corridor, params.id, { actor: actorOf(principal), at: now });
      return {};
    },
    'rule.apply': async ({ body, principal, now }) => applyRules(parts, body, { actor: actorOf(principal), at: now }),
  };
}
