import type { TransportOptions } from '@inkwire/transport';

const { searchParams } = new URL(location.href);

/** Who this page belongs to. */
export const person = searchParams.get('person') ?? 'ana';

/** How whoever started the system said that it can be reached. */
export const options: TransportOptions = {
  server: '/inkwire',
  pusher: {
    key: searchParams.get('key') ?? '',
    wsHost: location.hostname,
    wsPort: Number(searchParams.get('port')),
    forceTLS: false,
  },
  user: { id: person, name: person, color: '#336699' },
  headers: () => ({ authorization: `Bearer ${person}` }),
};
