import { PRECISION, REGISTERS, type StyleName } from '@inkwire/core';
import type { Tool, ToolStyle } from './tool.js';

/** How each tool draws: as it was last used. */
export interface ToolStyles {
  /** Null if the tool has no style. */
  of(tool: Tool): ToolStyle | null;
  /** Takes what the tool has of `change`. Throws `RangeError` or `TypeError` that names what cannot be. */
  set(tool: Tool, change: ToolStyle): void;
}

export function createToolStyles(tools: Iterable<Tool>): ToolStyles {
  const styles = new Map<Tool, ToolStyle>();
  for (const tool of tools) if (tool.style !== null) styles.set(tool, checkStyle(tool.style));
  return {
    of: (tool) => styles.get(tool) ?? null,
    set(tool, change) {
      const checked = checkStyle(change);
      const style = styles.get(tool);
      if (style === undefined) return;
      const own = Object.entries(checked).filter(([name]) => name in style);
      styles.set(tool, { ...style, ...Object.fromEntries(own) });
    },
  };
}

/** As a board holds it (D7): what is drawn live then looks as it will when it is committed. */
export function checkStyle(style: ToolStyle): ToolStyle {
  const checked: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(style)) {
    if (value === undefined) continue;
    if (!Object.hasOwn(REGISTERS, name)) throw new TypeError(`There is no style called '${name}'.`);
    checked[name] = checkValue(name as StyleName, value);
  }
  return checked as ToolStyle;
}

function checkValue(name: StyleName, value: unknown): unknown {
  if (name === 'color' && value !== 'ink' && !/^#[0-9a-f]{6}$/i.test(String(value))) {
    throw new RangeError(`color must be '#rrggbb' or 'ink', not '${value}'.`);
  }
  if (name === 'width') {
    if (!(typeof value === 'number' && value > 0 && value <= 1000))
      throw new RangeError(`width must be above 0 and at most 1000 page units, not ${value}.`);
    return Math.max(REGISTERS.width.type.check(value, name), PRECISION.length);
  }
  if (name === 'opacity') {
    if (!(typeof value === 'number' && value > 0 && value <= 1))
      throw new RangeError(`opacity must be above 0 and at most 1, not ${value}.`);
    return Math.max(REGISTERS.opacity.type.check(value, name), PRECISION.opacity);
  }
  return REGISTERS[name].type.check(value, name);
}
