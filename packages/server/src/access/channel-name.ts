/** What a channel is for, told by its prefix. Each has its own log. */
export type ChannelKind = 'board' | 'user' | 'project';

export interface ChannelName {
  readonly kind: ChannelKind;
  /** The app's own id behind the prefix. */
  readonly id: string;
}

const PREFIXES: readonly (readonly [prefix: string, kind: ChannelKind])[] = [
  ['presence-board-', 'board'],
  ['private-user-', 'user'],
  ['private-project-', 'project'],
];

/** Pusher's alphabet; the length leaves room for the longest prefix within Pusher's 164 characters. */
const ID = /^[A-Za-z0-9_\-=@,.;]{1,140}$/;

/** The parts of a channel's name, or null for a name that is none of ours. */
export const parseChannelName = (name: string): ChannelName | null => {
  for (const [prefix, kind] of PREFIXES) {
    const id = name.slice(prefix.length);
    if (name.startsWith(prefix)) return ID.test(id) ? { kind, id } : null;
  }
  return null;
};
