import { type SVGTemplateResult, svg } from 'lit';

const icon = (content: SVGTemplateResult): SVGTemplateResult => svg`
  <svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" stroke-width="1.7"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${content}</svg>`;

export const PEN = icon(
  svg`<path d="M4 20l1.1-4.4L16.3 4.4a1.8 1.8 0 0 1 2.6 0l.7.7a1.8 1.8 0 0 1 0 2.6L8.4 18.9 4 20z"/><path d="M14.2 6.5l3.3 3.3"/>`,
);

export const HIGHLIGHTER = icon(
  svg`<path d="M9.5 14.5l-3-3 8.2-7.6a1.5 1.5 0 0 1 2.1 0l3.3 3.3a1.5 1.5 0 0 1 0 2.1l-7.6 8.2-3-3z"/><path d="M6.5 11.5L5.6 15l3.4 3.4 3.5-.9"/><path d="M5.9 16.6L3.6 19.6h3.6l1-1.2"/>`,
);

export const ERASER = icon(
  svg`<path d="M8.6 19.6h10.9"/><path d="M4.6 13.4l8.8-8.8a1.8 1.8 0 0 1 2.5 0l3.9 3.9a1.8 1.8 0 0 1 0 2.5l-8.6 8.6H8l-3.4-3.7a1.8 1.8 0 0 1 0-2.5z"/><path d="M9.3 8.8l6.3 6.3"/>`,
);

export const HAND = icon(
  svg`<path d="M8.2 12.6V5.9a1.5 1.5 0 0 1 3 0v5"/><path d="M11.2 10.4V4.6a1.5 1.5 0 0 1 3 0v6"/><path d="M14.2 10.8V6a1.5 1.5 0 0 1 3 0v5.6"/><path d="M17.2 9.6a1.5 1.5 0 0 1 2.9.4v4.2c0 3.6-2.5 6-6 6-2.6 0-4-.9-5.4-3l-3-4.6a1.5 1.5 0 0 1 2.5-1.6l1.8 2.4"/>`,
);

export const UNDO = icon(svg`<path d="M8.5 5L4.5 9l4 4"/><path d="M4.5 9h9.3a5.2 5.2 0 0 1 0 10.4H9.5"/>`);

export const REDO = icon(svg`<path d="M15.5 5l4 4-4 4"/><path d="M19.5 9h-9.3a5.2 5.2 0 0 0 0 10.4h4.3"/>`);

export const MINUS = icon(svg`<path d="M6 12h12"/>`);

export const PLUS = icon(svg`<path d="M6 12h12M12 6v12"/>`);

export const FIT = icon(
  svg`<path d="M4.5 9V6a1.5 1.5 0 0 1 1.5-1.5h3M15 4.5h3A1.5 1.5 0 0 1 19.5 6v3M19.5 15v3a1.5 1.5 0 0 1-1.5 1.5h-3M9 19.5H6A1.5 1.5 0 0 1 4.5 18v-3"/>`,
);
