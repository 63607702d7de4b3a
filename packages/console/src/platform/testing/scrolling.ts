import type { CDPSession, Page } from 'playwright-core';
import { type Frame, sampleFrames, stopSampling } from './frames.ts';

/** Frames after the last row has come, so that what jumps then is seen too. */
const FRAMES_AFTER = 10;
/** The scroll bar of a window of 1280 × 900, and its thumb at the top of it. */
const BAR_X = 1272;
const THUMB_Y = 20;

/** What came of one way of scrolling. */
export interface Scrolling {
  readonly frames: readonly Frame[];
  readonly tookMs: number;
  /** From the end of the movement until every row in sight was there. */
  readonly filledAfterMs: number;
  /** Pages that were asked for. */
  readonly asked: number;
  /** Of those, how many were called off. */
  readonly calledOff: number;
}

/** Scrolls, waits until every row in sight is there, and tells what could be seen meanwhile. */
export async function scrolled(page: Page, act: () => Promise<void>): Promise<Scrolling> {
  const requests = { asked: 0, calledOff: 0 };
  const onRequest = (request: { url: () => string }): void => {
    if (isPage(request.url())) requests.asked += 1;
  };
  const onFailed = (request: { url: () => string }): void => {
    if (isPage(request.url())) requests.calledOff += 1;
  };
  page.on('request', onRequest);
  page.on('requestfailed', onFailed);
  await sampleFrames(page);
  const begun = performance.now();
  await act();
  const moved = performance.now();
  await filled(page);
  const ended = performance.now();
  await page.evaluate(async (count) => {
    for (let frame = 0; frame < count; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, FRAMES_AFTER);
  const frames = await stopSampling(page);
  page.off('request', onRequest);
  page.off('requestfailed', onFailed);
  return { frames, tookMs: ended - begun, filledAfterMs: ended - moved, ...requests };
}

function isPage(url: string): boolean {
  return new URL(url).searchParams.has('skip');
}

/** Every row in sight is there. */
export async function filled(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll('tbody.ps-gap')].every((body) => {
      const { top, bottom } = body.getBoundingClientRect();
      return bottom <= 0 || top >= window.innerHeight;
    }),
  );
}

/** A wheel, or two fingers, over the table. */
export async function roll(cdp: CDPSession, distancePx: number, pxPerSecond: number): Promise<void> {
  await cdp.send('Input.synthesizeScrollGesture', {
    x: 600,
    y: 500,
    yDistance: -distancePx,
    speed: pxPerSecond,
    gestureSourceType: 'mouse',
  });
}

export async function press(page: Page, key: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
}

/** Takes the scroll bar at the top of the page and drags it so many pixels down, `stepPx` at a time. */
export async function drag(page: Page, { toPx, stepPx }: { toPx: number; stepPx: number }): Promise<void> {
  await page.mouse.move(BAR_X, THUMB_Y);
  await page.mouse.down();
  for (let moved = stepPx; moved <= toPx; moved += stepPx) {
    await page.mouse.move(BAR_X, THUMB_Y + moved);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  await page.mouse.up();
}
