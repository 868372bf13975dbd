import { FRAME_EVENT, RECEIPT_EVENT, WORKSPACE_EVENT } from '@inkwire/core';
import type { Connection } from '../connection/connection.js';
import type { LiveChannel } from '../connection/live-channel.js';
import type { FrameSource } from '../frame/pacer.js';
import type { TabId, TabMessage } from './tab-message.js';

export interface LeaderOptions {
  readonly id: TabId;
  readonly connection: Connection;
  /** Tells every tab, this one included. */
  readonly tell: (message: TabMessage) => void;
}

/** The tab that has the connection: it opens what any tab wants open, and passes on what comes (T1). */
export interface Leader {
  /** What a tab says, this one included. */
  receive(message: TabMessage): void;
  stop(): void;
}

/** One tab may want other events of a channel than the next one. */
const EVENTS = [FRAME_EVENT, RECEIPT_EVENT, WORKSPACE_EVENT];

interface SharedChannel {
  readonly live: LiveChannel;
  /** The tabs that have it open, each with what it sends. */
  readonly tabs: Map<TabId, FrameSource>;
}

export const createLeader = ({ id, connection, tell }: LeaderOptions): Leader => {
  const channels = new Map<string, SharedChannel>();
  const spacings = new Map<FrameSource, number>();

  const news = (channel: string, fresh: boolean): void => {
    const shared = channels.get(channel);
    if (!shared) return;
    const { state, subscribed, members } = shared.live;
    tell({
      type: 'news',
      from: id,
      channel,
      news: { state, subscribed, members: [...members] },
      fresh,
    });
  };

  const open = (channel: string): SharedChannel => {
    const live = connection.open(channel, EVENTS, {
      onChange: () => news(channel, false),
      onSubscribed: () => news(channel, true),
      onMemberRemoved: (member) => tell({ type: 'left', from: id, channel, member }),
      onEvent: (event, data, user) => tell({ type: 'event', from: id, channel, event, data, user }),
      onComplaint: () => tell({ type: 'complaint', from: id, channel }),
      onError: ({ code, message, status }) =>
        tell({ type: 'error', from: id, channel, code, message, status }),
    });
    const shared = { live, tabs: new Map() };
    channels.set(channel, shared);
    return shared;
  };

  /** Stands in the pacer for a tab: whether it still has something to send is its own business. */
  const sourceOf = (channel: string, tab: TabId, live: LiveChannel): FrameSource => {
    const source: FrameSource = {
      send: () => {
        tell({ type: 'go', from: id, to: tab, channel });
        return live.subscribed;
      },
      spacing: () => spacings.get(source) ?? 0,
    };
    return source;
  };

  const close = (channel: string, tab: TabId): void => {
    const shared = channels.get(channel);
    const source = shared?.tabs.get(tab);
    if (!shared || !source) return;
    shared.tabs.delete(tab);
    shared.live.forget(source);
    spacings.delete(source);
    if (shared.tabs.size > 0) return;
    channels.delete(channel);
    shared.live.close();
  };

  return {
    receive: (message) => {
      if (message.type === 'open') {
        const { channel, from } = message;
        const shared = channels.get(channel) ?? open(channel);
        if (!shared.tabs.has(from)) shared.tabs.set(from, sourceOf(channel, from, shared.live));
        news(channel, false);
      } else if (message.type === 'close') close(message.channel, message.from);
      else if (message.type === 'gone')
        for (const channel of [...channels.keys()]) close(channel, message.tab);
      else if (message.type === 'want') {
        const shared = channels.get(message.channel);
        const source = shared?.tabs.get(message.from);
        if (!shared || !source) return;
        spacings.set(source, message.spacing);
        shared.live.request(source, message.urgency);
      } else if (message.type === 'tell' && message.everyone)
        channels.get(message.channel)?.live.trigger(message.event, message.data);
    },
    stop: () => {
      connection.close();
      channels.clear();
    },
  };
};
