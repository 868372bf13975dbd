import type { Limits } from './limits.js';

const SERVER_TO_USER = '#server-to-user-';
const ALLOWED = /^[A-Za-z0-9_\-=@,.;]+$/;

/** What the prefixes of a channel's name mean. */
export interface ChannelKind {
  /** `private-` and `presence-`: a subscription needs a signature. */
  authorized: boolean;
  /** `presence-`: subscribers are members and know each other. */
  presence: boolean;
  /** `private-encrypted-`: only the backend can publish. */
  encrypted: boolean;
  /** `cache-` after the other prefixes: new subscribers get the last event. */
  cache: boolean;
  /** The one user that a `#server-to-user-` channel is for. */
  serverToUser: string | undefined;
}

export function channelKind(name: string): ChannelKind {
  const encrypted = name.startsWith('private-encrypted-');
  const presence = name.startsWith('presence-');
  const authorized = presence || name.startsWith('private-');
  const prefix = encrypted ? 'private-encrypted-' : presence ? 'presence-' : authorized ? 'private-' : '';
  return {
    authorized,
    presence,
    encrypted,
    cache: name.startsWith('cache-', prefix.length),
    serverToUser: name.startsWith(SERVER_TO_USER) ? name.slice(SERVER_TO_USER.length) : undefined,
  };
}

/** Says what is wrong with `name`, or `undefined` when it may be used. */
export function channelNameProblem(name: unknown, limits: Limits): string | undefined {
  if (typeof name !== 'string' || name === '') return 'The channel name must be a non-empty string.';
  if (name.startsWith(SERVER_TO_USER)) {
    const { length } = name.slice(SERVER_TO_USER.length);
    if (length > 0 && length <= limits.userIdLength) return undefined;
    return `A user id has 1 to ${limits.userIdLength} characters, this one has ${length}.`;
  }
  if (name.length > limits.channelNameLength) {
    return `A channel name has at most ${limits.channelNameLength} characters, this one has ${name.length}.`;
  }
  if (!ALLOWED.test(name)) {
    return `Channel name "${name}" may only contain letters, digits and _ - = @ , . ;`;
  }
  return undefined;
}
