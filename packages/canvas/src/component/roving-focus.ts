/** Which button of a bar the Tab key stops at. */
const stops = new WeakMap<ParentNode, HTMLButtonElement>();

/**
 * One stop for the Tab key, arrows within: the keyboard pattern of toolbars (WAI-ARIA). Call after each rendering of
 * `root`, whose buttons may have come, gone or been disabled, and, since that asks for no layout, of `leaveHidden` when
 * there is more or less room for it. Its first button is one that there is always room for.
 */
export function updateRovingFocus(root: ParentNode): void {
  const known = stops.get(root);
  const usable = buttonsOf(root).filter(({ disabled }) => !disabled);
  stopAt(root, usable.find((button) => button === known) ?? usable[0]);
}

/** Stops at a button that is shown where there is no room for the one that it was. */
export function leaveHidden(root: ParentNode): void {
  const known = stops.get(root);
  if (known === undefined || isUsable(known)) return;
  stopAt(root, buttonsOf(root).find(isUsable) ?? known);
}

/** Moves the focus for an arrow key, Home or End; returns whether the key was one. */
export function moveRovingFocus(root: ParentNode, focused: Element | null, key: string): boolean {
  const usable = buttonsOf(root).filter(isUsable);
  const at = usable.indexOf(focused as HTMLButtonElement);
  const next = targetOf(key, at, usable.length);
  const target = next === null ? undefined : usable[next];
  if (target === undefined) return false;
  stopAt(root, target);
  target.focus();
  return true;
}

function buttonsOf(root: ParentNode): HTMLButtonElement[] {
  return [...root.querySelectorAll<HTMLButtonElement>('button')];
}

function stopAt(root: ParentNode, stop: HTMLButtonElement | undefined): void {
  if (stop === undefined) stops.delete(root);
  else stops.set(root, stop);
  for (const button of buttonsOf(root)) {
    const index = button === stop ? 0 : -1;
    if (button.tabIndex !== index) button.tabIndex = index;
  }
}

/** Small boards have no room for all of them. */
function isUsable(button: HTMLButtonElement): boolean {
  return !button.disabled && button.getClientRects().length > 0;
}

function targetOf(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
