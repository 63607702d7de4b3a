import type { Page } from 'playwright-core';

/** One animation frame, as it is about to be painted. */
export interface Frame {
  readonly atMs: number;
  readonly scrolledPx: number;
  /** Height of the visible part of the table that neither a row with words nor the shape of one covers. */
  readonly blankPx: number;
  /** Height of the visible part that shows the shape of rows that are on their way. */
  readonly awaitedPx: number;
  readonly elements: number;
  /** How far rows in sight moved although nobody scrolled, as a share of the window. // Layout Instability */
  readonly shift: number;
}

interface Sampler {
  readonly frames: Frame[];
  shift: number;
  running: boolean;
}

/** What of a window holds the sampler; the page itself knows no such field. */
interface Sampled {
  patchstewardFrames: Sampler;
}

/** From now on every animation frame looks at what is visible of the table. */
export async function sampleFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sampler: Sampler = { frames: [], shift: 0, running: true };
    (window as unknown as Sampled).patchstewardFrames = sampler; // See `Sampled`.
    const observer = new PerformanceObserver((list) => {
      // Its type knows no entry of this kind yet.
      for (const entry of list.getEntries()) sampler.shift += (entry as PerformanceEntry & { value: number }).value;
    });
    observer.observe({ type: 'layout-shift' });

    const kindOf = (body: HTMLElement): 'row' | 'awaited' | 'blank' => {
      if (body.classList.contains('ps-gap')) {
        const behind = document.querySelector('.ps-rows-behind');
        const shapes = [body.querySelector('td'), behind].filter((shape) => shape !== null);
        return shapes.some((shape) => getComputedStyle(shape).backgroundImage !== 'none') ? 'awaited' : 'blank';
      }
      return body.querySelector('[data-row-main]')?.textContent?.trim() ? 'row' : 'blank';
    };
    const look = (atMs: number): void => {
      if (!sampler.running) {
        observer.disconnect();
        return;
      }
      requestAnimationFrame(look);
      const table = document.querySelector('table.ps-table');
      if (table === null) return;
      const head = table.querySelector('th')?.getBoundingClientRect().bottom ?? 0;
      const bottom = Math.min(window.innerHeight, table.getBoundingClientRect().bottom);
      const covered = { row: 0, awaited: 0, blank: 0 };
      for (const body of table.querySelectorAll('tbody')) {
        const box = body.getBoundingClientRect();
        const height = Math.min(box.bottom, bottom) - Math.max(box.top, head);
        if (height > 0) covered[kindOf(body)] += height;
      }
      sampler.frames.push({
        atMs,
        scrolledPx: window.scrollY,
        blankPx: Math.max(0, bottom - head - covered.row - covered.awaited),
        awaitedPx: covered.awaited,
        elements: document.getElementsByTagName('*').length,
        shift: sampler.shift,
      });
      sampler.shift = 0;
    };
    requestAnimationFrame(look);
  });
}

export function stopSampling(page: Page): Promise<readonly Frame[]> {
  return page.evaluate(() => {
    const { patchstewardFrames: sampler } = window as unknown as Sampled; // See `Sampled`.
    sampler.running = false;
    return sampler.frames;
  });
}
