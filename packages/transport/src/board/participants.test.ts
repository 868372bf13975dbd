import { type ElementId, newElementId, type SessionId } from '@inkwire/core';
import { describe, expect, it } from 'vitest';
import { createManualClock } from '../testing/manual-clock.js';
import { createOwnPresence } from './own-presence.js';
import { createParticipants } from './participants.js';

const session = 'aaaaaaaaaaaa' as SessionId;
const user = { id: 'ana', name: 'Ana', color: '#336699' };
const look = { tool: 'pen', color: 'ink', width: 2, opacity: 1 } as const;
const line = (count: number) => Array.from({ length: count }, (_, index) => ({ x: index, y: 0 }));

/** One person's presence, as another one sees it through frames. */
const rig = () => {
  const clock = createManualClock();
  const onBoard = new Set<ElementId>();
  let asked = 0;
  const own = createOwnPresence(clock, () => {
    asked += 1;
  });
  const participants = createParticipants((id) => onBoard.has(id));
  participants.meet(session, user);
  /** Takes a frame over, unless it gets lost. */
  const frame = (lost = false): number => {
    const bytes = own.take();
    if (bytes.length > 0 && !lost) participants.receive(session, bytes, clock.now());
    return bytes.length;
  };
  const seen = () => {
    const [participant] = participants.at(clock.now() + 1_000);
    if (!participant) throw new Error('Nobody is here.');
    return participant;
  };
  return { clock, own, participants, onBoard, frame, seen, asked: () => asked };
};

describe('participants', () => {
  it('P1: tell cursor, tool, selection and viewport, and nothing when nothing changed', () => {
    const { own, frame, seen } = rig();
    const ids = [newElementId(), newElementId()];
    own.setCursor([12.5, -3]);
    own.setTool('pen');
    own.setSelection(ids);
    own.setViewport({ minX: 0, minY: 0, maxX: 800, maxY: 600 });
    expect(frame()).toBeGreaterThan(0);
    expect(seen()).toMatchObject({
      session,
      user,
      cursor: [12.5, -3],
      tool: 'pen',
      selection: ids,
      viewport: { minX: 0, minY: 0, maxX: 800, maxY: 600 },
    });
    expect(frame()).toBe(0);
    own.setCursor(null);
    frame();
    expect(seen()).toMatchObject({ cursor: null, tool: 'pen', selection: ids });
  });

  it('P2: live ink grows piece by piece; a lost piece is bridged; all of it is told to newcomers', () => {
    const { own, frame, seen, clock } = rig();
    const id = newElementId();
    own.drawLive({ id, ...look, points: line(10) });
    frame();
    own.drawLive({ id, ...look, points: line(20) });
    frame(true);
    own.drawLive({ id, ...look, points: line(30) });
    clock.advance(120);
    frame();
    expect(seen().liveInk[0]?.points.map(({ x }) => Math.round(x))).toEqual([
      ...line(10).map(({ x }) => x),
      ...line(30)
        .slice(20)
        .map(({ x }) => x),
    ]);
    own.tellAll();
    frame();
    expect(seen().liveInk[0]?.points.length).toBe(30);
  });

  it('P2: whoever holds still says so; whoever falls silent is drawing no more after 5 s', () => {
    const { own, frame, clock, participants, asked } = rig();
    own.drawLive({ id: newElementId(), ...look, points: line(5) });
    frame();
    for (let beat = 0; beat < 4; beat += 1) {
      const before = asked();
      clock.advance(2_000);
      expect(asked()).toBeGreaterThan(before);
      frame();
    }
    expect(participants.at(clock.now())[0]?.liveInk[0]?.points.length).toBe(5);
    clock.advance(5_001);
    expect(participants.at(clock.now())[0]?.liveInk).toEqual([]);
  });

  it('P2: ink is gone when its element is there, and does not come back with a late frame', () => {
    const { own, frame, participants, onBoard, seen } = rig();
    const id = newElementId();
    own.drawLive({ id, ...look, points: line(5) });
    frame();
    onBoard.add(id);
    expect(participants.settle([id])).toBe(true);
    expect(seen().liveInk).toEqual([]);
    own.drawLive({ id, ...look, points: line(8) });
    frame();
    expect(seen().liveInk).toEqual([]);
  });

  it('a long stroke is told over several frames, each of a bounded size', () => {
    const { own, frame, seen, asked } = rig();
    own.drawLive({ id: newElementId(), ...look, points: line(1_500) });
    let frames = 0;
    for (let bytes = frame(); bytes > 0; bytes = frame()) {
      expect(bytes).toBeLessThan(4_000);
      frames += 1;
    }
    expect(frames).toBe(4);
    expect(asked()).toBeGreaterThanOrEqual(4);
    expect(seen().liveInk[0]?.points.length).toBe(1_500);
  });

  it('W5: one session draws with a bounded number of fingers', () => {
    const { own, frame, seen } = rig();
    for (let finger = 0; finger < 40; finger += 1)
      own.drawLive({ id: newElementId(), ...look, points: line(2) });
    frame();
    expect(seen().liveInk.length).toBe(16);
  });

  it('leaves no timer behind', () => {
    const { own, clock } = rig();
    own.drawLive({ id: newElementId(), ...look, points: line(2) });
    expect(clock.waiting).toBe(1);
    own.stop();
    expect(clock.waiting).toBe(0);
  });
});
