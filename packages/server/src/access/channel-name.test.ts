import { describe, expect, it } from 'vitest';
import { parseChannelName } from './channel-name.js';

describe('channel names', () => {
  it('S1: are of the three kinds, with an id of Pusher’s alphabet', () => {
    expect(parseChannelName('presence-board-a1_=@,.;-')).toEqual({ kind: 'board', id: 'a1_=@,.;-' });
    expect(parseChannelName('private-user-ben')).toEqual({ kind: 'user', id: 'ben' });
    expect(parseChannelName(`private-project-${'x'.repeat(140)}`)).toMatchObject({ kind: 'project' });
  });

  it('S1: anything else is no channel', () => {
    for (const name of [
      '',
      'board-a',
      'presence-board-',
      `presence-board-${'x'.repeat(141)}`,
      'presence-board-a/b',
      'presence-board-ä',
      'private-board-a',
      'private-user-a\n',
      'presence-user-a',
    ])
      expect(parseChannelName(name)).toBeNull();
  });
});
