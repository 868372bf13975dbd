import type { MemberInfo } from '@inkwire/core';
import type { Context } from 'hono';
import { InkwireRefusal } from '../refusal.js';
import { admit, identify } from './admission.js';
import { readForm } from './body.js';
import type { Services } from './services.js';

const SOCKET_ID = /^\d+\.\d+$/;

const socketIn = (form: URLSearchParams): string => {
  const socket = form.get('socket_id') ?? '';
  if (socket.length > 64 || !SOCKET_ID.test(socket))
    throw new InkwireRefusal('bad_request', 'The form needs socket_id, two numbers with a dot between.');
  return socket;
};

/**
 * `POST /pusher/auth`: lets a socket subscribe to a channel. On a board, the member's role is part of what Pusher signs,
 * so that everyone knows whose frames to ignore.
 */
export const authorizeChannel =
  (services: Services) =>
  async (context: Context): Promise<Response> => {
    const form = await readForm(context.req.raw);
    const channel = form.get('channel_name') ?? '';
    const { user, role } = await admit(services, context.req.raw, channel);
    const socket = socketIn(form);
    if (!channel.startsWith('presence-'))
      return context.json(services.pusher.authorizeChannel(socket, channel));
    const { id, name, color } = user;
    const info: MemberInfo = {
      role,
      ...(name === undefined ? {} : { name }),
      ...(color === undefined ? {} : { color }),
    };
    const member = { user_id: id, user_info: { ...info } };
    return context.json(services.pusher.authorizeChannel(socket, channel, member));
  };

/** `POST /pusher/user-auth`: signs a connection in, so that Pusher can end it when access is revoked. */
export const authenticateUser =
  (services: Services) =>
  async (context: Context): Promise<Response> => {
    const form = await readForm(context.req.raw);
    const { id, name } = await identify(services, context.req.raw);
    return context.json(
      services.pusher.authenticateUser(socketIn(form), {
        id,
        ...(name === undefined ? {} : { user_info: { name } }),
      }),
    );
  };
