import type { Clock } from '../clock.js';
import type { Connection } from '../connection/connection.js';
import type { ConnectionState } from '../connection/live-channel.js';
import { createPacer } from '../frame/pacer.js';
import { createListeners } from '../listeners.js';
import type { Page } from '../page.js';
import { TransportError } from '../transport-error.js';
import type { BrowserScope } from './browser-scope.js';
import { createElection } from './election.js';
import { createLeader, type Leader } from './leader.js';
import { createLeaderWatch } from './leader-watch.js';
import { createTabChannel, type TabChannel } from './tab-channel.js';
import { TAB_PROTOCOL, type TabId, type TabMessage } from './tab-message.js';

export interface TabConnectionOptions {
  readonly scope: BrowserScope;
  /** Tabs with the same name share one connection: it names the Pusher app and the person. */
  readonly name: string;
  /** Unlike that of any other tab. */
  readonly id: TabId;
  readonly clock: Clock;
  readonly page: Page;
  /** Makes the connection, where this tab leads. */
  readonly connect: (page: Page) => Connection;
}

/** Only tabs of this browser hear it, and nobody counts it: as often as a screen can show it. */
const TAB_SPACING_MS = 16;
const TAB_LIMIT = 60;

/**
 * A connection goes on for this long after another tab has taken the lead, so that nobody sees this person leave while
 * that one connects.
 */
const HANDOVER_MS = 1_000;

/** One connection for all tabs of a browser (T1): this tab's own while it leads, another tab's otherwise. */
export const createTabConnection = (options: TabConnectionOptions): Connection => {
  const { scope, id, clock, page } = options;
  const name = `inkwire ${TAB_PROTOCOL} ${options.name}`;
  const lockOf = (tab: TabId): string => `${name} tab ${tab}`;
  const channels = new Map<string, TabChannel>();
  const nudges = createListeners<{ visible: null }>();
  /** The leader waits for the locks that other tabs hold while they live. */
  const deathWatches = new Map<TabId, () => void>();
  const pacer = createPacer({ clock, limit: TAB_LIMIT, spacingMs: TAB_SPACING_MS });
  let leader: { readonly tab: TabId; readonly term: number } = { tab: '', term: 0 };
  let leading: Leader | null = null;
  let endRetired = (): void => {};
  let closed = false;

  const line = scope.open(name, (message) => receive(message as TabMessage));

  /** Tells every tab, this one included where it leads. */
  const tell = (message: TabMessage): void => {
    if (closed) return;
    line.post(message);
    if (leading) receive(message);
  };

  const lead = (): void => {
    leader = { tab: id, term: Math.max(clock.now(), leader.term + 1) };
    watch.stop();
    // A page that is looked at again wants its connection at once, whichever page holds it.
    const anyPage: Page = {
      on: (event, listener) => {
        const stops = [page.on(event, listener)];
        if (event === 'visible') stops.push(nudges.on('visible', listener));
        return () => stops.forEach((stop) => void stop());
      },
    };
    const made = createLeader({
      id,
      connection: options.connect(anyPage),
      tell: (message) => {
        if (leading === made) tell(message);
      },
    });
    leading = made;
    sayLeading();
    for (const channel of channels.values()) channel.announce();
  };

  const sayLeading = (): void =>
    line.post({ type: 'lead', from: id, term: leader.term, hidden: scope.isHidden() } satisfies TabMessage);

  const stopLeading = (): void => {
    const retired = leading;
    leading = null;
    for (const stop of deathWatches.values()) stop();
    deathWatches.clear();
    nudges.clear();
    if (!retired) return;
    const cancel = clock.after(HANDOVER_MS, () => endRetired());
    endRetired = () => {
      endRetired = () => {};
      cancel();
      retired.stop();
    };
  };

  const watch = createLeaderWatch({
    clock,
    ping: () => line.post({ type: 'ping', from: id } satisfies TabMessage),
    onSilent: () => election.depose(),
  });

  const follow = (tab: TabId, term: number, hidden: boolean): void => {
    // One that leads anew knows as little of what is open here as another one.
    const isNew = tab !== leader.tab || term !== leader.term;
    leader = { tab, term };
    if (leading) stopLeading();
    watch.heard();
    if (hidden && !scope.isHidden()) election.depose();
    if (!isNew) return;
    if (scope.acrossTabs) watch.start();
    for (const channel of channels.values()) channel.announce();
  };

  const watchOver = (tab: TabId): void => {
    if (tab === id || deathWatches.has(tab)) return;
    const stop = scope.locks.hold(lockOf(tab), {
      onHeld: () => {
        forget(tab);
        tell({ type: 'gone', from: id, tab });
      },
    });
    deathWatches.set(tab, stop);
  };

  const forget = (tab: TabId): void => {
    deathWatches.get(tab)?.();
    deathWatches.delete(tab);
  };

  const isLeaders = (message: TabMessage): boolean =>
    ['go', 'event', 'news', 'left', 'complaint', 'error'].includes(message.type);

  const receive = (message: TabMessage): void => {
    if (closed) return;
    if (message.type === 'lead') {
      const isGreater = message.term > leader.term || message.from === leader.tab;
      if (isGreater) follow(message.from, message.term, message.hidden);
      return;
    }
    // A leader that was deposed while it slept still says what it knew.
    if (isLeaders(message) && message.from !== leader.tab) return;
    if (message.from === leader.tab) watch.heard();
    if (leading) {
      if (message.type === 'hello' || message.type === 'ping') sayLeading();
      if (message.type === 'nudge') nudges.emit('visible', null);
      if (message.type === 'open') watchOver(message.from);
      if (message.type === 'gone') forget(message.tab);
      leading.receive(message);
    }
    if (message.type === 'gone') {
      // Who was asked for its lock before it had it is taken for dead.
      const isMe = message.tab === id;
      for (const channel of [...channels.values()]) isMe ? channel.announce() : channel.receive(message);
    } else if ('channel' in message) channels.get(message.channel)?.receive(message);
  };

  const letGo = scope.locks.hold(lockOf(id));
  const election = createElection({
    locks: scope.locks,
    name: `${name} leader`,
    clock,
    isLeading: () => leading !== null,
    onLead: lead,
    onDeposed: () => {
      // The new leader may have said so before the lock did.
      if (!leading) return;
      stopLeading();
      leader = { tab: '', term: leader.term };
      if (scope.acrossTabs) watch.start();
      for (const channel of channels.values()) channel.announce();
      line.post({ type: 'hello', from: id } satisfies TabMessage);
    },
  });
  line.post({ type: 'hello', from: id } satisfies TabMessage);
  if (scope.acrossTabs) watch.start();
  const stopNudging = page.on('visible', () => line.post({ type: 'nudge', from: id } satisfies TabMessage));

  return {
    get state(): ConnectionState {
      for (const { live } of channels.values()) return live.state;
      return 'connecting';
    },
    open: (channel, events, listener) => {
      if (channels.has(channel)) throw new TransportError('channel', `Channel ${channel} is open already.`);
      const made = createTabChannel({
        id,
        name: channel,
        events,
        listener,
        tell,
        pacer,
        onClose: () => channels.delete(channel),
      });
      channels.set(channel, made);
      // The caller has its handle before it hears anything.
      queueMicrotask(() => {
        if (channels.get(channel) === made) made.announce();
      });
      return made.live;
    },
    close: () => {
      if (closed) return;
      line.post({ type: 'gone', from: id, tab: id } satisfies TabMessage);
      closed = true;
      watch.stop();
      pacer.stop();
      stopNudging();
      stopLeading();
      endRetired();
      election.stop();
      letGo();
      channels.clear();
      line.close();
    },
  };
};
