import { HealthProfileRequest } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { healthDraftOf, healthRequest } from './health-draft.ts';

const NONE = { units: [], ports: [], urls: [], files: [] };
const PROFILE = {
  ...{ units: ['nginx.service'], ports: [443, 80], urls: ['http://127.0.0.1:8080/'], files: [], errorLinesMax: 5 },
  wanted: { ...NONE, files: ['/etc/nginx/nginx.conf'] },
  ...{ watchMs: 90_000, version: 3 },
};
const DRAFT = healthDraftOf(PROFILE);

describe('the form of a health profile', () => {
  it('gives back what it was filled with', () => {
    expect(healthRequest(DRAFT, 3)).toEqual(PROFILE);
    expect(HealthProfileRequest.safeParse(healthRequest(DRAFT, 3)).success).toBe(true);
  });

  it('leaves out empty lines, and what stands twice', () => {
    const required = { ...DRAFT.required, units: ' a.service \n\na.service\nb.socket\n', ports: ' 80\n80 ' };

    expect(healthRequest({ ...DRAFT, required, errors: ' ' }, 0)).toMatchObject({
      ...{ units: ['a.service', 'b.socket'], ports: [80], errorLinesMax: null, version: 0 },
    });
  });

  it.each([
    ['a port that is none', { required: { ...DRAFT.required, ports: '443, 80' } }, 'ports'],
    ['the port 0', { wanted: { ...DRAFT.wanted, ports: '0' } }, 'ports'],
    ['a port beyond all', { required: { ...DRAFT.required, ports: '65536' } }, 'ports'],
    ['too many errors', { errors: '10001' }, 'errors'],
    ['errors that are no number', { errors: 'few' }, 'errors'],
    ['no seconds', { watchSeconds: '' }, 'watch'],
    ['more than an hour', { watchSeconds: '3601' }, 'watch'],
    ['half a second', { watchSeconds: '0.5' }, 'watch'],
  ] as const)('refuses %s', (_, change, problem) => {
    expect(healthRequest({ ...DRAFT, ...change }, 0)).toBe(problem);
  });
});
