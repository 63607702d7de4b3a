import { expect, it } from 'vitest';
import { type NoticeAsset, recipientsOf } from './notice-recipients.ts';

const web: NoticeAsset = { assetId: 'a1', name: 'web-1', owner: 'olga', maintenanceGroup: 'shop' };
const db: NoticeAsset = { assetId: 'a2', name: 'db-1', owner: 'omar', maintenanceGroup: 'data' };
const olga = { login: 'olga', name: 'Olga Owner', mail: 'olga@example.org' };
const omar = { login: 'omar', name: 'Omar Owner', mail: null };
const shop = { group: 'shop', channel: 'mail', address: 'shop@example.org', name: 'Shop team' } as const;
const chat = { group: '*', channel: 'webhook', address: 'https://chat.example.org/hook', name: null } as const;

it('owners hear of their own, stakeholders of their group, and `*` of all', () => {
  const { recipients, unheard } = recipientsOf([web, db], [olga, omar], [shop, chat]);

  expect(recipients).toEqual([
    { channel: 'mail', address: 'olga@example.org', name: 'Olga Owner', assetIds: ['a1'] },
    { channel: 'mail', address: 'shop@example.org', name: 'Shop team', assetIds: ['a1'] },
    {
      channel: 'webhook',
      address: 'https://chat.example.org/hook',
      name: 'https://chat.example.org/hook',
      assetIds: ['a1', 'a2'],
    },
  ]);
  expect(unheard).toEqual([]);
});

it('one address gets one message, however it came in and however it is written', () => {
  const again = { ...shop, address: 'Olga@Example.org' };

  expect(recipientsOf([web], [olga], [again]).recipients).toHaveLength(1);
});

it.each([
  ['the owner has no address', [{ ...web, owner: 'omar' }], [omar]],
  ['the owner is nobody with an account', [{ ...web, owner: 'Team Web' }], [olga]],
  ['nobody owns it', [{ ...web, owner: null }], [olga]],
] as const)('an asset of which nobody hears is named: %s', (_, assets, contacts) => {
  expect(recipientsOf(assets, contacts, [])).toEqual({ recipients: [], unheard: ['a1'] });
});
