import type { ConnectionStatus } from './connection-port.js';

/** What a person is told about their work. */
export interface StatusText {
  readonly text: string;
  /** `calm` needs no attention, `busy` passes by itself, `warning` should be known. */
  readonly tone: 'calm' | 'busy' | 'warning';
  /** The whole story. */
  readonly detail: string;
}

/** One line that is true (F4): "Saved" stands only where the server has everything. */
export function statusText({ connection, saving, waiting, access }: ConnectionStatus): StatusText {
  const changes = waiting === 1 ? '1 change' : `${waiting} changes`;
  if (access === 'none') {
    const kept = waiting > 0 ? ` ${changes} of yours could not be saved and are kept here.` : '';
    return { text: 'No access', tone: 'warning', detail: `You may not open this board any more.${kept}` };
  }
  if (saving === 'offline') {
    if (waiting === 0) {
      return {
        text: 'Offline',
        tone: 'warning',
        detail: 'You can go on drawing; it is saved when the connection is back.',
      };
    }
    const detail = 'They are kept on this device and saved when the connection is back.';
    return { text: `Offline, ${changes} waiting`, tone: 'warning', detail };
  }
  if (access === 'read') {
    return { text: 'Read only', tone: 'calm', detail: 'You can look at this board, but not change it.' };
  }
  if (saving === 'saving')
    return { text: 'Saving…', tone: 'busy', detail: `${changes} on the way to the server.` };
  if (connection === 'live') return { text: 'Saved', tone: 'calm', detail: 'The server has everything.' };
  if (connection === 'connecting') {
    return {
      text: 'Connecting…',
      tone: 'busy',
      detail: 'What the others do appears when the connection is there.',
    };
  }
  const detail =
    'The server has everything of yours; what the others do appears when the connection is back.';
  return { text: 'Saved, not live', tone: 'warning', detail };
}
