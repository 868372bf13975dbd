import type { Sequence, SessionId } from './entry.js';

/** `POST /channels/:channel/sessions`: what a page says when it joins a channel. */
export interface JoinRequest {
  readonly session: SessionId;
  /** The clientID of the page's Y.Doc; it belongs to this user on this channel from now on. */
  readonly client: number;
}

/** What the server answers. */
export interface JoinAnswer {
  /** The key of this session's seals, base64. */
  readonly sealKey: string;
  readonly role: 'write' | 'read';
  readonly user: { readonly id: string; readonly name?: string; readonly color?: string };
  readonly epoch: string;
  readonly head: Sequence;
  /** The last `n` of this session that the log holds; 0 for none. */
  readonly last: number;
}

/** The signed `user_info` of a member of a board's presence channel. */
export interface MemberInfo {
  readonly role: 'write' | 'read';
  readonly name?: string;
  readonly color?: string;
}
