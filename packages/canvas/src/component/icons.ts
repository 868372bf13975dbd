import { type SVGTemplateResult, svg } from 'lit';

const icon = (content: SVGTemplateResult): SVGTemplateResult => svg`
  <svg viewBox="0 0 24 24" width="22" height="22" fill="none" stroke="currentColor" stroke-width="1.7"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${content}</svg>`;

export const CLOSE = icon(svg`<path d="M6 6l12 12M18 6L6 18"/>`);

export const LOCKED = icon(
  svg`<rect x="5.5" y="10.5" width="13" height="9" rx="2"/><path d="M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5"/><path d="M12 14v2"/>`,
);

export const UNLOCKED = icon(
  svg`<rect x="5.5" y="10.5" width="13" height="9" rx="2"/><path d="M8.5 10.5V7.5a3.5 3.5 0 0 1 6.8-1.2"/><path d="M12 14v2"/>`,
);

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

export const SELECT = icon(svg`<path d="M6 4.5l12.5 6.2-5.3 1.8-2.4 5.2z"/>`);

export const LASSO = icon(
  svg`<path d="M12 4.5c4.4 0 8 2.5 8 5.6s-3.6 5.6-8 5.6-8-2.5-8-5.6 3.6-5.6 8-5.6z" stroke-dasharray="3 2.6"/><path d="M7.4 14.8c-1.6.5-1.8 2.6-.2 2.9 1.9.3 1.6 2.6-.3 2.8"/>`,
);

export const PART_ERASER = icon(
  svg`<path d="M3.5 18.5c3-3 4.5-3 7.5 0M15.5 18.5c1.5 1 3.5 1 5-.5"/><path d="M9 10.6l4.7-5.2a1.6 1.6 0 0 1 2.3-.1l3.2 2.9a1.6 1.6 0 0 1 .1 2.3l-4.7 5.2h-2.6l-2.9-2.7a1.7 1.7 0 0 1-.1-2.4z"/>`,
);

export const RECTANGLE = icon(svg`<rect x="4" y="5.5" width="16" height="13" rx="2"/>`);

export const ELLIPSE = icon(svg`<ellipse cx="12" cy="12" rx="8.5" ry="7"/>`);

export const SHAPES = icon(
  svg`<path d="M12 3.5l4 4.3-4 4.3-4-4.3z"/><circle cx="7.2" cy="16.8" r="3.4"/><path d="M13.6 19.8l3.6-6.3 3.6 6.3z"/>`,
);

export const LINE = icon(svg`<path d="M5 19L19 5"/>`);

export const ARROW = icon(svg`<path d="M5 19L18.5 5.5"/><path d="M10.5 5.2h8.3v8.3"/>`);

export const TEXT = icon(svg`<path d="M5 7.5V5h14v2.5M12 5v14M9 19h6"/>`);

export const STICKY = icon(
  svg`<path d="M5.5 4.5h13a1 1 0 0 1 1 1v8.5l-5.5 5.5H5.5a1 1 0 0 1-1-1v-13a1 1 0 0 1 1-1z"/><path d="M19.5 14H15a1 1 0 0 0-1 1v4.5"/>`,
);

export const FRAME = icon(svg`<path d="M7.5 3.5v17M16.5 3.5v17M3.5 7.5h17M3.5 16.5h17"/>`);

export const LASER = icon(
  svg`<path d="M5 19l7.5-7.5"/><circle cx="14.5" cy="9.5" r="2"/><path d="M14.5 3.5v2M20.5 9.5h-2M18.7 5.3l-1.4 1.4M18.7 13.7l-1.4-1.4"/>`,
);

export const PICTURE = icon(
  svg`<rect x="4" y="5" width="16" height="14" rx="2"/><circle cx="9" cy="10" r="1.5"/><path d="M4.5 17l4.5-4 3.5 3 3-2.5 4 3.5"/>`,
);

export const MORE = icon(
  svg`<circle cx="5.5" cy="12" r="1.2" fill="currentColor"/><circle cx="12" cy="12" r="1.2" fill="currentColor"/><circle cx="18.5" cy="12" r="1.2" fill="currentColor"/>`,
);

/** What a row of the menu shows for aligning: a line, and two bars that lie along it. */
const bars = (content: SVGTemplateResult): SVGTemplateResult => svg`
  <svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.7"
    stroke-linecap="round" aria-hidden="true">${content}</svg>`;

export const ALIGN: Readonly<Record<string, SVGTemplateResult>> = {
  'align.left': bars(
    svg`<path d="M5 4v16"/><rect x="8" y="6.5" width="11" height="4" rx="1"/><rect x="8" y="13.5" width="7" height="4" rx="1"/>`,
  ),
  'align.center': bars(
    svg`<path d="M12 4v2.5M12 10.5v3M12 17.5V20"/><rect x="5" y="6.5" width="14" height="4" rx="1"/><rect x="8" y="13.5" width="8" height="4" rx="1"/>`,
  ),
  'align.right': bars(
    svg`<path d="M19 4v16"/><rect x="5" y="6.5" width="11" height="4" rx="1"/><rect x="9" y="13.5" width="7" height="4" rx="1"/>`,
  ),
  'align.top': bars(
    svg`<path d="M4 5h16"/><rect x="6.5" y="8" width="4" height="11" rx="1"/><rect x="13.5" y="8" width="4" height="7" rx="1"/>`,
  ),
  'align.middle': bars(
    svg`<path d="M4 12h2.5M10.5 12h3M17.5 12H20"/><rect x="6.5" y="5" width="4" height="14" rx="1"/><rect x="13.5" y="8" width="4" height="8" rx="1"/>`,
  ),
  'align.bottom': bars(
    svg`<path d="M4 19h16"/><rect x="6.5" y="5" width="4" height="11" rx="1"/><rect x="13.5" y="9" width="4" height="7" rx="1"/>`,
  ),
  'distribute.x': bars(
    svg`<path d="M4.5 4v16M19.5 4v16"/><rect x="9.5" y="7" width="5" height="10" rx="1"/>`,
  ),
  'distribute.y': bars(
    svg`<path d="M4 4.5h16M4 19.5h16"/><rect x="7" y="9.5" width="10" height="5" rx="1"/>`,
  ),
};
