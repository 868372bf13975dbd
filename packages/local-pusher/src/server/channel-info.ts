import { channelKind } from '../protocol/channel-name.js';
import type { AppState } from './app-state.js';

/** The attributes that `info` may ask for, comma-separated. */
const ATTRIBUTES = ['user_count', 'subscription_count', 'cache'];

export type ChannelInfo = {
  user_count?: number;
  subscription_count?: number;
  cache?: { data: string; ttl: number };
};

export function parseInfo(info: unknown): string[] {
  return typeof info === 'string' ? info.split(',').filter(Boolean) : [];
}

/** Says which attribute does not exist, or `undefined`. */
export function unknownAttribute(attributes: string[]): string | undefined {
  const unknown = attributes.find((attribute) => !ATTRIBUTES.includes(attribute));
  return unknown && `info may ask for ${ATTRIBUTES.join(', ')}, not for ${unknown}.`;
}

/** Says why a channel does not have an attribute, or `undefined` when it has it. */
export function attributeProblem(state: AppState, name: string, attribute: string): string | undefined {
  const kind = channelKind(name);
  if (attribute === 'user_count' && !kind.presence) {
    return `user_count is only available on presence channels, not on ${name}.`;
  }
  if (attribute === 'subscription_count' && kind.presence) {
    return `subscription_count is not available on presence channels like ${name}; ask for user_count.`;
  }
  if (attribute === 'subscription_count' && !state.app.subscriptionCount) {
    return 'subscription_count is not enabled in the settings of the app.';
  }
  if (attribute === 'cache' && !kind.cache) {
    return `cache is only available on cache channels, not on ${name}.`;
  }
  return undefined;
}

/** Those of `attributes` that the channel has. */
export function channelInfo(state: AppState, name: string, attributes: string[]): ChannelInfo {
  const channel = state.channels.get(name);
  const available = attributes.filter((attribute) => attributeProblem(state, name, attribute) === undefined);
  const info: ChannelInfo = {};
  if (available.includes('user_count')) info.user_count = channel?.members.size ?? 0;
  if (available.includes('subscription_count')) info.subscription_count = channel?.subscribers.size ?? 0;
  const cached = available.includes('cache') ? state.cache.get(name) : undefined;
  if (cached !== undefined) {
    const ttl = Math.ceil((cached.expiresAt - state.clock.now()) / 1_000);
    info.cache = { data: cached.data, ttl };
  }
  return info;
}
