export { type ChannelKind, type ChannelName, parseChannelName } from './access/channel-name.js';
export type { Role, User } from './access/user.js';
export type { InkwireServerOptions } from './options.js';
export type { PusherOptions } from './publish/pusher-port.js';
export type { Timer } from './publish/timer.js';
export { InkwireConfigError, InkwireRefusal, type RefusalCode, type RefusalDetails } from './refusal.js';
export { createInkwireServer, type InkwireServer } from './server.js';
