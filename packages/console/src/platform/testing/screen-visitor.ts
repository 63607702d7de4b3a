import { expect } from 'vitest';
import { axeViolations, keepScreenshot, overflowing, type Visit, visit, WIDTHS } from './browser.ts';
import { type FakeHouse, openFakeHouse } from './house.ts';

/** Somebody who goes from screen to screen of a house with invented data. */
export class ScreenVisitor {
  readonly house: FakeHouse;
  readonly #visit: Visit;

  private constructor(house: FakeHouse, visited: Visit) {
    this.house = house;
    this.#visit = visited;
  }

  static async open(): Promise<ScreenVisitor> {
    const house = await openFakeHouse();
    house.server.visitor = 'ada';
    return new ScreenVisitor(house, await visit(house.browser, { origin: house.server.origin }));
  }

  /** Loaded once, and looked at in both sizes and both themes. */
  async look(name: string, address: string, words: string): Promise<void> {
    const { page, complaints } = this.#visit;
    await page.setViewportSize(WIDTHS.desk);
    // Only the part behind the # sign may differ from the screen before, and that alone loads nothing.
    await page.goto('about:blank');
    await page.goto(address);
    for (const size of ['desk', 'phone'] as const) {
      await page.setViewportSize(WIDTHS[size]);
      await page.getByText(words).first().waitFor();
      const keep = (theme: string): Promise<void> => keepScreenshot(page, `${name}-${size}-${theme}`);
      expect(await axeViolations(page, keep), size).toEqual([]);
      expect(await overflowing(page), size).toEqual([]);
    }
    expect(complaints).toEqual([]);
  }

  async close(): Promise<void> {
    await this.#visit.context.close();
    await this.house.close();
  }
}
