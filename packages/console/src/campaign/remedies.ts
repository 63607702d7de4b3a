import type { Campaign } from '@patchsteward/contract';
import type { RemedyOf } from '../parts/reason.tsx';
import { strings } from '../platform/strings.ts';

const words = strings.campaign.remedy;

/** Windows are those of the maintenance group of a host. */
const IN_WINDOWS: ReadonlySet<string> = new Set([
  'no-maintenance-window',
  'window-too-short',
  'no-window-in-time',
  'no-window-before-due',
]);

const IN_FACTS: ReadonlySet<string> = new Set(['environment-differs', 'criticality-differs']);

/** Where what a campaign waits for is mended, where that is a screen of its own: reasons name their hosts. */
export function remediesIn({ scope }: Pick<Campaign, 'scope'>): RemedyOf {
  const hosts = new Map(scope.map((host) => [host.name, host]));
  return ({ code, subject }) => {
    const host = hosts.get(subject);
    if (host === undefined) return null;
    const { id, name, maintenanceGroup } = host;
    if (IN_FACTS.has(code)) return { to: `/assets/${id}?edit=facts`, words: words.facts(name) };
    if (!IN_WINDOWS.has(code)) return null;
    return maintenanceGroup === null
      ? { to: `/assets/${id}?edit=facts`, words: words.noGroup(name) }
      : { to: `/groups?edit=${encodeURIComponent(maintenanceGroup)}`, words: words.group(maintenanceGroup) };
  };
}
