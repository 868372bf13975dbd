import { parseChannelName } from '../access/channel-name.js';
import type { Role, User } from '../access/user.js';
import { InkwireRefusal } from '../refusal.js';
import type { Services } from './services.js';

/** Somebody who may be on the channel they ask for. */
export interface Admitted {
  readonly user: User;
  readonly role: Role;
}

/** @throws {InkwireRefusal} `unauthenticated` */
export const identify = async (services: Services, request: Request): Promise<User> => {
  const user = await services.authenticate(request);
  if (!user) throw new InkwireRefusal('unauthenticated', 'Nobody is signed in: send your credentials.');
  return user;
};

/** @throws {InkwireRefusal} `unauthenticated`, `unknown_channel` or `forbidden` */
export const admit = async (services: Services, request: Request, channel: string): Promise<Admitted> => {
  const user = await identify(services, request);
  if (!parseChannelName(channel))
    throw new InkwireRefusal(
      'unknown_channel',
      'There is no such channel: names are presence-board-…, private-user-… and private-project-….',
    );
  const role = await services.access(user, channel);
  if (!role) throw new InkwireRefusal('forbidden', 'You have no access to this channel.');
  return { user, role };
};
