import { describe, expect, it } from 'vitest';
import { GuideUnreadable, readGuide } from './guide.ts';

const TICKS = '`'.repeat(3);
const fence = (info: string, ...lines: readonly string[]): string => [`${TICKS}${info}`, ...lines, TICKS].join('\n');

describe('the blocks of a guide', () => {
  it('say who does what where, and what is seen', () => {
    const guide = [
      '# A guide',
      'First:',
      fence('sh on=server as=ada types=<password>,yes', 'one', 'two'),
      'You see:',
      fence('sees', 'fine', '', '  <id> …'),
      fence('sh on=web-1 again exit=3', 'look'),
      fence('sh on=server as=ada stays when=no-network', 'npm start'),
    ].join('\n');

    expect(readGuide(guide)).toEqual([
      {
        ...{ line: 4, on: 'server', as: 'ada', text: 'one\ntwo', types: ['<password>', 'yes'], exit: 0 },
        ...{ again: false, stays: false, when: null },
        sees: [
          { line: 9, text: 'fine' },
          { line: 11, text: '<id> …' },
        ],
      },
      {
        ...{ line: 14, on: 'web-1', as: 'root', text: 'look', types: [], exit: 3 },
        ...{ again: true, stays: false, when: null, sees: [] },
      },
      {
        ...{ line: 17, on: 'server', as: 'ada', text: 'npm start', types: [], exit: 0 },
        ...{ again: false, stays: true, when: 'no-network', sees: [] },
      },
    ]);
  });

  it.each([
    [
      'a command that nobody would run',
      fence('', 'rm -r /'),
      'line 2 of the guide: a block is "sh" or "sees", and not ""',
    ],
    ['another language', fence('text', 'hello'), 'and not "text"'],
    ['a command for nowhere', fence('sh', 'true'), 'line 1 of the guide: the block does not say where'],
    ['a mark that means nothing', fence('sh on=server often', 'true'), 'nobody knows what "often" means'],
    ['a flag with a value', fence('sh on=server again=3', 'true'), 'nobody knows what "again=3" means'],
    ['something seen before anything is done', fence('sees', 'fine'), 'what is seen follows one block'],
    ['nothing seen', `${fence('sh on=server', 'true')}\n${fence('sees', '')}`, 'nothing is seen'],
    ['a block without an end', `${TICKS}sh on=server\ntrue`, 'the block does not end'],
  ])('are refused: %s', (_, guide, what) => {
    expect(() => readGuide(guide)).toThrow(GuideUnreadable);
    expect(() => readGuide(guide)).toThrow(what);
  });
});
