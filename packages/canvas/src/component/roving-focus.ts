/**
 * One stop for the Tab key, arrows within: the keyboard pattern of toolbars (WAI-ARIA). Call after each rendering of
 * `root`, whose buttons may have come, gone or been disabled.
 */
export function updateRovingFocus(root: ParentNode): void {
  const all = [...root.querySelectorAll<HTMLButtonElement>('button')];
  const usable = all.filter(isUsable);
  const current = usable.find((button) => button.tabIndex === 0) ?? usable[0];
  for (const button of all) button.tabIndex = button === current ? 0 : -1;
}

/** Moves the focus for an arrow key, Home or End; returns whether the key was one. */
export function moveRovingFocus(root: ParentNode, focused: Element | null, key: string): boolean {
  const usable = [...root.querySelectorAll<HTMLButtonElement>('button')].filter(isUsable);
  const at = usable.indexOf(focused as HTMLButtonElement);
  const next = targetOf(key, at, usable.length);
  const target = next === null ? undefined : usable[next];
  if (target === undefined) return false;
  for (const button of usable) button.tabIndex = button === target ? 0 : -1;
  target.focus();
  return true;
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
