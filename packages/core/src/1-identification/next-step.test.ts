import { expect, test } from 'vitest';
import { type NextStepFacts, nextStepOf } from './next-step.ts';

const OFFER = { version: '2.1-1', origins: ['deb.debian.org/debian bookworm/main'], phased: false };
const AFFECTED: NextStepFacts = {
  ...{ scope: 'debian:12' },
  ...{ status: 'affected', source: 'curl', fixed: '2.0-1', rebootPending: false, restarts: [], idle: false, held: [] },
  ...{ offers: [], subscription: null, campaign: null },
};

test.each<[string, Partial<NextStepFacts>, string, string]>([
  ['fixed', { status: 'fixed' }, 'none', 'Nothing'],
  ['never affected', { status: 'not_affected', fixed: null }, 'none', 'Nothing'],
  ['of a third party', { status: 'not_judged' }, 'ask-publisher', 'third party'],
  ['under investigation', { status: 'under_investigation', fixed: null }, 'wait-for-vendor', 'Nobody says yet'],
  ['fixed on disk alone', { rebootPending: true, offers: [OFFER] }, 'reboot', 'reboot into it'],
  ['fixed on disk, and mapped', { restarts: ['a.service', 'b'] }, 'restart', 'restart a.service, b, or reboot.'],
  ['not fixed yet', { fixed: null }, 'wait-for-vendor', 'No fix is known from the feeds'],
  ['not fixed yet, and it does not run', { fixed: null, idle: true }, 'none', 'does not run'],
  ['never to be fixed', { status: 'wont_fix', fixed: null }, 'mitigate', 'will not fix'],
  ['out of support', { status: 'end_of_life', fixed: null }, 'mitigate', 'Nobody fixes it here any more'],
  ['put off', { status: 'deferred', fixed: null }, 'mitigate', 'puts the fix off'],
  ['on hold, though offered', { held: ['libcurl4'], offers: [OFFER] }, 'lift-hold', 'libcurl4 is held or pinned'],
  ['two on hold', { held: ['curl', 'libcurl4'] }, 'lift-hold', 'curl, libcurl4 are held or pinned'],
  ['in a campaign', { offers: [OFFER], campaign: 'curl on web' }, 'follow-campaign', '“curl on web”'],
  ['offered', { offers: [OFFER] }, 'install', 'Install curl 2.1-1 from deb.debian.org/debian bookworm/main.'],
  ['offered by an index that is not named', { offers: [{ ...OFFER, origins: [] }] }, 'install', 'Install curl 2.1-1.'],
  ['offered to others first', { offers: [{ ...OFFER, phased: true }] }, 'wait-for-phase', 'in phases'],
  [
    'fixed for subscribers alone',
    { subscription: 'Ubuntu Pro' },
    'subscribe',
    'curl 2.0-1 comes with Ubuntu Pro alone',
  ],
  ['offered to a subscriber', { subscription: 'Ubuntu Pro', offers: [OFFER] }, 'install', 'Install curl 2.1-1'],
  ['of a registry', { scope: 'npm' }, 'install', 'Update to curl 2.0-1 or newer where the application is built'],
  ['a product', { scope: 'product' }, 'install', 'Update to curl 2.0-1 or newer, as its vendor advises.'],
  ['of a distribution that nobody knows', { scope: 'plan9:4' }, 'add-origin', 'No configured origin'],
  ['offered by nobody', {}, 'add-origin', 'No configured origin offers curl 2.0-1'],
])('what is %s', (_, members, step, words) => {
  const told = nextStepOf({ ...AFFECTED, ...members });

  expect(told.step).toBe(step);
  expect(told.sentence).toContain(words);
});
