import type { Style, StyleName } from '@inkwire/core';
import { flattenPath, SHAPE_FORMS, shapePath } from '@inkwire/core';
import { type SVGTemplateResult, svg } from 'lit';

/** One of the values that a property can be given. */
export interface StyleOption {
  readonly label: string;
  readonly style: Style;
  readonly icon: SVGTemplateResult;
}

/** A property with a list of values to choose from. */
export interface StyleList {
  readonly name: StyleName;
  readonly label: string;
  readonly options: readonly StyleOption[];
}

const drawing = (content: SVGTemplateResult): SVGTemplateResult => svg`
  <svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" stroke-width="1.7"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${content}</svg>`;

const letters = (text: string, family: string, size = 14): SVGTemplateResult =>
  drawing(svg`<text x="12" y="12" dy="0.35em" text-anchor="middle" fill="currentColor" stroke="none"
    font-family=${family} font-size=${size}>${text}</text>`);

const path = (d: string, more = ''): SVGTemplateResult =>
  drawing(svg`<path d=${d} stroke-dasharray=${more}/>`);

/** A shape's outline, drawn as it will be. */
function formIcon(form: (typeof SHAPE_FORMS)[number]): SVGTemplateResult {
  const [outline] = flattenPath(shapePath(form, [18, 16]));
  const points = Array.from(outline ?? [], (value, i) => (value + (i % 2 === 0 ? 3 : 4)).toFixed(1)).join(
    ' ',
  );
  return drawing(svg`<polygon points=${points}/>`);
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

const HEADS: readonly (readonly [head: NonNullable<Style['endHead']>, label: string, d: string])[] = [
  ['none', 'No head', 'M4 12h16'],
  ['arrow', 'Arrow head', 'M4 12h15M13.5 7l5.5 5-5.5 5'],
  ['triangle', 'Triangle', 'M4 12h9M13 7.5v9l7-4.5z'],
  ['dot', 'Dot', 'M4 12h10M14 12a3 3 0 1 0 6 0 3 3 0 1 0-6 0'],
  ['diamond', 'Diamond', 'M4 12h8M12 12l4-4 4 4-4 4z'],
  ['bar', 'Bar', 'M4 12h15M19 7v10'],
];

const mirrored = (d: string): SVGTemplateResult =>
  drawing(svg`<path d=${d} transform="matrix(-1 0 0 1 24 0)"/>`);

/** In the order in which the bar shows them. Colour, fill and width are shown in ways of their own. */
export const STYLE_LISTS: readonly StyleList[] = [
  {
    name: 'form',
    label: 'Shape',
    options: SHAPE_FORMS.map((form) => ({ label: capital(form), style: { form }, icon: formIcon(form) })),
  },
  {
    name: 'dash',
    label: 'Line style',
    options: [
      { label: 'Solid', style: { dash: 'solid' }, icon: path('M4 12h16') },
      { label: 'Dashed', style: { dash: 'dashed' }, icon: path('M4 12h16', '5 4') },
      { label: 'Dotted', style: { dash: 'dotted' }, icon: path('M4 12h16', '0.1 4') },
    ],
  },
  {
    name: 'routing',
    label: 'Way of the line',
    options: [
      { label: 'Straight', style: { routing: 'straight' }, icon: path('M4 19L20 5') },
      { label: 'Curved', style: { routing: 'curve' }, icon: path('M4 19C4 10 20 14 20 5') },
      { label: 'Elbow', style: { routing: 'elbow' }, icon: path('M4 19V12H20V5') },
    ],
  },
  {
    name: 'startHead',
    label: 'Start of the line',
    options: HEADS.map(([startHead, label, d]) => ({ label, style: { startHead }, icon: mirrored(d) })),
  },
  {
    name: 'endHead',
    label: 'End of the line',
    options: HEADS.map(([endHead, label, d]) => ({ label, style: { endHead }, icon: path(d) })),
  },
  {
    name: 'font',
    label: 'Font',
    options: [
      { label: 'Handwriting', style: { font: 'hand' }, icon: letters('Aa', 'cursive', 15) },
      { label: 'Sans serif', style: { font: 'sans' }, icon: letters('Aa', 'system-ui, sans-serif') },
      { label: 'Serif', style: { font: 'serif' }, icon: letters('Aa', 'Georgia, serif') },
      { label: 'Monospace', style: { font: 'mono' }, icon: letters('Aa', 'ui-monospace, monospace', 13) },
    ],
  },
  {
    name: 'fontSize',
    label: 'Size of text',
    options: [
      { label: 'Small', style: { fontSize: 16 }, icon: letters('S', 'system-ui, sans-serif', 11) },
      { label: 'Middle', style: { fontSize: 22 }, icon: letters('M', 'system-ui, sans-serif', 13) },
      { label: 'Large', style: { fontSize: 32 }, icon: letters('L', 'system-ui, sans-serif', 15) },
      { label: 'Huge', style: { fontSize: 52 }, icon: letters('XL', 'system-ui, sans-serif', 15) },
    ],
  },
  {
    name: 'align',
    label: 'Alignment of text',
    options: [
      { label: 'Start', style: { align: 'start' }, icon: path('M5 7h14M5 12h9M5 17h11') },
      { label: 'Centre', style: { align: 'center' }, icon: path('M5 7h14M8 12h8M7 17h10') },
      { label: 'End', style: { align: 'end' }, icon: path('M5 7h14M10 12h9M8 17h11') },
    ],
  },
  {
    name: 'opacity',
    label: 'Opacity',
    options: [100, 75, 50, 25].map((percent) => ({
      label: `${percent} %`,
      style: { opacity: Math.round((percent * 255) / 100) / 255 },
      icon: drawing(svg`<circle cx="12" cy="12" r="7.5"/>
        <path d="M12 4.5a7.5 7.5 0 0 1 0 15z" fill="currentColor" fill-opacity=${percent / 100}/>`),
    })),
  },
];
