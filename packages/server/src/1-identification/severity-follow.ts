import type { SeverityOutcome } from '@patchsteward/contract';
import { Refusal } from '../platform/http/refusal.ts';
import { letGo, lockHeld } from './held-store.ts';
import { REJUDGE_WISH } from './judging.ts';
import { followed } from './knowledge.ts';
import { type By, DETAILS_MAX, distinct, previewChange, type SeverityTools, TOUCHED } from './severity-perform.ts';
import { markSetsWith } from './severity-store.ts';

interface Following {
  readonly vulnerabilities: readonly string[];
  readonly why: string;
}

/**
 * Security agrees to what sources say by now: from here on it counts, although it is less. One entry of the record for
 * each vulnerability. Open campaigns stay in their lane; slower than that they become by signatures alone. // SOP P2.1
 */
export async function performFollowing(
  tools: SeverityTools,
  { vulnerabilities, why }: Following,
  by: Pick<By, 'actor' | 'at'>,
): Promise<SeverityOutcome> {
  const ids = distinct(vulnerabilities);
  return tools.corridor.change(by, async (tx) => {
    const held = new Set((await lockHeld(tx, ids)).map(({ vulnerability }) => vulnerability));
    refuseUnlessHeld(ids, held);
    const value = await previewChange(tx, tools, { vulnerabilities: ids, becomingOf: followed }, by.at);
    await letGo(tx, ids, by.at);
    await markSetsWith(tx, ids);
    return {
      value,
      leaves: ids.map((id) => ({ kind: 'severity.followed', subject: id, payload: { why, together: ids.length } })),
      wishes: [REJUDGE_WISH, ...(await tools.campaigns.follow(tx, ids))],
      touched: TOUCHED,
    };
  });
}

function refuseUnlessHeld(ids: readonly string[], held: ReadonlySet<string>): void {
  const calm = ids.filter((id) => !held.has(id));
  if (calm.length === 0) return;
  throw new Refusal('conflict', 'Of some of these sources say nothing less than what counts; nothing was changed.', {
    details: calm.slice(0, DETAILS_MAX).map((id) => ({
      path: 'body.vulnerabilities',
      problem: `${id} counts as sources say`,
    })),
  });
}
