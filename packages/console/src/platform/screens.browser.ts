import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations, describeInBrowser, keepScreenshot, overflowing, type Visit, visit } from './testing/browser.ts';
import { FAKE_ASSETS } from './testing/fake-assets.ts';
import { type FakeHouse, openFakeHouse } from './testing/house.ts';

const ASSET = `/assets/${FAKE_ASSETS.affected}`;
/** Every screen in the states that look different from each other, and words that show it has arrived. */
const SCREENS = [
  ['assets', '/assets', 'web-1.example.org'],
  ['assets-nothing-found', '/assets?search=nonsense', 'Nothing matches'],
  ['asset-findings', ASSET, '143 vulnerabilities in 41 source packages'],
  ['asset-finding-open', `${ASSET}?item=CVE-2025-10000@openssl@1.0.0-3%2Bdeb12u1`, 'Why this lane'],
  ['asset-updates', `${ASSET}?tab=updates&item=package-001:amd64`, 'told the package manager'],
  ['asset-packages', `${ASSET}?tab=packages`, 'package-000'],
  ['asset-system', `${ASSET}?tab=system`, '6.1.0-41-amd64'],
  ['asset-facts-form', `${ASSET}?edit=facts`, 'Unknown counts as public'],
  ['asset-not-judged', `/assets/${FAKE_ASSETS.notJudged}`, 'This is not the same as no findings'],
  ['asset-no-findings', `/assets/${FAKE_ASSETS.clean}`, 'No findings.'],
  ['asset-no-report', `/assets/${FAKE_ASSETS.silent}`, 'has not reported yet'],
  ['asset-gone', '/assets/01890000-0000-7000-8000-00000000dead', 'There is no asset'],
  ['feeds', '/feeds', 'Never imported'],
  ['enrollment', '/enrollment', 'web-2'],
  ['nowhere', '/nowhere', 'There is nothing at this address'],
] as const;
const DOORS = [
  ['sign-in', '/sign-in', 'nobody', 'Password'],
  ['sign-in-before-first-run', '/sign-in', 'first-run', 'Nobody has an account here yet'],
  ['first-run', '/first-run#a-secret', 'first-run', 'At least 15 characters'],
  ['first-run-without-secret', '/first-run', 'first-run', 'needs the link'],
] as const;

describeInBrowser('every screen', () => {
  let house: FakeHouse;
  beforeAll(async () => {
    house = await openFakeHouse();
  });
  afterAll(() => house.close());

  describe.each(['desk', 'phone'] as const)('at a %s', (size) => {
    let visited: Visit;
    beforeAll(async () => {
      visited = await visit(house.browser, { origin: house.server.origin, size });
    });
    afterAll(() => visited.context.close());

    async function look(name: string, address: string, words: string): Promise<void> {
      const { page, complaints } = visited;
      // Only the part behind the # sign may differ from the screen before, and that alone loads nothing.
      await page.goto('about:blank');
      await page.goto(address);
      await page.getByText(words).first().waitFor();
      const keep = (theme: string): Promise<void> => keepScreenshot(page, `${name}-${size}-${theme}`);
      expect(await axeViolations(page, keep)).toEqual([]);
      expect(await overflowing(page)).toEqual([]);
      expect(complaints).toEqual([]);
    }

    it.each(SCREENS)('%s', async (name, address, words) => {
      house.server.visitor = 'ada';
      await look(name, address, words);
    });

    it.each(DOORS)('%s', async (name, address, visitor, words) => {
      house.server.visitor = visitor;
      await look(name, address, words);
    });
  });
});
