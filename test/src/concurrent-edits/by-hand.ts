import type { Element, ElementId, Point } from '@inkwire/core';
import type {} from '@inkwire/playground/window';
import type { Edit } from '../../../packages/core/src/testing/concurrent-edits.js';
import type { Person } from '../browser/person.js';
import { add, type Elements, endOf, present, within } from './places.js';
import { CELL, CENTRE, POSITION, SIZE, type Subject, type Who } from './subject.js';

/** How far each of the two drags the subject from where it was drawn. */
const DISTANCES = [
  [100, 0],
  [0, 50],
] as const;
/** How far they nudge it over a frame, where dragging would put it in. */
const NUDGES = [
  [10, 0],
  [0, 10],
] as const;
const NUDGE_KEYS = ['Shift+ArrowRight', 'Shift+ArrowDown'] as const;
export const distanceOf = ({ isFramed }: Subject, who: Who): Point => (isFramed ? NUDGES : DISTANCES)[who];
/** Where each drops it, in its part of the page, if there are two frames. */
const DROPS = [CENTRE, add(CENTRE, [320, 0])] as const;
/** Where in paint order each puts it; over a frame both to the front, since what is dropped on a frame comes before it. */
export const placeOf = ({ isFramed }: Subject, who: Who): 'front' | 'back' =>
  isFramed || who === 0 ? 'front' : 'back';
export const SCALES = [2, 3] as const;
export const ANGLES = [Math.PI / 2, Math.PI] as const;
export const COLORS = ['#e03131', '#2f9e44'] as const;
export const ANCHORS = [
  [0.5, 0.5],
  [0.15, 0.15],
] as const;
export const WORDS = [' ana', ' ben'] as const;
/** How far along the stroke each of them erases, 0 to 1. */
export const PARTS = [1 / 6, 5 / 6] as const;
/**
 * Where the corner of a subject's part of the page is on the board, CSS pixels: neighbours elsewhere, so that what is
 * pressed in one after the other is no double click.
 */
const cornerOf = ([x, y]: Point): Point => [20 + 20 * ((x / CELL.width + y / CELL.height) % 4), 50];
/** How far above a frame the knob is that turns it, CSS pixels. */
const KNOB = 26;

/** One person with mouse and keyboard at their board. */
export interface Hands {
  readonly person: Person;
  /** Does an edit as a person does it, on what their board shows now. */
  readonly edit: Readonly<Record<Edit, (subject: Subject, who: Who) => Promise<void>>>;
  undo(steps: number): Promise<void>;
}

export async function createHands(person: Person): Promise<Hands> {
  const { page, id: name } = person;
  const box = (await page.locator('.inkwire-board').boundingBox())!;

  /** Goes to the subject, with something of it selected, and returns what is there. */
  async function take(subject: Subject, ...selected: readonly ElementId[]): Promise<Elements> {
    const [x, y] = subject.origin;
    const [left, top] = cornerOf(subject.origin);
    const ids = [subject.id, subject.shape, subject.arrow, ...(subject.mate === null ? [] : [subject.mate])];
    const found = await page.evaluate(
      ({ name, ids, selected, camera }) => {
        const { view, board } = window.inkwire[name]!;
        view.setCamera(camera);
        view.select(selected);
        return JSON.stringify(ids.flatMap((id) => board.get(id) ?? []));
      },
      { name, ids, selected, camera: { x: x - left, y: y - top, zoom: 1 } },
    );
    return new Map((JSON.parse(found) as Element[]).map((element) => [element.id, element]));
  }

  /** A place on the page, as the mouse knows it. */
  function onScreen({ origin }: Subject, [x, y]: Point): Point {
    const [left, top] = cornerOf(origin);
    return [box.x + left + x - origin[0], box.y + top + y - origin[1]];
  }

  /** Presses at the first place of the page, goes to the others and lifts; `freely`: aligned with nothing. */
  async function drag(subject: Subject, path: readonly Point[], freely = true): Promise<void> {
    const [start, ...rest] = path.map((place) => onScreen(subject, place));
    if (start === undefined) return;
    const { mouse, keyboard } = page;
    if (freely) await keyboard.down('Control');
    // Sent at once, they still come one after the other.
    await Promise.all([mouse.move(...start), mouse.down()]);
    // On the way, one by one: of what comes within a frame only the last place counts.
    for (const place of rest.slice(0, -1)) await mouse.move(...place);
    await Promise.all([...rest.slice(-1).map((place) => mouse.move(...place)), mouse.up()]);
    if (freely) await keyboard.up('Control');
  }

  /** As fast as two clicks are one double click, however busy the machine is. */
  async function doubleClick(place: Point): Promise<void> {
    const { mouse } = page;
    const second = { clickCount: 2 };
    await Promise.all([mouse.move(...place), mouse.down(), mouse.up(), mouse.down(second), mouse.up(second)]);
  }

  /** Where to take the subject so that it alone is taken: members of a group by going into it first. */
  async function grip(subject: Subject, elements: Elements): Promise<Point> {
    const element = present(elements, subject.id);
    const place = within(element, [0.5, 0.5]);
    if (element.parent !== null && !subject.frames.includes(element.parent))
      await doubleClick(onScreen(subject, place));
    return place;
  }

  const press = (keys: string) => page.keyboard.press(keys);

  return {
    person,
    edit: {
      async move(subject, who) {
        if (subject.isFramed) {
          await take(subject, subject.id);
          await press(NUDGE_KEYS[who]);
          return;
        }
        const elements = await take(subject);
        const [x, y] = present(elements, subject.id).position;
        const from = await grip(subject, elements);
        const [toX, toY] = add(add(subject.origin, POSITION), distanceOf(subject, who));
        await drag(subject, [from, add(from, [toX - x, toY - y])]);
      },
      async resize(subject, who) {
        const element = present(await take(subject, subject.id), subject.id);
        const scale = (SCALES[who] * SIZE[0]) / element.size[0];
        await drag(subject, [within(element, [1, 1]), within(element, [scale, scale])]);
      },
      async rotate(subject, who) {
        const element = present(await take(subject, subject.id), subject.id);
        const centre = within(element, [0.5, 0.5]);
        const radius = element.size[1] / 2 + KNOB;
        const knob = (angle: number) => add(centre, [radius * Math.sin(angle), -radius * Math.cos(angle)]);
        await drag(subject, [knob(element.rotation), knob(ANGLES[who])]);
      },
      async restyle(subject, who) {
        await take(subject, subject.id);
        await page.evaluate(({ name, color }) => window.inkwire[name]!.view.setStyle({ color }), {
          name,
          color: COLORS[who],
        });
      },
      async reorder(subject, who) {
        await take(subject, subject.id);
        await press(placeOf(subject, who) === 'front' ? 'Shift+BracketRight' : 'Shift+BracketLeft');
      },
      async group(subject, who) {
        await take(subject, subject.id, subject.companions[who]);
        await press('Control+g');
      },
      async ungroup(subject) {
        const elements = await take(subject);
        const group = (elements.get(subject.id) ?? present(elements, subject.mate))?.parent;
        await take(subject, ...(group == null ? [] : [group]));
        await press('Control+Shift+g');
      },
      async reparent(subject, who) {
        const from = await grip(subject, await take(subject));
        const [one, other] = subject.frames;
        const to = one === other ? from : add(subject.origin, DROPS[who]);
        await drag(subject, [from, add(from, [40, 0]), to]);
      },
      async bind(subject, who) {
        const elements = await take(subject, subject.arrow);
        const target = present(elements, subject.shape);
        await drag(subject, [endOf(present(elements, subject.arrow)), within(target, ANCHORS[who])], false);
      },
      async write(subject, who) {
        await take(subject, subject.shape);
        await press('Enter');
        await page.keyboard.insertText(WORDS[who]);
        await press('Escape');
      },
      async 'erase part'(subject, who) {
        const element = present(await take(subject), subject.id);
        await press('Shift+e');
        const along = PARTS[who];
        await drag(subject, [
          within(element, [along - 0.2, along + 0.2]),
          within(element, [along + 0.2, along - 0.2]),
        ]);
      },
      async lock(subject) {
        await take(subject, subject.id);
        await press('Control+Shift+l');
      },
      async remove(subject) {
        await take(subject, subject.id);
        await press('Delete');
      },
    },
    async undo(steps) {
      await page.evaluate((name) => window.inkwire[name]!.view.focus(), name);
      await Promise.all(Array.from({ length: steps }, () => press('Control+z')));
    },
  };
}
