/** Who makes a request, as the app's `authenticate` says. */
export interface User {
  /** 1 to 128 characters, the same for all of a person's devices. */
  readonly id: string;
  readonly name?: string;
  /** `#rrggbb` */
  readonly color?: string;
}

export type Role = 'write' | 'read';

/** Whose the server's own entries are; no person has this id. */
export const SERVER_USER: User = { id: '' };

/** Pusher takes member ids of at most 128 characters, and 1 kB for all that is known of a member. */
const MAX_ID = 128;
const MAX_NAME = 100;
const MAX_COLOR = 32;

/** Text that a database can keep and a header can carry: no control characters. */
const isPlain = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length <= longest && !/\p{Cc}|\p{Cs}/u.test(value);

/** What is usable of the app's answer; null where the id is missing or malformed. */
export const readUser = (value: User | null): User | null => {
  if (!value || !isPlain(value.id, MAX_ID) || value.id === '') return null;
  return {
    id: value.id,
    ...(isPlain(value.name, MAX_NAME) ? { name: value.name } : {}),
    ...(isPlain(value.color, MAX_COLOR) ? { color: value.color } : {}),
  };
};
