export type { LiveInk, Participant, Presence, PresentUser } from './presence/presence.js';
export * from './wire/index.js';
