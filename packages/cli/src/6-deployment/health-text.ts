import type { HealthProfileBody } from '@patchsteward/contract';
import { spanText } from '../platform/span-text.ts';
import { plainText } from '../platform/text.ts';

type Checks = HealthProfileBody['wanted'];

export function healthText(profile: HealthProfileBody, title: string): string {
  const { errorLinesMax, wanted, watchMs } = profile;
  const nothing = isEmpty(profile) && isEmpty(wanted) && errorLinesMax === null;
  const lines = nothing
    ? ['  Nothing is looked at: after a change this asset counts as healthy as soon as its packages are right.']
    : [
        ...checksText(profile),
        ...(errorLinesMax === null ? [] : [`  errors   at most ${errorLinesMax} in the journal while it is watched`]),
        ...(isEmpty(wanted) ? [] : ['  wanted, told where it is missing:', ...checksText(wanted).map(indented)]),
        `  watched  ${spanText(watchMs)} after a change`,
      ];
  return [title, ...lines].map((line) => `${line}\n`).join('');
}

function isEmpty({ units, ports, urls, files }: Checks): boolean {
  return units.length + ports.length + urls.length + files.length === 0;
}

function checksText({ units, ports, urls, files }: Checks): string[] {
  return [
    `  units    ${units.length === 0 ? '-' : plainText(units.join(', '))}`,
    `  ports    ${ports.length === 0 ? '-' : ports.join(', ')}`,
    `  urls     ${urls.length === 0 ? '-' : plainText(urls.join(', '))}`,
    ...(files.length === 0 ? [] : [`  files    ${plainText(files.join(', '))}`]),
  ];
}

function indented(line: string): string {
  return `  ${line}`;
}
