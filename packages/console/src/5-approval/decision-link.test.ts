import type { InboxItem } from '@patchsteward/contract';
import { expect, it } from 'vitest';
import { addressOf } from './decision-link.tsx';

const ITEM = { kind: 'approve', campaign: 'c1', exception: null, plan: null, as: ['it'] } as unknown as InboxItem; // Only these are looked at.

it.each<[string, Partial<InboxItem>, string]>([
  ['a plan has a page of its own', { plan: 'sha256:ab' }, '/inbox/sha256:ab'],
  ['a risk is assessed in the campaign', { kind: 'assess-risk' }, '/campaigns/c1?act=risk'],
  ['a stop ends there too', { kind: 'resume' }, '/campaigns/c1?act=resume'],
  ['backups of others are looked at', { kind: 'cover-backups', as: ['it'] }, '/campaigns/c1?room=4-backup'],
  ['their own an owner may waive', { kind: 'cover-backups', as: ['owner'] }, '/campaigns/c1?act=waive'],
  ['an exception on its own page', { kind: 'agree-exception', campaign: null, exception: 'e1' }, '/exceptions/e1'],
])('%s', (_, given, address) => {
  expect(addressOf({ ...ITEM, ...given })).toBe(address);
});
