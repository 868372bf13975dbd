/** What a connection says about itself, as far as a person wants to know. */
export interface StatusFacts {
  readonly connection: 'connecting' | 'live' | 'offline' | 'failed';
  readonly saving: 'saved' | 'saving' | 'offline';
  /** Changes that the server has not answered yet. */
  readonly waiting: number;
  readonly access: 'write' | 'read' | 'none' | 'unknown';
}

export interface StatusLine {
  readonly text: string;
  readonly tone: 'good' | 'waiting' | 'bad';
}

/** One line that is true: "Saved" only when the server has everything and the board is live. */
export function statusLine({ connection, saving, waiting, access }: StatusFacts): StatusLine {
  if (access === 'none') return { text: 'No access to this board', tone: 'bad' };
  if (connection === 'failed') return { text: 'Cannot connect', tone: 'bad' };
  if (connection === 'offline' || saving === 'offline') {
    return { text: waiting > 0 ? `Offline · ${changes(waiting)} waiting` : 'Offline', tone: 'waiting' };
  }
  if (saving === 'saving') return { text: 'Saving…', tone: 'waiting' };
  if (connection === 'connecting') return { text: 'Connecting…', tone: 'waiting' };
  return { text: access === 'read' ? 'View only' : 'Saved', tone: 'good' };
}

function changes(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`;
}
