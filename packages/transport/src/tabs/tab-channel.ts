import type { ConnectionState, LiveChannel, LiveChannelListener } from '../connection/live-channel.js';
import type { Member } from '../connection/pusher-client.js';
import type { FrameSource, Pacer } from '../frame/pacer.js';
import { TransportError } from '../transport-error.js';
import type { TabId, TabMessage } from './tab-message.js';

export interface TabChannelOptions {
  readonly id: TabId;
  readonly name: string;
  readonly events: readonly string[];
  readonly listener: LiveChannelListener;
  /** Tells every other tab, and the leader even if it is in this one. */
  readonly tell: (message: TabMessage) => void;
  /** Spaces what only tabs of this browser hear, and what therefore costs nothing. */
  readonly pacer: Pacer;
  readonly onClose: () => void;
}

/** A channel as a tab has it that may not hold the connection itself. */
export interface TabChannel {
  readonly live: LiveChannel;
  receive(message: TabMessage): void;
  /** There is a new leader, who has to be told what is open here. */
  announce(): void;
}

export const createTabChannel = (options: TabChannelOptions): TabChannel => {
  const { id, name, events, listener, tell, pacer, onClose } = options;
  const members = new Map<string, Member['info']>();
  const tabs = new Set<TabId>();
  const wanting = new Set<FrameSource>();
  let state: ConnectionState = 'connecting';
  let subscribed = false;

  const open = (answer: boolean): void => tell({ type: 'open', from: id, channel: name, events, answer });

  /** A slot of the connection's pacer: for whoever has waited longest here. */
  const go = (): void => {
    const [source] = wanting;
    if (!source) return;
    wanting.delete(source);
    source.send();
    const [next] = wanting;
    if (next) request(next, 'commit');
  };

  const request: LiveChannel['request'] = (source, urgency) => {
    if (source.outward?.() === false) {
      pacer.request(source, urgency);
      return;
    }
    wanting.add(source);
    tell({ type: 'want', from: id, channel: name, urgency, spacing: source.spacing() });
  };

  const leave = (tab: TabId): void => {
    if (tabs.delete(tab)) listener.onChange();
  };

  const receive = (message: TabMessage): void => {
    switch (message.type) {
      case 'open':
        if (message.from === id || tabs.has(message.from)) return;
        if (!message.events.some((event) => events.includes(event))) return;
        tabs.add(message.from);
        if (!message.answer) open(true);
        listener.onChange();
        return;
      case 'close':
        leave(message.from);
        return;
      case 'gone':
        leave(message.tab);
        return;
      case 'go':
        if (message.to === id) go();
        return;
      case 'tell':
        if (message.from !== id) listener.onTabEvent?.(message.event, message.data);
        return;
      case 'event':
        if (events.includes(message.event)) listener.onEvent(message.event, message.data, message.user);
        return;
      case 'news': {
        const isFresh = message.news.subscribed && (message.fresh || !subscribed);
        ({ state, subscribed } = message.news);
        members.clear();
        for (const [member, info] of message.news.members) members.set(member, info);
        if (isFresh) listener.onSubscribed();
        listener.onChange();
        return;
      }
      case 'left':
        listener.onMemberRemoved(message.member);
        return;
      case 'complaint':
        listener.onComplaint();
        return;
      case 'error':
        listener.onError(new TransportError(message.code, message.message, { status: message.status }));
        return;
      default:
    }
  };

  return {
    live: {
      get state() {
        return state;
      },
      get subscribed() {
        return subscribed;
      },
      members,
      get tabs() {
        return tabs.size;
      },
      request,
      forget: (source) => {
        wanting.delete(source);
        pacer.forget(source);
      },
      trigger: (event, data) => {
        if (!subscribed) return false;
        tell({ type: 'tell', from: id, channel: name, event, data, everyone: true });
        return true;
      },
      tellTabs: (event, data) => {
        if (tabs.size === 0) return false;
        tell({ type: 'tell', from: id, channel: name, event, data, everyone: false });
        return true;
      },
      close: () => {
        onClose();
        subscribed = false;
        tell({ type: 'close', from: id, channel: name });
      },
    },
    receive,
    announce: () => {
      state = 'connecting';
      subscribed = false;
      members.clear();
      wanting.clear();
      open(false);
      listener.onChange();
    },
  };
};
