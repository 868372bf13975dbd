import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { committedPixels, difference, useCanvasPages } from './canvas-browser.js';

const pages = useCanvasPages();

/** One of everything, in the part of the page that a 640 × 480 view shows. */
async function openGallery(theme: 'light' | 'dark') {
  const tab = await pages.open();
  await tab.page.evaluate((theme) => {
    const { core, board, mount } = window.canvasPage;
    const add = (element: import('@inkwire/core').NewElement) =>
      board.commit(core.addElement(board, element));
    for (const [i, form] of (['rectangle', 'ellipse', 'star', 'heart', 'cloud'] as const).entries()) {
      add({
        kind: 'shape',
        form,
        position: [20 + i * 120, 20],
        size: [100, 80],
        width: 2 + i,
        radius: 8,
        rotation: i * 0.2,
        dash: (['solid', 'dashed', 'dotted'] as const)[i % 3]!,
        color: ['ink', '#e03131', '#1971c2'][i % 3]!,
        fill: i % 2 === 0 ? '#d0ebff' : 'none',
      });
    }
    add({
      kind: 'sticky',
      position: [20, 130],
      size: [140, 140],
      text: 'One log,\nmany screens',
      fontSize: 18,
    });
    add({
      kind: 'arrow',
      points: [
        [200, 150],
        [380, 240],
      ],
      endHead: 'triangle',
      startHead: 'dot',
      width: 3,
    });
    add({
      kind: 'line',
      routing: 'curve',
      points: [
        [400, 150],
        [450, 250],
        [520, 150],
        [600, 250],
      ],
      width: 4,
    });
    add({
      kind: 'text',
      position: [200, 260],
      size: [300, 30],
      text: 'Plain text <&> "quoted"',
      fontSize: 22,
    });
    const wave = (y: number) =>
      Array.from({ length: 60 }, (_, i) => ({ x: 30 + i * 9, y: y + Math.round(30 * Math.sin(i / 5)) }));
    add({ kind: 'stroke', width: 6, points: wave(350) });
    add({
      kind: 'stroke',
      tool: 'highlighter',
      color: '#ffd43b',
      width: 22,
      opacity: 0.6,
      points: wave(360),
    });
    add({ kind: 'frame', position: [10, 310], size: [600, 150], title: 'Ink' });
    mount({ theme });
  }, theme);
  return tab;
}

describe('export', () => {
  it.each(['light', 'dark'] as const)('as SVG looks as the screen does, %s', async (theme) => {
    const tab = await openGallery(theme);
    const screen = await committedPixels(tab);
    await tab.page.evaluate(async (theme) => {
      const { exportSvg, board, element, view } = window.canvasPage;
      const only = { minX: 0, minY: 0, maxX: 640, maxY: 480 };
      const image = new Image();
      image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await exportSvg(board, { theme, only }))}`;
      await image.decode();
      view!.destroy();
      image.style.setProperty('display', 'block');
      element.replaceChildren(image);
    }, theme);
    const exported = PNG.sync.read(await tab.page.screenshot());
    // Antialiasing is another rasteriser's: edges differ by shades, shapes, places and colours not at all.
    let far = 0;
    for (let i = 0; i < screen.data.length; i += 4) {
      let distance = 0;
      for (let c = 0; c < 3; c++) {
        distance = Math.max(distance, Math.abs((screen.data[i + c] ?? 0) - (exported.data[i + c] ?? 0)));
      }
      if (distance > 64) far++;
    }
    expect(difference(screen, exported).pixels).toBeLessThan(640 * 480 * 0.05);
    expect(far).toBeLessThan(640 * 480 * 0.002);
    expect(tab.errors).toEqual([]);
    await tab.close();
  });

  it.each([1, 2])('as PNG has the pixels of the screen, at %d×', async (scale) => {
    const tab = await openGallery('light');
    const png = await tab.page.evaluate(async (scale) => {
      const { exportPng, board } = window.canvasPage;
      const only = { minX: 0, minY: 0, maxX: 640, maxY: 480 };
      const blob = await exportPng(board, { scale, only });
      return [...new Uint8Array(await blob.arrayBuffer())];
    }, scale);
    const exported = PNG.sync.read(Buffer.from(png));
    expect([exported.width, exported.height]).toEqual([640 * scale, 480 * scale]);
    if (scale === 1) {
      const screen = await committedPixels(tab);
      expect(difference(screen, exported).pixels).toBeLessThan(640 * 480 * 0.01);
    }
    await tab.close();
  });

  it('as PNG may be transparent', async () => {
    const tab = await openGallery('light');
    const png = await tab.page.evaluate(async () => {
      const blob = await window.canvasPage.exportPng(window.canvasPage.board, { background: 'transparent' });
      return [...new Uint8Array(await blob.arrayBuffer())];
    });
    const { data } = PNG.sync.read(Buffer.from(png));
    expect(data[3]).toBe(0);
    expect(data.some((value, i) => i % 4 === 3 && value === 255)).toBe(true);
    await tab.close();
  });
});
