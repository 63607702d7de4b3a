import { feed, folded, pass, waits } from './feed.ts';
import { HOST_VERBS } from './host-verbs.ts';
import { PERSON_VERBS, SETTING } from './person-verbs.ts';
import { type Line, readStory } from './read-story.ts';
import { newStage, type Stage } from './stage.ts';

export interface Played {
  readonly transcript: string;
  readonly stage: Stage;
  /** What the events alone make of the campaign. */
  readonly folded: unknown;
}

/** Plays a story over the pure machines. The same story always gives the same transcript. */
export function play(story: string): Played {
  const stage = newStage();
  for (const line of readStory(story)) {
    pass(stage, stage.now + line.afterMs);
    act(stage, line);
  }
  return { transcript: `${stage.transcript.join('\n')}\n`, stage, folded: folded(stage) };
}

function act(stage: Stage, line: Line): void {
  const { who, verb } = line;
  const event = PERSON_VERBS[verb];
  const other = SETTING[verb] ?? HOST_VERBS[verb];
  if (event !== undefined) feed(stage, event(stage, line), who);
  else if (other !== undefined) other(stage, line);
  else if (verb === 'waits') waits(stage);
  else throw new Error(`line ${line.number}: nobody can "${verb}": ${line.text}`);
}
