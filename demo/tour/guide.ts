import { addressText, IMAGES, STOPS, type Stop } from './stops.ts';

/** docs/guides/tour.md, whole: its text is the stops' and changes with them. */
export function guideText(stops: readonly Stop[] = STOPS): string {
  return [
    '# A tour in two minutes',
    '<!-- written by `npm run tour` -->',
    'The pictures are of the demo: start it with `npm start -- --demo`, and sign in as whoever the picture names.',
    ...stops.map(stopText),
    'Where to go from here: [the demo](demo.md), [the first campaign](first-campaign.md) of your own.',
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');
}

function stopText(stop: Stop, index: number): string {
  const { title, text, caption, name, as } = stop;
  return [
    `## ${index + 1}. ${title}`,
    text,
    `![${caption}](../../${IMAGES}/${name}.png)`,
    `*${caption}* Seen by ${as} at \`${addressText(stop)}\`.`,
  ].join('\n\n');
}
