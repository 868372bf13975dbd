export { type Clock, systemClock } from './clock.js';
export type { App } from './protocol/app.js';
export { HOSTED_LIMITS, type Limits } from './protocol/limits.js';
export { LocalPusherError, type LocalPusherErrorCode } from './server/error.js';
export { type LocalPusher, type LocalPusherOptions, startLocalPusher } from './server/local-pusher.js';
export type { MeterReading } from './server/meter.js';
