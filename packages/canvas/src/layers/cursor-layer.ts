import type { Participant } from '@inkwire/core';
import { contrast } from '../paint/color.js';
import { type Camera, toViewport } from '../scene/camera.js';

/** Where the others point, each with their name. */
export interface CursorLayer {
  show(others: readonly Participant[], camera: Camera): void;
  destroy(): void;
}

interface Pointer {
  readonly root: HTMLElement;
  readonly arrow: SVGPathElement;
  readonly name: HTMLElement;
}

const SVG = 'http://www.w3.org/2000/svg';
const FALLBACK_COLOR = '#5b6474';

/** Styles are set through the CSS object model alone, which a strict Content-Security-Policy allows. */
export function createCursorLayer(container: HTMLElement): CursorLayer {
  const document = container.ownerDocument;
  const layer = document.createElement('div');
  layer.setAttribute('aria-hidden', 'true');
  Object.assign(layer.style, { position: 'absolute', inset: '0', overflow: 'hidden', pointerEvents: 'none' });
  container.append(layer);
  const pointers = new Map<string, Pointer>();

  function create(session: string): Pointer {
    const root = document.createElement('div');
    root.dataset.session = session;
    Object.assign(root.style, { position: 'absolute', left: '0', top: '0', willChange: 'transform' });
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('width', '20');
    svg.setAttribute('height', '22');
    svg.setAttribute('viewBox', '-2 -2 20 22');
    Object.assign(svg.style, { position: 'absolute', left: '-2px', top: '-2px', overflow: 'visible' });
    const arrow = document.createElementNS(SVG, 'path');
    arrow.setAttribute('d', 'M0 0 L0 15.2 L4.1 11.6 L6.9 17.6 L9.6 16.3 L6.8 10.5 L12 10.1 Z');
    arrow.setAttribute('stroke', '#fff');
    arrow.setAttribute('stroke-width', '1.5');
    arrow.setAttribute('stroke-linejoin', 'round');
    svg.append(arrow);
    const name = document.createElement('span');
    Object.assign(name.style, {
      position: 'absolute',
      left: '12px',
      top: '16px',
      padding: '2px 8px 3px',
      borderRadius: '4px 10px 10px 10px',
      font: '500 12px/1.35 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
      whiteSpace: 'nowrap',
      maxWidth: '14em',
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      boxShadow: '0 1px 3px rgb(0 0 0 / 0.18)',
    });
    root.append(svg, name);
    layer.append(root);
    return { root, arrow, name };
  }

  return {
    show(others, camera) {
      const present = new Set<string>();
      for (const { session, cursor, user } of others) {
        if (cursor === null) continue;
        present.add(session);
        let pointer = pointers.get(session);
        if (pointer === undefined) {
          pointer = create(session);
          pointers.set(session, pointer);
        }
        const [x, y] = toViewport(camera, cursor);
        pointer.root.style.transform = `translate3d(${x.toFixed(2)}px, ${y.toFixed(2)}px, 0)`;
        if (pointer.name.textContent !== user.name) pointer.name.textContent = user.name;
        const color = /^#[0-9a-f]{6}$/i.test(user.color) ? user.color : FALLBACK_COLOR;
        if (pointer.root.dataset.color === color) continue;
        pointer.root.dataset.color = color;
        pointer.arrow.setAttribute('fill', color);
        pointer.name.style.backgroundColor = color;
        pointer.name.style.color = contrast(color, '#ffffff') >= 3 ? '#ffffff' : '#1c1d21';
      }
      for (const [session, { root }] of pointers) {
        if (present.has(session)) continue;
        root.remove();
        pointers.delete(session);
      }
    },
    destroy() {
      layer.remove();
      pointers.clear();
    },
  };
}
