import { channelKind, channelNameProblem } from '../protocol/channel-name.js';
import { isRecord, parseJson } from '../protocol/message.js';
import { channelText, verifyAuth } from '../protocol/signature.js';
import type { AppState } from './app-state.js';
import type { Member } from './channel-directory.js';
import type { Connection } from './connection.js';
import { type Refusal, refusal } from './refusal.js';

/** Answers `pusher:subscribe`, or says what is wrong with it. */
export function subscribe(
  state: AppState,
  connection: Connection,
  data: Record<string, unknown>,
): Refusal | undefined {
  const problem = channelNameProblem(data.channel, state.limits);
  if (problem !== undefined) return refusal(problem);
  const name = String(data.channel);
  if (connection.joined.has(name)) return refusal(`Existing subscription to channel ${name}`);

  const kind = channelKind(name);
  if (kind.serverToUser !== undefined && kind.serverToUser !== connection.user?.id) {
    return refusal(`Channel ${name} is only for connections signed in as user ${kind.serverToUser}`);
  }
  if (!kind.authorized) {
    state.channels.join(connection, name);
    return undefined;
  }

  const channelData = typeof data.channel_data === 'string' ? data.channel_data : undefined;
  const signed = channelText(connection.socketId, name, kind.presence ? channelData : undefined);
  if (!verifyAuth(state.app, signed, data.auth)) {
    return refusal(
      `Invalid signature: expected <key>:<HMAC-SHA256 in hex of "${signed}"> for key ${state.app.key}`,
    );
  }
  if (!kind.presence) {
    state.channels.join(connection, name);
    return undefined;
  }
  const member = channelData === undefined ? memberOfUser(connection) : parseMember(channelData);
  if (member === undefined) {
    return refusal(
      `Presence channel ${name} needs channel_data with a user_id, or a connection that is signed in`,
    );
  }
  const presence = presenceProblem(state, name, member, channelData ?? '');
  if (presence !== undefined) return refusal(presence);
  connection.userIds.add(member.userId);
  state.channels.join(connection, name, member);
  return undefined;
}

function memberOfUser(connection: Connection): Member | undefined {
  const { user } = connection;
  return user && { userId: user.id, userInfo: user.info };
}

function parseMember(channelData: string): Member | undefined {
  const value = parseJson(channelData);
  if (!isRecord(value)) return undefined;
  const { user_id: userId, user_info: userInfo } = value;
  if (typeof userId === 'number') return { userId: String(userId), userInfo };
  return typeof userId === 'string' && userId !== '' ? { userId, userInfo } : undefined;
}

function presenceProblem(
  state: AppState,
  name: string,
  member: Member,
  channelData: string,
): string | undefined {
  const { limits } = state;
  if (member.userId.length > limits.userIdLength) {
    return `A user id has at most ${limits.userIdLength} characters, this one has ${member.userId.length}`;
  }
  const bytes = Buffer.byteLength(channelData);
  if (bytes > limits.presenceMemberBytes) {
    return `channel_data has at most ${limits.presenceMemberBytes} bytes, this one has ${bytes}`;
  }
  const members = state.channels.get(name)?.members;
  if (members && members.size >= limits.presenceMembers && !members.has(member.userId)) {
    return `Presence channel ${name} is full: it has ${limits.presenceMembers} members`;
  }
  return undefined;
}
