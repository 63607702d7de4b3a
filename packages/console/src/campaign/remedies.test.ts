import { expect, it } from 'vitest';
import { remediesIn } from './remedies.ts';

const HOST = { environment: 'production' as const, criticality: 'high' as const, owner: null, redundancyGroups: [] };
const remedyOf = remediesIn({
  scope: [
    { ...HOST, id: 'a', name: 'web-1', maintenanceGroup: 'night & day' },
    { ...HOST, id: 'b', name: 'web-2', maintenanceGroup: null },
  ],
});

it.each([
  ['to its group', 'no-maintenance-window', 'web-1', '/groups?edit=night%20%26%20day'],
  ['to its group for longer ones', 'window-too-short', 'web-1', '/groups?edit=night%20%26%20day'],
  ['to the facts of a host without a group', 'no-maintenance-window', 'web-2', '/assets/b?edit=facts'],
  ['to the facts that a host contradicts', 'criticality-differs', 'web-1', '/assets/a?edit=facts'],
  ['nowhere for a host that it does not have', 'no-maintenance-window', 'web-3', undefined],
  ['nowhere for what windows do not clear', 'backup-missing', 'web-1', undefined],
])('leads %s', (_, code, subject, address) => {
  expect(remedyOf({ code, subject, clearableBy: ['it'], by: null, sentence: '' })?.to).toBe(address);
});
