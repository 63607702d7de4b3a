import type { HealthProfileBody } from '@patchsteward/contract';
import type { Handlers } from '../../../../server/src/platform/http/bind.ts';
import { Refusal } from '../../../../server/src/platform/http/refusal.ts';
import { FAKE_ASSETS } from './fake-assets.ts';

const NOTHING: HealthProfileBody = {
  ...{ units: [], ports: [], urls: [], files: [], errorLinesMax: null },
  wanted: { units: [], ports: [], urls: [], files: [] },
  ...{ watchMs: 60_000, version: 0 },
};
const WEB: HealthProfileBody = {
  ...{ units: ['nginx.service', 'php8.2-fpm.service'], ports: [80, 443], files: [], errorLinesMax: 20, version: 2 },
  urls: ['http://127.0.0.1:8080/health'],
  wanted: { ...NOTHING.wanted, units: ['backup-agent.service'], files: ['/etc/nginx/nginx.conf'] },
  watchMs: 300_000,
};

/** One asset has a profile. */
export function fakeHealth(): Handlers<'health-profile.show' | 'health-profile.set'> {
  const profiles = new Map<string, HealthProfileBody>([[FAKE_ASSETS.affected, WEB]]);
  return {
    'health-profile.show': async ({ params }) => profiles.get(params.id) ?? NOTHING,
    'health-profile.set': async ({ params, body }) => {
      const { version } = profiles.get(params.id) ?? NOTHING;
      if (body.version !== version)
        throw new Refusal('conflict', `The health profile is not at version ${body.version} any more.`);
      const changed = { ...body, version: version + 1 };
      profiles.set(params.id, changed);
      return changed;
    },
  };
}
