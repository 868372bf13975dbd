import type { CustomElement, ShapeElement } from '@inkwire/core';

/** Elements are immutable, so a label is right for as long as its element exists. */
const labels = new WeakMap<CustomElement, ShapeElement>();

/**
 * The text of an element of an app's own kind, as the label of a rectangle in its place: there people write it, and
 * there the kind's painter paints it, by `paintLayout` and `textLayoutOf` of this.
 */
export function labelOfCustom(element: CustomElement): ShapeElement {
  let label = labels.get(element);
  if (label === undefined) {
    label = {
      ...element,
      kind: 'shape',
      form: 'rectangle',
      width: 0,
      fill: 'none',
      dash: 'solid',
      radius: 0,
      font: 'hand',
      fontSize: 20,
      align: 'center',
      verticalAlign: 'center',
    };
    labels.set(element, label);
  }
  return label;
}
