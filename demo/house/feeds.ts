import type { Instant } from '@patchsteward/core/vocabulary';
import { epssFile, kevFile } from '../../packages/server/src/1-identification/testing/feed-files.ts';
import { releasedAt, type StoryUpdate } from '../story/updates.ts';

/** Advisories as a vendor's feed has them. Every fact in them is invented, and each says so. */
export function advisoryFile(updates: readonly StoryUpdate[], end: Instant): string {
  return updates.map((update) => recordOf(update, end)).join('');
}

function recordOf(update: StoryUpdate, end: Instant): string {
  const { advisory, source, scope, to } = update;
  const [vendor, release] = scope.split(':');
  if (advisory === null || vendor !== 'debian') return '';
  const published = new Date(releasedAt(update, end)).toISOString();
  const record = {
    schema_version: '1.7.3',
    id: advisory.id,
    summary: `Demo, invented: ${source} - security update`,
    published,
    modified: published,
    upstream: advisory.cves,
    affected: [
      {
        package: { ecosystem: `Debian:${release}`, name: source },
        ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: to }] }],
        ecosystem_specific: { urgency: advisory.urgency },
      },
    ],
    references: [{ type: 'ADVISORY', url: `https://advisories.demo.invalid/${advisory.id}` }],
  };
  return `${JSON.stringify(record)}\n`;
}

export function exploitedFile(updates: readonly StoryUpdate[], now: Instant): string {
  const added = new Date(now).toISOString().slice(0, 10);
  const listed = updates.flatMap(({ exploited, advisory }) => (exploited ? (advisory?.cves.slice(0, 1) ?? []) : []));
  return kevFile(
    new Date(now).toISOString(),
    ...listed.map((id) => ({ id, added, due: new Date(now + 3 * 86_400_000).toISOString().slice(0, 10) })),
  );
}

export function scoresFile(updates: readonly StoryUpdate[], now: Instant): string {
  const ids = updates.flatMap(({ advisory }) => advisory?.cves ?? []);
  const scores = ids.map((id, at) => [id, SCORES[at % SCORES.length] ?? 0.01, 0.5] as const);
  return epssFile('v2099.01.01', new Date(now).toISOString().slice(0, 10), ...scores);
}

const SCORES = [0.02, 0.31, 0.004, 0.11, 0.0009, 0.07];
