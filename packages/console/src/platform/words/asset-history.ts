import { counted } from '../counted.ts';

/** What campaigns and the record say about one asset. */
export const assetHistory = {
  campaigns: counted('campaign', 'campaigns'),
  noCampaigns: 'No campaign has this asset in its scope.',
  noCampaignsLead: 'It comes into one when somebody opens a proposal for an update that it is offered.',
  columns: { campaign: 'Campaign', job: 'Work order', due: 'Due', what: 'What', by: 'By', at: 'When' },
  noJob: 'none yet',
  moments: counted('entry of the record', 'entries of the record'),
  momentsLead: 'about this asset and its work orders, the newest first.',
  noMoments: 'The record says nothing about this asset yet.',
} as const;
