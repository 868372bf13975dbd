import { type ElementId, type Matrix, newElementId, type SessionId } from '@inkwire/core';
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
    expect(participants.settle([id], 'ana', 0)).toBe(true);
    expect(seen().liveInk).toEqual([]);
    own.drawLive({ id, ...look, points: line(8) });
    frame();
    expect(seen().liveInk).toEqual([]);
  });

  const moved = (x: number, y = 0): Matrix => [1, 0, 0, 1, x, y];

  it('P1: a drag moves between its frames, from where the elements are, and is given up with its end', () => {
    const { own, frame, clock, participants, asked } = rig();
    const dragOf = () => participants.at(clock.now())[0]?.drag;
    const ids = [newElementId(), newElementId()];
    for (let x = 1; x <= 30; x += 1) own.setDrag({ ids, transform: moved(x) });
    expect(frame()).toBeGreaterThan(0);
    expect(dragOf()?.transform).toEqual(moved(0));
    expect(participants.moving(clock.now())).toBe(true);
    clock.advance(60);
    expect(dragOf()).toEqual({ ids, transform: moved(15), copy: null });
    expect(dragOf()).toBe(dragOf());
    clock.advance(60);
    own.setDrag({ ids, transform: moved(90, 60) });
    frame();
    expect(dragOf()?.transform).toEqual(moved(30));
    clock.advance(60);
    expect(dragOf()?.transform).toEqual(moved(60, 30));
    clock.advance(60);
    expect(dragOf()?.transform).toEqual(moved(90, 60));
    expect(participants.moving(clock.now())).toBe(false);
    // The end is told twice, so one of the frames may get lost.
    const before = asked();
    own.setDrag(null);
    frame(true);
    expect(asked()).toBe(before + 2);
    expect(dragOf()).not.toBeNull();
    expect(frame()).toBeGreaterThan(0);
    expect(dragOf()).toBeNull();
    expect(frame()).toBe(0);
  });

  it('P1: what is let go stays there until its commit is here, and nothing jumps when that comes', () => {
    for (const order of ['told first', 'commit first', 'frame lost'] as const) {
      const { own, frame, clock, participants } = rig();
      const ids = [newElementId()];
      /** Where the element is seen: the board's place and the drag on top of it. */
      let board = 0;
      const seenAt = () => board + (participants.at(clock.now())[0]?.drag?.transform[4] ?? 0);
      const commit = (): void => {
        board = 200;
        participants.settle(ids, 'ana', clock.now());
      };
      own.setDrag({ ids, transform: moved(100) });
      frame();
      clock.advance(120);
      own.setDrag({ ids, transform: moved(160) });
      frame();
      clock.advance(120);
      own.setDrag({ ids, transform: moved(200) });
      own.commit(ids);
      own.setDrag(null);
      expect(seenAt()).toBe(160);
      if (order === 'commit first') commit();
      frame(order === 'frame lost');
      if (order === 'commit first') expect(seenAt()).toBeCloseTo(160);
      clock.advance(60);
      if (order === 'commit first') {
        frame();
        // What comes after it says nothing of the drag any more.
        own.setCursor([1, 1]);
        frame();
      }
      if (order === 'frame lost') {
        frame();
        expect(seenAt()).toBe(160);
        clock.advance(180);
        expect(seenAt()).toBe(200);
      }
      if (order !== 'commit first') {
        const seen = seenAt();
        commit();
        expect(seenAt()).toBeCloseTo(seen);
      } else expect(seenAt()).toBeCloseTo(180);
      clock.advance(60);
      frame();
      clock.advance(60);
      expect(seenAt()).toBe(200);
      expect(participants.at(clock.now())[0]?.drag).toBeNull();
      expect(frame()).toBe(0);
    }
  });

  it('a frame that comes late takes nobody’s selection, tool or view back', () => {
    const { own, participants, clock, seen } = rig();
    const [before, after] = [newElementId(), newElementId()];
    own.setSelection([before]);
    own.setTool('pen');
    own.setWriting({ element: before, anchor: 0, caret: 0 });
    const late = own.take();
    clock.advance(50);
    own.setSelection([after]);
    own.setTool('select');
    own.setWriting(null);
    participants.receive(session, own.take(), clock.now());
    participants.receive(session, late, clock.now());
    expect(seen()).toMatchObject({ selection: [after], tool: 'select', writing: null });
  });

  it('P1: copies are dragged until they are here, and then go the rest of their way themselves', () => {
    for (const order of ['told first', 'commit first'] as const) {
      const { own, frame, clock, participants, onBoard } = rig();
      const dragOf = () => participants.at(clock.now())[0]?.drag;
      const [id, copy, second] = [newElementId(), newElementId(), newElementId()];
      const drag = (x: number): void => own.setDrag({ ids: [id], transform: moved(x), copy });
      drag(100);
      frame();
      clock.advance(120);
      expect(dragOf()).toEqual({ ids: [id], transform: moved(100), copy });
      // Whatever else is done to the original, by whomever, is seen in the copies and ends nothing.
      own.commit([id]);
      for (const user of ['ana', 'ben', null])
        expect(participants.settle([id], user, clock.now())).toBe(false);
      drag(160);
      own.commit([copy, second]);
      own.setDrag(null);
      const arrive = (): void => {
        onBoard.add(copy);
        expect(participants.settle([copy, second], 'ana', clock.now())).toBe(true);
      };
      if (order === 'commit first') arrive();
      frame();
      if (order === 'told first') {
        clock.advance(60);
        expect(dragOf()).toEqual({ ids: [id], transform: moved(130), copy });
        arrive();
      }
      // They lie at 160 now, and were seen at 100 or at 130.
      const behind = order === 'told first' ? -30 : -60;
      expect(dragOf()).toEqual({ ids: [copy, second], transform: moved(behind), copy: null });
      clock.advance(60);
      expect(dragOf()?.transform).toEqual(moved(behind / 2));
      clock.advance(60);
      expect(dragOf()).toBeNull();
      frame();
      // A frame that tells of them after all, when they are here.
      drag(160);
      frame();
      expect(dragOf()).toBeNull();
    }
  });

  it('a hand that takes Alt and lets it go drags copies, and then the elements themselves', () => {
    const { own, frame, clock, participants } = rig();
    const dragOf = () => participants.at(clock.now())[0]?.drag;
    const [id, copy] = [newElementId(), newElementId()];
    for (const held of [copy, null]) {
      own.setDrag({ ids: [id], transform: moved(40), copy: held });
      frame();
      clock.advance(120);
      expect(dragOf()).toEqual({ ids: [id], transform: moved(40), copy: held });
    }
    // It takes Alt again, and lets go before a frame has told of that.
    own.setDrag({ ids: [id], transform: moved(40), copy });
    own.commit([copy]);
    frame();
    expect(dragOf()).toBeNull();
  });

  it('P2: who drags and holds still says so, and leaves nothing behind after 5 s of silence', () => {
    const { own, frame, clock, participants, asked } = rig();
    const id = newElementId();
    own.setSelection([id]);
    own.setDrag({ ids: [id], transform: moved(5) });
    frame(true);
    for (let beat = 0; beat < 3; beat += 1) {
      const before = asked();
      clock.advance(2_000);
      expect(asked()).toBe(before + 1);
      // The selection that the drag speaks of got lost with the first frame.
      frame();
    }
    expect(participants.at(clock.now() + 4_999)[0]?.drag?.ids).toEqual([id]);
    expect(participants.nextOver(clock.now())).toBe(clock.now() + 5_000);
    expect(participants.at(clock.now() + 5_000)[0]?.drag).toBeNull();
    expect(participants.nextOver(clock.now())).toBeNull();
  });

  it('C5: what others change meanwhile ends no drag, a late frame begins none again', () => {
    const { own, clock, participants, seen } = rig();
    const ids = [newElementId()];
    own.setDrag({ ids, transform: moved(10) });
    const first = own.take();
    participants.receive(session, first, clock.now());
    participants.settle(ids, 'ben', clock.now());
    participants.settle(ids, null, clock.now());
    expect(seen().drag?.transform).toEqual(moved(10));
    clock.advance(120);
    own.commit(ids);
    participants.settle(ids, 'ana', clock.now());
    participants.receive(session, own.take(), clock.now());
    clock.advance(120);
    participants.receive(session, first, clock.now());
    expect(seen().drag).toBeNull();
  });

  it('a drag of a thousand elements fits into a frame; one that is no map is refused', () => {
    const { own, frame, seen } = rig();
    const ids = Array.from({ length: 1_000 }, () => newElementId());
    own.setDrag({ ids, transform: [0.5, 0.1, -0.1, 2, 7, 8] });
    expect(frame()).toBeLessThan(2_000);
    expect(seen().drag?.ids).toEqual(ids.slice(0, 150));
    expect(() => own.setDrag({ ids, transform: [1, 0, 0, 1, Number.NaN, 0] })).toThrow(
      'transform must be six',
    );
    expect(() => own.setDrag({ ids, transform: [1, 0, 0, 1, 1e300, 0] })).toThrow(RangeError);
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

  it('a viewport is told after the frame in which it is painted', () => {
    const { own, clock, asked, frame } = rig();
    own.setViewport({ minX: 0, minY: 0, maxX: 1, maxY: 1 });
    own.setViewport({ minX: 0, minY: 0, maxX: 2, maxY: 2 });
    expect(asked()).toBe(0);
    clock.advance(0);
    expect(asked()).toBe(1);
    expect(frame()).toBeGreaterThan(0);
  });

  it('leaves no timer behind', () => {
    const { own, clock } = rig();
    own.drawLive({ id: newElementId(), ...look, points: line(2) });
    own.setDrag({ ids: [newElementId()], transform: moved(1) });
    own.setViewport({ minX: 0, minY: 0, maxX: 1, maxY: 1 });
    expect(clock.waiting).toBe(2);
    own.stop();
    expect(clock.waiting).toBe(0);
  });
});
