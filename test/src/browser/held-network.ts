import type { BrowserContext, Page } from 'playwright-core';

declare global {
  interface Window {
    /** What comes from the network waits while it is held. */
    heldNetwork: { held: boolean; waiting: (() => void)[] };
  }
}

/**
 * Lets the network of every page that `context` opens from now on be slow on demand: everything that the page sends goes
 * out, and what comes to it, messages of sockets and answers to requests, waits in order until it is let in.
 */
export async function makeNetworkHoldable(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const network: Window['heldNetwork'] = { held: false, waiting: [] };
    window.heldNetwork = network;
    const { fetch, WebSocket: Native } = window;
    window.fetch = async (...request) => {
      const response = await fetch(...request);
      if (network.held) await new Promise<void>((resolve) => network.waiting.push(resolve));
      return response;
    };
    const late = new WeakSet<Event>();
    window.WebSocket = class extends Native {
      constructor(...address: ConstructorParameters<typeof Native>) {
        super(...address);
        this.addEventListener('message', (event) => {
          if (!network.held || late.has(event)) return;
          event.stopImmediatePropagation();
          const again = new MessageEvent('message', { data: event.data });
          late.add(again);
          network.waiting.push(() => this.dispatchEvent(again));
        });
      }
    };
  });
}

/** From now on nothing comes to the page. */
export const holdNetwork = (page: Page): Promise<void> =>
  page.evaluate(() => {
    window.heldNetwork.held = true;
  });

/** Lets in what waited, and what comes. */
export const releaseNetwork = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { heldNetwork } = window;
    heldNetwork.held = false;
    for (const arrive of heldNetwork.waiting.splice(0)) arrive();
  });
