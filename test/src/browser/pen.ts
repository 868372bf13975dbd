import { setTimeout as delay } from 'node:timers/promises';
import type { TimedStroke } from '@inkwire/playground/handwriting';
import type { Page } from 'playwright-core';

/**
 * Draws on the page's board with a pen of the browser: its events go through hit testing, pointer capture and
 * coalescing like those of a real one, with pressure, in the time of the strokes. `origin` is where the ink's
 * (0, 0) is, from the board's top left corner.
 */
export async function drawWithPen(
  page: Page,
  strokes: readonly TimedStroke[],
  origin: { readonly x: number; readonly y: number } = { x: 0, y: 0 },
): Promise<void> {
  // It ends with the page. Detached earlier, it would take an emulated loss of the network with it.
  const session = await page.context().newCDPSession(page);
  const box = (await page.locator('.inkwire-board').boundingBox())!;
  const send = (
    type: 'mousePressed' | 'mouseMoved' | 'mouseReleased',
    [x, y, pressure]: TimedStroke[number],
  ) =>
    session.send('Input.dispatchMouseEvent', {
      type,
      x: box.x + origin.x + x,
      y: box.y + origin.y + y,
      pointerType: 'pen',
      force: type === 'mouseReleased' ? 0 : pressure,
      button: 'left',
      buttons: type === 'mouseReleased' ? 0 : 1,
      ...(type === 'mouseMoved' ? {} : { clickCount: 1 }),
    });

  const start = performance.now() - (strokes[0]?.[0]?.[3] ?? 0);
  for (const stroke of strokes) {
    const sent: Promise<unknown>[] = [];
    for (const [index, sample] of stroke.entries()) {
      const ahead = start + sample[3] - performance.now();
      // Timers are no finer than a millisecond; what is due together is sent together.
      if (ahead > 1) await delay(ahead);
      sent.push(send(index === 0 ? 'mousePressed' : 'mouseMoved', sample));
    }
    sent.push(send('mouseReleased', stroke.at(-1)!));
    await Promise.all(sent);
  }
}
