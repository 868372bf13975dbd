export {
  type Playground,
  type PlaygroundOptions,
  type ProcessName,
  type PusherApp,
  startPlayground,
} from './processes/playground.js';
export { PlaygroundError } from './processes/playground-error.js';
