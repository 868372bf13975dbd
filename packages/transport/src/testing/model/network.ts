import type { EagerClock } from './eager-clock.js';

/** What of the network works between one computer and the rest. */
export interface Reach {
  offline: boolean;
  /** Pusher can be reached, the server cannot. */
  mute: boolean;
  /** The server can be reached, yet nobody is let into a channel at Pusher. */
  deaf: boolean;
  /** So many of the next answers get lost. */
  lostAnswers: number;
}

/** The server as one board knows it. */
export interface BoardServer {
  /** `dying`: it commits what comes next, and that is the last it does. */
  state: 'up' | 'dying' | 'down';
  /** Appends that it has carried out. */
  appends: number;
}

export interface NetworkOptions {
  readonly reach: Reach;
  readonly server: BoardServer;
  readonly clock: EagerClock;
  /** A page that is gone hears nothing. */
  readonly isGone: () => boolean;
  /** Told of every request, before it leaves. */
  readonly onRequest: () => void;
}

/** A page's way to the server. Time stands still while a request is on its way, so none is ever late. */
export const createNetwork = ({ reach, server, clock, isGone, onRequest }: NetworkOptions): typeof fetch => {
  const isBroken = (url: string): boolean =>
    reach.offline || reach.mute || server.state === 'down' || (reach.deaf && url.endsWith('/pusher/auth'));

  /** Whether the answer to a request that the server has carried out gets lost. */
  const isLost = (url: string, writes: boolean): boolean => {
    if (isBroken(url)) return true;
    if (server.state === 'dying' && url.endsWith('/entries') && writes) {
      server.state = 'down';
      return true;
    }
    if (!writes || reach.lostAnswers === 0) return false;
    reach.lostAnswers -= 1;
    return true;
  };

  return async (input, init) => {
    const url = String(input);
    onRequest();
    if (isGone()) return new Promise(() => {});
    if (isBroken(url)) throw new TypeError('The network is gone.');
    const writes = init?.method === 'POST';
    const arrived = clock.begin();
    let answer: Response;
    try {
      const response = await fetch(input, init);
      const body = await response.arrayBuffer();
      answer = new Response(body, { status: response.status, headers: response.headers });
    } finally {
      if (writes && url.endsWith('/entries')) server.appends += 1;
      arrived();
    }
    if (isGone()) return new Promise(() => {});
    if (isLost(url, writes)) throw new TypeError('The answer got lost.');
    return answer;
  };
};
