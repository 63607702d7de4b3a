import type { CampaignEventBody } from '@patchsteward/contract';

/** The streams whose versions are not 1, 2, 3 and so on, each once, with the versions that they have. */
export function brokenStreams(events: readonly Pick<CampaignEventBody, 'stream' | 'version'>[]): string[] {
  const streams = new Map<string, number[]>();
  for (const { stream, version } of events) streams.set(stream, [...(streams.get(stream) ?? []), version]);
  return [...streams]
    .map(([stream, versions]) => ({ stream, versions: versions.sort((a, b) => a - b) }))
    .filter(({ versions }) => versions.some((version, index) => version !== index + 1))
    .map(({ stream, versions }) => `${stream}: ${versions.join(', ')}`);
}
