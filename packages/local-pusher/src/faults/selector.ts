/** Which connections a fault is for; every field that is given must fit. Default: all. */
export interface ConnectionSelector {
  socketId?: string;
  /** Someone who signed in, or is a member of a presence channel, under this user id. */
  userId?: string;
  /** Who is subscribed to this channel. */
  channel?: string;
  appId?: string;
}

/** A connection as faults see it. */
export interface FaultyConnection {
  readonly socketId: string;
  readonly appId: string;
  readonly userIds: ReadonlySet<string>;
  readonly joined: ReadonlySet<string>;
  /** Ends the connection: with a closing handshake, or without a word. */
  cut(close?: { code: number; reason: string }): void;
  /** Half-open: nothing passes in either direction, though neither side is told. */
  freeze(): void;
  thaw(): void;
}

export function selects(selector: ConnectionSelector, connection: FaultyConnection): boolean {
  const { socketId, userId, channel, appId } = selector;
  return (
    (socketId === undefined || socketId === connection.socketId) &&
    (userId === undefined || connection.userIds.has(userId)) &&
    (channel === undefined || connection.joined.has(channel)) &&
    (appId === undefined || appId === connection.appId)
  );
}
