import type { Point } from '@inkwire/core';
import { panBy, zoomTo } from '../scene/camera.js';
import type { Command } from './command.js';
import type { Editor } from './editor.js';

/** CSS pixels of one press of an arrow key; with Shift, four times that. */
const PAN_STEP = 60;
const LARGE_PAN_STEP = 240;
const ZOOM_STEP = 1.25;
/** Page units. */
const GRID = 20;

const DIRECTIONS: readonly (readonly [name: string, key: string, x: number, y: number])[] = [
  ['left', 'ArrowLeft', -1, 0],
  ['right', 'ArrowRight', 1, 0],
  ['up', 'ArrowUp', 0, -1],
  ['down', 'ArrowDown', 0, 1],
];

/** Where a person looks; arrows move the page while nothing is selected. */
export const VIEW_COMMANDS: readonly Command[] = [
  look('zoom.in', 'Zoom in', ['+', '='], (editor) => zoom(editor, editor.camera.zoom * ZOOM_STEP)),
  look('zoom.out', 'Zoom out', ['-', '_'], (editor) => zoom(editor, editor.camera.zoom / ZOOM_STEP)),
  look('zoom.reset', 'Zoom to 100 %', ['0'], (editor) => zoom(editor, 1)),
  look('grid', 'Grid', ["Mod+'"], (editor) => editor.setGrid(editor.grid === null ? GRID : null)),
  look('zoom.fit', 'Show the whole board', ['1'], (editor) => editor.fit()),
  ...DIRECTIONS.flatMap(([name, key, x, y]) => [
    look(`pan.${name}`, `Move ${name}`, [key], pan([x * PAN_STEP, y * PAN_STEP])),
    look(
      `pan.${name}.far`,
      `Move far ${name}`,
      [`Shift+${key}`],
      pan([x * LARGE_PAN_STEP, y * LARGE_PAN_STEP]),
    ),
  ]),
];

function look(name: string, label: string, keys: readonly string[], run: (editor: Editor) => void): Command {
  return { name, label, group: 'view', keys, changes: false, enabled: () => true, run };
}

function zoom(editor: Editor, to: number): void {
  const { width, height } = editor.size();
  editor.setCamera(zoomTo(editor.camera, to, [width / 2, height / 2]));
}

function pan([dx, dy]: Point): (editor: Editor) => void {
  return (editor) => editor.setCamera(panBy(editor.camera, dx, dy));
}
