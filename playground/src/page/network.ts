import { type Page, thisPage } from '@inkwire/transport';

/** A network of one person that can be taken away, while everybody else on the page keeps theirs. */
export interface Network {
  /** Cuts what is open and refuses what is new, until it is called again with true. */
  setOnline(online: boolean): void;
  /** The `fetch` of this network. */
  readonly fetch: typeof fetch;
  /** Path under which this network's sockets are opened, so that they can be told apart. */
  readonly socketPath: string;
  /** What the browser says of this page, and of this network as if it were the browser's. */
  readonly page: Page;
  /** Calls `listener` when the network came or went; returns the way to stop. */
  subscribe(listener: (online: boolean) => void): () => void;
}

const networks = new Map<string, { online: boolean; sockets: Set<WebSocket> }>();

/** Fetch and WebSocket refuse this port in every browser ("discard"), so not one packet leaves. */
const nowhere = 'ws://127.0.0.1:9/';

let listening = false;

/** The network of `name`; a name has one network per page. */
export function createNetwork(name: string): Network {
  if (!listening) {
    listening = true;
    globalThis.WebSocket = socketsOf(globalThis.WebSocket);
  }
  const socketPath = `/network/${encodeURIComponent(name)}`;
  const state = { online: true, sockets: new Set<WebSocket>() };
  let outage = new AbortController();
  const listeners = new Set<(online: boolean) => void>();
  networks.set(socketPath, state);

  const subscribe = (listener: (online: boolean) => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };

  return {
    socketPath,
    setOnline(online) {
      if (online === state.online) return;
      state.online = online;
      if (online) outage = new AbortController();
      else {
        for (const socket of state.sockets) socket.close();
        outage.abort(unreachable());
      }
      for (const listener of listeners) listener(online);
    },
    fetch: (input, init) => {
      const signals = [outage.signal, ...(init?.signal ? [init.signal] : [])];
      return globalThis.fetch(input, { ...init, signal: AbortSignal.any(signals) });
    },
    page: {
      on(event, listener) {
        const stopPage = thisPage.on(event, listener);
        const stopNetwork = subscribe((online) => event === (online ? 'online' : 'offline') && listener());
        return () => {
          stopPage();
          stopNetwork();
        };
      },
    },
    subscribe,
  };
}

/** What a browser's `fetch` says when there is no network. */
function unreachable(): TypeError {
  return new TypeError('Failed to fetch');
}

/** A WebSocket that belongs to the network whose path its address begins with. The server never sees that path. */
function socketsOf(Native: typeof WebSocket): typeof WebSocket {
  return class extends Native {
    constructor(address: string | URL, protocols?: string | string[]) {
      const url = new URL(address, location.href);
      const found = [...networks].find(([path]) => url.pathname.startsWith(`${path}/`));
      if (!found) {
        super(address, protocols);
        return;
      }
      const [path, network] = found;
      url.pathname = url.pathname.slice(path.length);
      super(network.online ? url : nowhere, protocols);
      network.sockets.add(this);
      this.addEventListener('close', () => network.sockets.delete(this));
    }
  };
}
