import type { Browser, CDPSession } from 'playwright-core';

/** A picture as the browser gives it: PNG in base64. */
type Picture = string;

/** What the screen itself showed while somebody did something: also what the compositor had not painted yet. */
export async function filmed(cdp: CDPSession, act: () => Promise<void>): Promise<readonly Picture[]> {
  const pictures: Picture[] = [];
  const onFrame = ({ data, sessionId }: { data: string; sessionId: number }): void => {
    pictures.push(data);
    // The next one comes when this one is acknowledged; a session that has ended meanwhile wants no more.
    cdp.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
  };
  cdp.on('Page.screencastFrame', onFrame);
  await cdp.send('Page.startScreencast', { format: 'png' });
  await act();
  await cdp.send('Page.stopScreencast');
  cdp.off('Page.screencastFrame', onFrame);
  return pictures;
}

/** Of each picture the height of the largest stripe of one color, between these columns and below this line. */
export async function blankStripesPx(
  browser: Browser,
  pictures: readonly Picture[],
  area: { readonly left: number; readonly right: number; readonly top: number },
): Promise<readonly number[]> {
  const page = await browser.newPage();
  try {
    const heights: number[] = [];
    for (const picture of pictures) {
      heights.push(
        await page.evaluate(
          async ({ data, left, right, top }) => {
            const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
            const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
            if (context === null) throw new Error('no canvas');
            context.drawImage(image, 0, 0);
            const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
            let largest = 0;
            let stripe = 0;
            let before: number | undefined;
            for (let y = top; y < image.height; y += 1) {
              const line = pixels.subarray(y * image.width + left, y * image.width + right);
              const one = line.every((color) => color === line[0]) ? line[0] : undefined;
              stripe = one !== undefined && one === before ? stripe + 1 : 0;
              before = one;
              largest = Math.max(largest, stripe);
            }
            return largest;
          },
          { data: picture, ...area },
        ),
      );
    }
    return heights;
  } finally {
    await page.close();
  }
}
