import type { HealthProfileBody } from '@patchsteward/contract';
import { spanText } from '../platform/span-text.ts';
import { plainText } from '../platform/text.ts';

export function healthText({ units, ports, urls, watchMs }: HealthProfileBody, title: string): string {
  const nothing = units.length + ports.length + urls.length === 0;
  const lines = nothing
    ? ['  Nothing is looked at: after a change this asset counts as healthy as soon as its packages are right.']
    : [
        `  units    ${units.length === 0 ? '-' : plainText(units.join(', '))}`,
        `  ports    ${ports.length === 0 ? '-' : ports.join(', ')}`,
        `  urls     ${urls.length === 0 ? '-' : plainText(urls.join(', '))}`,
        `  watched  ${spanText(watchMs)} after a change`,
      ];
  return [title, ...lines].map((line) => `${line}\n`).join('');
}
