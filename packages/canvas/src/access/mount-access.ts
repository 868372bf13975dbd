import type { Presence } from '@inkwire/core';
import type { Command } from '../editor/command.js';
import type { Editor } from '../editor/editor.js';
import { viewportBox } from '../scene/camera.js';
import { accessCommands, chooseElement } from './access-commands.js';
import { type AnnouncerTimers, createAnnouncer } from './announcer.js';
import type { NamingContext } from './element-name.js';
import { createKeyboardPointer } from './keyboard-pointer.js';
import { createMirror } from './mirror.js';
import { createReadingOrder } from './reading-order.js';
import { tellRemoteNews } from './remote-news.js';

/** The board for those who do not see it, or do not use a pointer. */
export interface Access {
  readonly commands: readonly Command[];
  /** Tells what is selected now, and shows where the keyboard's pointer is. Cheap when nothing changed. */
  show(): void;
  destroy(): void;
}

export interface AccessOptions {
  readonly container: HTMLElement;
  readonly editor: Editor;
  readonly presence: Presence | null;
  readonly timers: AnnouncerTimers;
  /** What a person is called. Default: as they call themselves while they are here. */
  readonly nameOf?: ((user: string) => string | null) | undefined;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly color: () => string;
}

export function mountAccess(options: AccessOptions): Access {
  const { container, editor, presence, timers, clock } = options;
  const { board } = editor;
  const announcer = createAnnouncer(container, timers);
  const order = createReadingOrder(board);

  function nameOf(user: string): string | null {
    const known = options.nameOf?.(user);
    if (known != null) return known;
    return presence?.others(clock()).find((each) => each.user.id === user)?.user.name ?? null;
  }

  const naming: NamingContext = {
    board,
    nameOf,
    visible: () => viewportBox(editor.camera, editor.size()),
  };
  const choose = (id: Parameters<typeof chooseElement>[1]): void => {
    chooseElement(editor, id);
    container.focus({ preventScroll: true });
  };
  const mirror = createMirror({ container, board, order, naming, choose });
  const pointer = createKeyboardPointer({ container, editor, say: announcer.say, color: options.color });
  const stopNews = tellRemoteNews({ board, say: announcer.say, nameOf, timers });
  let shown: { readonly ids: unknown; readonly first: unknown; readonly readOnly: boolean | null } = {
    ids: null,
    first: null,
    readOnly: null,
  };

  return {
    commands: [...pointer.commands, ...accessCommands({ board, order, say: announcer.say, container })],
    show() {
      pointer.show();
      const { selection, readOnly } = editor;
      const { ids } = selection;
      const first = ids[0] === undefined ? undefined : board.get(ids[0]);
      if (shown.ids === ids && shown.first === first && shown.readOnly === readOnly) return;
      const isOther = shown.ids !== ids;
      shown = { ids, first, readOnly };
      const text = mirror.update(ids, readOnly);
      if (isOther && text !== null && container.ownerDocument.hasFocus()) announcer.say(text);
    },
    destroy() {
      stopNews();
      mirror.destroy();
      pointer.destroy();
      order.destroy();
      announcer.destroy();
    },
  };
}
