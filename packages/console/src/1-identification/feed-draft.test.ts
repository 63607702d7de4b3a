import { FeedRequest } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { EMPTY_FEED, feedProblem, feedRequest } from './feed-draft.ts';

const DRAFT = { ...EMPTY_FEED, feed: ' acme ', url: ' https://osv.example.org/all.zip ' };

describe('the draft of a feed', () => {
  it.each([
    ['nothing yet', EMPTY_FEED, 'name'],
    ['a name with a space', { ...DRAFT, feed: 'our feed' }, 'name'],
    ['no address', { ...DRAFT, url: '' }, 'address'],
    ['an address of a file', { ...DRAFT, url: 'file:///etc/passwd' }, 'address'],
    ['what is needed', DRAFT, null],
  ])('%s', (_, draft, problem) => {
    expect(feedProblem(draft)).toBe(problem);
  });

  it('becomes what the server takes', () => {
    const request = feedRequest(DRAFT);

    expect(request).toEqual({ feed: 'acme', form: 'osv', url: 'https://osv.example.org/all.zip' });
    expect(FeedRequest.safeParse(request).success).toBe(true);
    expect(feedRequest({ ...DRAFT, title: ' Acme ' })).toMatchObject({ title: 'Acme' });
  });

  it('pins the compared keys of a provider, and of nothing else', () => {
    const fingerprints = ['A'.repeat(40)];

    expect(feedRequest({ ...DRAFT, form: 'csaf' }, fingerprints)).toMatchObject({ fingerprints });
    expect(feedRequest({ ...DRAFT, form: 'csaf' }, [])).not.toHaveProperty('fingerprints');
    expect(feedRequest(DRAFT, fingerprints)).not.toHaveProperty('fingerprints');
  });
});
