import type { Corridor } from '../platform/corridor.ts';
import type { Db } from '../platform/database.ts';
import { actorOf } from '../platform/http/actor.ts';
import type { Handlers } from '../platform/http/bind.ts';
import { freezeCalendarBody } from './freeze-body.ts';
import { importFreezes, undoFreezes } from './freeze-perform.ts';
import { readFreezeCalendars } from './freeze-store.ts';

interface Parts {
  readonly db: Db;
  readonly corridor: Corridor;
}

/** Times in which nothing is done although a window is open. // rollout-and-trust §2.7 */
export function freezeRoutes(parts: Parts): Handlers<'freeze.list' | 'freeze.import' | 'freeze.undo'> {
  return {
    'freeze.list': async () => ({ items: (await readFreezeCalendars(parts.db)).map(freezeCalendarBody) }),
    'freeze.import': async ({ body, principal, now }) =>
      importFreezes(parts, body, { actor: actorOf(principal), at: now }),
    'freeze.undo': async ({ params, principal, now }) =>
      undoFreezes(parts, params.id, { actor: actorOf(principal), at: now }),
  };
}
