import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WireError } from './wire-error.js';
import { readEventNotice, readWorkspaceEvent } from './workspace-event.js';

const EVENT = {
  id: 'e1',
  type: 'task.assigned',
  channel: 'private-user-ben',
  actor: 'ana',
  at: 5,
  task: 't1',
};

describe('workspace event', () => {
  it('E1: a notice carries an event with all its fields, or none where it was too large', () => {
    expect(readEventNotice({ epoch: 'e', seq: 3, event: EVENT })).toEqual({
      epoch: 'e',
      seq: 3,
      event: EVENT,
    });
    expect(readEventNotice({ epoch: 'e', seq: 3 })).toEqual({ epoch: 'e', seq: 3 });
  });

  it('E1: an event without one of the common fields is refused by its name', () => {
    for (const field of Object.keys(EVENT).filter((name) => name !== 'task'))
      expect(() => readWorkspaceEvent({ ...EVENT, [field]: undefined })).toThrow(
        expect.objectContaining({ code: 'wire', field }),
      );
  });

  it('any value reads or throws a WireError', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        try {
          readEventNotice(value);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
    );
  });
});
