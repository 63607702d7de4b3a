import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { play } from './harness/play.ts';

/** With `UPDATE_SCENARIOS=1` the transcripts are written anew; look at the difference before you keep it. */
const UPDATE = process.env['UPDATE_SCENARIOS'] === '1';
const STORIES = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.story'));

describe('stories', () => {
  it('are there, and each has its transcript', () => {
    expect(STORIES.length).toBeGreaterThanOrEqual(10);
  });

  it.each(STORIES)('%s goes as it went', (name) => {
    const expected = join(import.meta.dirname, name.replace(/\.story$/, '.expected'));
    const { transcript, stage, folded } = play(readFileSync(join(import.meta.dirname, name), 'utf8'));

    if (UPDATE) writeFileSync(expected, transcript);
    expect(transcript).toBe(
      existsSync(expected) ? readFileSync(expected, 'utf8') : 'no transcript: run with UPDATE_SCENARIOS=1',
    );
    expect(folded).toEqual(stage.campaign);
  });
});
