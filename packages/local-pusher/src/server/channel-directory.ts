import { type ChannelKind, channelKind } from '../protocol/channel-name.js';
import { encodeMessage } from '../protocol/message.js';
import type { WebhookEvent } from '../protocol/webhook-event.js';
import type { Connection } from './connection.js';
import type { Deliver, Delivery } from './delivery.js';
import type { EventCache } from './event-cache.js';

/** A user on a presence channel, over however many connections. */
export interface Member {
  userId: string;
  userInfo: unknown;
}

/** A channel somebody is subscribed to. It exists from the first subscription to the last. */
export interface Channel {
  readonly name: string;
  readonly kind: ChannelKind;
  /** Each connection, and on presence channels who it belongs to. */
  readonly subscribers: Map<Connection, Member | undefined>;
  /** Members by user id, with their number of connections. */
  readonly members: Map<string, Member & { connections: number }>;
}

/** The channels of one app: who is subscribed to what, and what they are sent. */
export interface ChannelDirectory {
  get(name: string): Channel | undefined;
  /** Channels with at least one subscriber. */
  occupied(): Iterable<Channel>;
  /** Subscribes `connection`, answers it, and tells the other members of a presence channel. */
  join(connection: Connection, name: string, member?: Member): Channel;
  leave(connection: Connection, name: string): void;
  /** Sends a message to all subscribers of its channel but one. */
  broadcast(delivery: Delivery, except?: Connection): void;
}

export interface ChannelDirectoryOptions {
  cache: EventCache;
  deliver: Deliver;
  announce: (event: WebhookEvent) => void;
  /** Called after the number of connections on a channel changed. */
  countChanged: (channel: Channel) => void;
}

export function createChannelDirectory(options: ChannelDirectoryOptions): ChannelDirectory {
  const { cache, deliver, announce, countChanged } = options;
  const channels = new Map<string, Channel>();
  /** Occupied channels whose webhook `cache_miss` was sent: one does for all who find the cache empty. */
  const missed = new Set<string>();

  function join(connection: Connection, name: string, member?: Member): Channel {
    const channel = channels.get(name) ?? open(name);
    channel.subscribers.set(connection, member);
    connection.joined.add(name);
    const isNew = member !== undefined && addMember(channel, member);
    deliver([connection], subscriptionSucceeded(channel));
    if (channel.subscribers.size === 1) announce({ name: 'channel_occupied', channel: name });
    if (member !== undefined && isNew) {
      announce({ name: 'member_added', channel: name, user_id: member.userId });
      tellMembers(channel, 'member_added', memberData(member), connection);
    }
    if (channel.kind.cache) sendCached(channel, connection);
    countChanged(channel);
    return channel;
  }

  /** What a new subscriber of a cache channel gets first. */
  function sendCached(channel: Channel, connection: Connection): void {
    const { name } = channel;
    const cached = cache.get(name);
    const { event, data } = cached ?? { event: 'pusher:cache_miss', data: undefined };
    const frame = encodeMessage({ event, channel: name, ...(data !== undefined && { data }) });
    deliver([connection], { channel: name, event, frame });
    if (cached !== undefined) missed.delete(name);
    else if (!missed.has(name)) {
      missed.add(name);
      announce({ name: 'cache_miss', channel: name });
    }
  }

  function leave(connection: Connection, name: string): void {
    const channel = channels.get(name);
    if (channel === undefined || !channel.subscribers.has(connection)) return;
    const member = channel.subscribers.get(connection);
    channel.subscribers.delete(connection);
    connection.joined.delete(name);
    if (channel.subscribers.size === 0) {
      channels.delete(name);
      missed.delete(name);
    }
    if (member !== undefined && removeMember(channel, member)) {
      announce({ name: 'member_removed', channel: name, user_id: member.userId });
      tellMembers(channel, 'member_removed', JSON.stringify({ user_id: member.userId }));
    }
    if (channel.subscribers.size === 0) announce({ name: 'channel_vacated', channel: name });
    else countChanged(channel);
  }

  function open(name: string): Channel {
    const channel: Channel = { name, kind: channelKind(name), subscribers: new Map(), members: new Map() };
    channels.set(name, channel);
    return channel;
  }

  function tellMembers(channel: Channel, event: string, data: string, except?: Connection): void {
    const internal = `pusher_internal:${event}`;
    const frame = encodeMessage({ event: internal, channel: channel.name, data });
    deliver(channel.subscribers.keys(), { channel: channel.name, event: internal, frame }, except);
  }

  return {
    get: (name) => channels.get(name),
    occupied: () => channels.values(),
    join,
    leave,
    broadcast(delivery, except) {
      const channel = channels.get(delivery.channel);
      if (channel !== undefined) deliver(channel.subscribers.keys(), delivery, except);
    },
  };
}

function addMember(channel: Channel, member: Member): boolean {
  const known = channel.members.get(member.userId);
  if (known === undefined) channel.members.set(member.userId, { ...member, connections: 1 });
  else known.connections += 1;
  return known === undefined;
}

function removeMember(channel: Channel, member: Member): boolean {
  const known = channel.members.get(member.userId);
  if (known === undefined) return false;
  known.connections -= 1;
  return known.connections === 0 && channel.members.delete(member.userId);
}

function subscriptionSucceeded(channel: Channel): Delivery {
  const event = 'pusher_internal:subscription_succeeded';
  const data = channel.kind.presence ? JSON.stringify({ presence: presenceData(channel) }) : '{}';
  return { channel: channel.name, event, frame: encodeMessage({ event, channel: channel.name, data }) };
}

function presenceData(channel: Channel) {
  const members = [...channel.members.values()];
  return {
    count: members.length,
    ids: members.map((member) => member.userId),
    // Built from entries, so that a user called "__proto__" is a member like any other.
    hash: Object.fromEntries(members.map((member) => [member.userId, member.userInfo ?? null])),
  };
}

function memberData(member: Member): string {
  return JSON.stringify({ user_id: member.userId, user_info: member.userInfo });
}
