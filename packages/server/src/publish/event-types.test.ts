import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { createEventReader, defineEvent } from './event-types.js';

describe('types of events that an app defines', () => {
  it('E1: have fields of their own, which are checked', () => {
    const read = createEventReader([defineEvent('invoice.paid', { cents: v.pipe(v.number(), v.integer()) })]);
    const event = { type: 'invoice.paid', actor: 'ana', id: 'once', cents: 5 };
    const stored = read(event, 'private-user-ben', 7, () => 'new');
    expect(stored).toEqual({ ...event, channel: 'private-user-ben', at: 7 });
    expect(() => read({ ...event, cents: 0.5 }, 'private-user-ben', 7, () => 'new')).toThrow('cents');
  });

  it('E1: neither have a name that is none, nor a field that the server itself fills', () => {
    for (const type of ['paid', 'Invoice.paid', 'invoice.', 'invoice paid'])
      expect(() => defineEvent(type, {})).toThrow(RangeError);
    for (const field of ['id', 'type', 'channel', 'actor', 'at'])
      expect(() => defineEvent('meeting.moved', { [field]: v.number() })).toThrow(
        `Every event has a field ${field} already`,
      );
  });
});
