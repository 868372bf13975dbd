import { setTimeout as delay } from 'node:timers/promises';
import type {} from '@inkwire/playground/window';
import type { Page } from 'playwright-core';
import { createDigitizer, type Fingers, type PenSample } from '../browser/digitizer.js';
import type { SeededRandom } from './seeded-random.js';

/** Somebody who does anything that a mouse, a pen, fingers and a keyboard can do to a board. */
export interface RandomHands {
  /** Does something, and says what. */
  act(): Promise<string>;
  /** Lets go of everything. */
  rest(): Promise<void>;
}

/** Beside the keys of all commands: of the browser, of writing, of bars and menus, and some that do nothing. */
const KEYS = [
  ...['Tab', 'Shift+Tab', 'Space', 'Enter', 'Escape', 'Home', 'End', 'q', 'j', '0', '+', 'Shift+A'],
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Shift+ArrowLeft', 'Shift+ArrowRight'],
  ...['c', 'x', 'v', 'b', 'i', 'u', 'z', 'y', 'ArrowLeft', 'Backspace'].map((key) => `Control+${key}`),
];
const WORDS = [
  'ink ',
  'wire\n',
  'שלום ',
  '你好',
  '😀',
  '<b>&',
  'a long word that breaks ',
  '\t',
  'https://example.com ',
];
const PASTED = [
  'plain words',
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="#0a7f5a"/></svg>',
  '{"type":"excalidraw","elements":[{"type":"ellipse","id":"e","x":0,"y":0,"width":50,"height":40}]}',
  '{"type":"excalidraw","elements":[{"type":"ellipse"}]}',
];
/** What hands do more often than the rest, and how much more. */
const OFTEN = ['drag', 'click', 'key'];
const OFTEN_TIMES = 3;
/** Of things that are done, how many begin an absence, and how many are done in the longest. */
const ABSENCE = 0.01;
const LONGEST_ABSENCE = 20;
/** How long a finger rests that asks for the menu (ms). */
const REST_MS = 700;
/** Half the width of a hand that lies on the screen, CSS pixels. */
const PALM_RADIUS = 50;

/** @param page a person's, alone at a board of the playground. */
export async function createRandomHands(page: Page, random: SeededRandom): Promise<RandomHands> {
  const { mouse, keyboard } = page;
  const context = page.context();
  const digitizer = await createDigitizer(page);
  const surface = page.locator('inkwire-board');
  const { x, y, width, height } = (await surface.boundingBox())!;
  /** The component's own bars are over the board: they are pressed too. */
  const point = (): [number, number] => [x + random.below(width), y + random.below(height)];
  const commands = await page.evaluate(() =>
    // Files are chosen and saved in windows of the browser, which nobody here can close.
    Object.values(window.inkwire)[0]!.view.commands.flatMap(({ name, keys }) =>
      name === 'open' || name.startsWith('save') ? [] : [{ name, keys }],
    ),
  );
  const keys = [
    ...KEYS,
    ...commands.flatMap((command) => command.keys.map((key) => key.replace('Mod', 'Control'))),
  ];
  // Whoever finds the button for opening a file chooses none.
  page.on('filechooser', () => undefined);

  async function withKeys(act: () => Promise<void>): Promise<void> {
    const held = random.some(['Shift', 'Alt', 'Control'], 0.15);
    for (const key of held) await keyboard.down(key);
    await act();
    for (const key of held) await keyboard.up(key);
  }

  /** Back to the board from what is around it, where keys would open another board. */
  const stay = () =>
    page.evaluate(() => {
      const { component, view } = Object.values(window.inkwire)[0]!;
      if (!component.contains(document.activeElement)) view.focus();
    });

  async function press(key: string): Promise<void> {
    await stay();
    await keyboard.press(key.endsWith('++') ? `${key.slice(0, -1)}Equal` : key);
  }

  /** A place near another, on the surface. */
  const near = ([left, top]: readonly [number, number], reach: number): [number, number] => [
    Math.min(Math.max(left + reach * (2 * random.next() - 1), x), x + width - 1),
    Math.min(Math.max(top + reach * (2 * random.next() - 1), y), y + height - 1),
  ];
  const fingersFrom = (first: Fingers, reach: number): Fingers[] => {
    const steps = [first];
    for (let i = random.below(8); i >= 0; i--) steps.push(steps.at(-1)!.map((finger) => near(finger, reach)));
    return steps;
  };

  const deeds: Readonly<Record<string, () => Promise<void>>> = {
    drag: () =>
      withKeys(async () => {
        await mouse.move(...point());
        await mouse.down();
        for (let i = random.below(6); i >= 0; i--) await mouse.move(...point(), { steps: 3 });
        if (random.chance(0.1)) await keyboard.press('Escape');
        await mouse.up();
      }),
    click: () => withKeys(() => mouse.click(...point(), { clickCount: 1 + random.below(3) })),
    pen() {
      const path: PenSample[] = [[...point(), random.next()]];
      for (let i = random.below(30); i > 0; i--) {
        const [left, top] = path.at(-1)!;
        path.push([...near([left, top], 40), random.next()]);
      }
      return digitizer.pen(path, random.chance(0.1) ? 'barrel' : 'tip');
    },
    finger: () =>
      digitizer.touch(fingersFrom([point()], 60), {
        radius: random.chance(0.1) ? PALM_RADIUS : 8,
        cancelled: random.chance(0.1),
        ...(random.chance(0.1) && { resting: () => delay(REST_MS) }),
      }),
    pinch() {
      const first = point();
      return digitizer.touch(fingersFrom([first, near(first, 200)], 50), { cancelled: random.chance(0.1) });
    },
    key: () => press(random.pick(keys)),
    menu: () => mouse.click(...point(), { button: 'right' }),
    wheel: () =>
      withKeys(async () => {
        await mouse.move(...point());
        await mouse.wheel(random.below(400) - 200, random.below(400) - 200);
      }),
    async text() {
      await stay();
      for (const word of random.some(WORDS, 0.3)) await keyboard.insertText(word);
    },
    undo: () => press(random.pick(['Control+z', 'Control+Shift+z'])),
    command: () =>
      page.evaluate((name) => {
        Object.values(window.inkwire)[0]!.view.run(name);
      }, random.pick(commands).name),
    paste: () =>
      page.evaluate(async (text) => {
        const transfer = new DataTransfer();
        transfer.setData('text/plain', text);
        await Object.values(window.inkwire)[0]!.view.takeIn(transfer);
      }, random.pick(PASTED)),
  };
  const choices = Object.entries(deeds).flatMap((deed) =>
    Array<typeof deed>(OFTEN.includes(deed[0]) ? OFTEN_TIMES : 1).fill(deed),
  );

  /** How many things are still done without a network. */
  let absence = 0;
  return {
    async act() {
      if (absence === 0 && random.chance(ABSENCE)) {
        absence = 1 + random.below(LONGEST_ABSENCE);
        await context.setOffline(true);
        return 'offline';
      }
      const [name, act] = random.pick(choices);
      await act();
      if (absence > 0) {
        absence -= 1;
        if (absence === 0) await context.setOffline(false);
      }
      return name;
    },
    async rest() {
      await context.setOffline(false);
      for (let i = 0; i < 4; i++) await press('Escape');
    },
  };
}
