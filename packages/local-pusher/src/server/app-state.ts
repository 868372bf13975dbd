import type { Clock } from '../clock.js';
import type { App } from '../protocol/app.js';
import type { Limits } from '../protocol/limits.js';
import type { ChannelDirectory } from './channel-directory.js';
import type { Connection } from './connection.js';
import type { Meter } from './meter.js';
import type { WebhookEvent } from './webhook-event.js';

/** Everything the server knows about one app while it runs. */
export interface AppState {
  readonly app: App;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly channels: ChannelDirectory;
  /** Open connections by socket id. */
  readonly connections: Map<string, Connection>;
  /** Hands an event to the app's webhooks. */
  announce(event: WebhookEvent): void;
}
