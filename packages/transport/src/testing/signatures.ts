import { createHmac } from 'node:crypto';

/** The keys of an app that signs by itself, without a server. */
interface Keys {
  readonly key: string;
  readonly secret: string;
}

const signed = ({ key, secret }: Keys, text: string): string =>
  `${key}:${createHmac('sha256', secret).update(text).digest('hex')}`;

/** Lets `user` into a presence channel, as somebody who may write. */
export const signMember = (keys: Keys, channel: string, socketId: string, user = 'ana') => {
  const channel_data = JSON.stringify({ user_id: user, user_info: { role: 'write' } });
  return { auth: signed(keys, `${socketId}:${channel}:${channel_data}`), channel_data };
};

/** Says that a connection is that of `user`. */
export const signUser = (keys: Keys, socketId: string, user = 'ana') => {
  const user_data = JSON.stringify({ id: user });
  return { auth: signed(keys, `${socketId}::user::${user_data}`), user_data };
};
