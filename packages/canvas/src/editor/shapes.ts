import { boxTool } from './box-tool.js';
import type { Tool, ToolStyle } from './tool.js';

const OUTLINE = {
  color: 'ink',
  fill: 'none',
  width: 2,
  dash: 'solid',
  opacity: 1,
} as const satisfies ToolStyle;
/** Of text in shapes. */
const LABEL = { font: 'hand', fontSize: 20, align: 'center' } as const;

export const rectangle: Tool = shapeTool('rectangle', 'rectangle', { ...OUTLINE, radius: 8 });
export const ellipse: Tool = shapeTool('ellipse', 'ellipse', OUTLINE);
/** The shape that the style names. */
export const shape: Tool = shapeTool('shape', null, { ...OUTLINE, form: 'diamond' });

function shapeTool(name: string, form: ToolStyle['form'] | null, style: ToolStyle): Tool {
  return boxTool({
    name,
    style,
    size: [160, 120],
    make: (chosen, place) => ({
      kind: 'shape',
      ...LABEL,
      verticalAlign: 'center',
      ...chosen,
      form: form ?? chosen.form ?? 'diamond',
      ...place,
    }),
  });
}
