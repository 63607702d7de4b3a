import { expect, test } from 'vitest';
import { fieldsOf } from './fields.ts';

test('the wanted letters of each paragraph; the first of a letter counts', () => {
  const paragraphs = fieldsOf('P:a\nV:1-r0\nT:text\nF:bin\nR:x\nP:no\n\n\nP:b\nP\n', 'PV');

  expect(paragraphs.map((fields) => Object.fromEntries(fields))).toEqual([{ P: 'a', V: '1-r0' }, { P: 'b' }]);
});
