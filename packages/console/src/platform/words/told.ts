import { numberText } from '../counted.ts';

/** Who was told of what by mail. */
export const told = {
  title: 'Who was told',
  nobody: 'Nobody was told of it by mail.',
  noMail: 'Nobody was told of it: the server has no mail server.',
  states: { waiting: 'on its way', sent: 'accepted by the mail server', bounced: 'refused', failed: 'given up' },
  more: (count: number) => `and ${numberText(count)} more messages`,
} as const;
