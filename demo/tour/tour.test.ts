import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { CAMPAIGNS } from '../story/campaigns.ts';
import { guideText } from './guide.ts';
import { addressText, IMAGES, PICTURE_BYTES_MAX, README_PICTURE, STOPS } from './stops.ts';

const ROOT = join(import.meta.dirname, '../..');
const GUIDE = 'docs/guides/tour.md';
const PNG = '89504e470d0a1a0a';

function picturesOf(page: string): string[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, target = '']) => join(dirname(page), target));
}

it('docs/guides/tour.md is what the stops say (npm run tour)', () => {
  expect(readFileSync(join(ROOT, GUIDE), 'utf8')).toBe(guideText());
});

it('every picture that the README and the tour name is there, and light enough for a page', () => {
  const named = [...new Set([...picturesOf('README.md'), ...picturesOf(GUIDE)])];

  expect(picturesOf('README.md')).toEqual([`${IMAGES}/${README_PICTURE}.png`]);
  expect(picturesOf(GUIDE)).toEqual(STOPS.map(({ name }) => `${IMAGES}/${name}.png`));
  for (const picture of named) {
    expect(existsSync(join(ROOT, picture)), picture).toBe(true);
    expect(
      readFileSync(join(ROOT, picture))
        .subarray(0, PNG.length / 2)
        .toString('hex'),
      picture,
    ).toBe(PNG);
    expect(statSync(join(ROOT, picture)).size, picture).toBeLessThanOrEqual(PICTURE_BYTES_MAX);
  }
});

it('no picture lies there that no stop shows any more', () => {
  expect(readdirSync(join(ROOT, IMAGES)).sort()).toEqual(STOPS.map(({ name }) => `${name}.png`).sort());
});

it('each stop is about a campaign of the story', () => {
  const sources = new Set<string>(CAMPAIGNS.map(({ source }) => source));

  const strangers = STOPS.flatMap(({ subject }) => Object.values(subject ?? {})).filter((one) => !sources.has(one));
  expect(strangers).toEqual([]);
});

it.each([
  [{ path: '/campaigns' }, '/campaigns'],
  [{ path: '/campaigns/$id', search: { room: '6-deployment' } }, '/campaigns/$id?room=6-deployment'],
  [{ path: '/record', search: { campaign: '$campaign', entry: '$entry' } }, '/record?campaign=$campaign&entry=$entry'],
])('writes %j as %s', (stop, text) => {
  expect(addressText(stop)).toBe(text);
});
