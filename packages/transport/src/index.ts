export type { BoardConnection, BoardEvents } from './board/connect-board.js';
export { connectBoard } from './board/connect-board.js';
export type { DocConnection } from './board/connect-doc.js';
export { connectDoc } from './board/connect-doc.js';
export type { ConnectionEvents } from './board/open-document.js';
export type { ConnectDocOptions, ConnectOptions, TransportOptions, TransportUser } from './board/options.js';
export type { Status } from './board/status.js';
export type { Clock } from './clock.js';
export type { ConnectionState } from './connection/live-channel.js';
export type { PusherAddress } from './connection/pusher-client.js';
export type { Access } from './feed/feed-port.js';
export { type Page, type PageEvent, thisPage } from './page.js';
export { type BrowserScope, createPageScope, type OpenTabLine, type TabLine } from './tabs/browser-scope.js';
export type { HoldOptions, Locks } from './tabs/locks.js';
export { TransportError } from './transport-error.js';
export type {
  SubscribeOptions,
  Subscription,
  Workspace,
  WorkspaceEvents,
  WorkspaceOptions,
} from './workspace/connect-workspace.js';
export { connectWorkspace } from './workspace/connect-workspace.js';
export type { EventCursor } from './workspace/event-feed.js';
export type { BuiltInEvents, EventCheck, EventHead, EventOf } from './workspace/event-types.js';
