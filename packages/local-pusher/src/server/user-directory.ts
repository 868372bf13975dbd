import { encodeMessage } from '../protocol/message.js';
import type { Connection, SignedInUser } from './connection.js';

/** The signed-in users of one app, and who watches whom. */
export interface UserDirectory {
  /** Open connections of a user. */
  connectionsOf(userId: string): readonly Connection[];
  signIn(connection: Connection, user: SignedInUser): void;
  signOut(connection: Connection): void;
}

/** With `watchlistEvents`, users hear when those on their watchlist come online and go offline. */
export function createUserDirectory(watchlistEvents: boolean): UserDirectory {
  const connections = new Map<string, Set<Connection>>();
  const watchers = new Map<string, Set<Connection>>();

  function tellWatchers(name: 'online' | 'offline', userId: string): void {
    const watching = watchers.get(userId);
    if (watching === undefined) return;
    const frame = watchlistFrame([{ name, user_ids: [userId] }]);
    for (const watcher of watching) watcher.send(frame);
  }

  function watch(connection: Connection, watchlist: string[]): void {
    if (watchlist.length === 0) return;
    for (const userId of watchlist) addTo(watchers, userId, connection);
    const online = watchlist.filter((userId) => connections.has(userId));
    const offline = watchlist.filter((userId) => !connections.has(userId));
    const events = [
      { name: 'online', user_ids: online },
      { name: 'offline', user_ids: offline },
    ];
    connection.send(watchlistFrame(events.filter((event) => event.user_ids.length > 0)));
  }

  function signOut(connection: Connection): void {
    const { user } = connection;
    if (user === undefined) return;
    connection.user = undefined;
    for (const userId of user.watchlist) removeFrom(watchers, userId, connection);
    if (removeFrom(connections, user.id, connection)) tellWatchers('offline', user.id);
  }

  return {
    connectionsOf: (userId) => [...(connections.get(userId) ?? [])],
    signOut,
    signIn(connection, user) {
      for (const userId of connection.user?.watchlist ?? []) removeFrom(watchers, userId, connection);
      const watchlist = watchlistEvents ? [...new Set(user.watchlist)] : [];
      connection.user = { ...user, watchlist };
      const isFirst = addTo(connections, user.id, connection);
      if (isFirst) tellWatchers('online', user.id);
      watch(connection, watchlist);
    },
  };
}

function watchlistFrame(events: { name: string; user_ids: string[] }[]) {
  return encodeMessage({ event: 'pusher_internal:watchlist_events', data: JSON.stringify({ events }) });
}

/** Whether `connection` is the first under `key`. */
function addTo(sets: Map<string, Set<Connection>>, key: string, connection: Connection): boolean {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([connection]));
  else set.add(connection);
  return set === undefined;
}

/** Whether `connection` was the last under `key`. */
function removeFrom(sets: Map<string, Set<Connection>>, key: string, connection: Connection): boolean {
  const set = sets.get(key);
  set?.delete(connection);
  return set?.size === 0 && sets.delete(key);
}
