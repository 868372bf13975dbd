/** Where the viewport is: its top left corner in page units, and CSS pixels per page unit. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

/** A whiteboard that is measured. */
export interface Contender {
  /** Reads the board as it is stored, shows it at `place`, and resolves when all that is visible is painted. */
  open(stored: ArrayBuffer, place: Place): Promise<void>;
  /** Looks elsewhere, and resolves when all that is visible there is painted as finely as it will be. */
  look(place: Place): Promise<void>;
  /** Resolves when all that is visible is painted. */
  settle(): Promise<void>;
  /** The element that a pointer's events go to. */
  target(): HTMLElement;
  /** The canvas that shows what is committed. */
  canvas(): HTMLCanvasElement;
  /** The wheel's distance, with Ctrl held, that zooms by 3 %, inwards. */
  readonly zoomDelta: number;
  takeTool(tool: 'select' | 'pen'): void;
  /** Prepares changes by somebody else, each of which moves one element; returns how to let the next one arrive. */
  remoteMoves(stored: ArrayBuffer): () => void;
}
