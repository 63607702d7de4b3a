import type { CampaignEventBody } from '@patchsteward/contract';
import { phaseOf } from './reports.ts';

/** From its grant on a host counts as down, until the server knows something good of it. // rollout §2.8 S4 */
const UP_AGAIN = ['succeeded', 'rolled-back', 'returned', 'blocked'];

/** Whoever was allowed to start while another of the same group counted as down: `group` names hosts by their work orders. */
export function downTogether(
  events: readonly Pick<CampaignEventBody, 'stream' | 'kind' | 'body' | 'at'>[],
  group: ReadonlyMap<string, string>,
): string[] {
  const down = new Set<string>();
  const together: string[] = [];
  for (const { stream, kind, body } of events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const host = group.get(stream.replace(/^job:/, ''));
    if (host === undefined) continue;
    if (kind === 'job.granted') {
      together.push(...[...down].filter((other) => other !== host).map((other) => `${host} while ${other} was down`));
      down.add(host);
    }
    if (kind === 'job.reported' && UP_AGAIN.includes(phaseOf(body))) down.delete(host);
  }
  return together;
}
