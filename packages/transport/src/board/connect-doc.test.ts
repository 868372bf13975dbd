import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createManualPage, type Rig, startRig } from '../testing/rig.js';
import { connectDoc, type DocConnection } from './connect-doc.js';

let rig: Rig;
const open: DocConnection[] = [];
beforeAll(async () => {
  rig = await startRig();
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((connection) => connection.destroy()));
});
afterAll(() => rig.close());

const connect = (user: string, name: string, doc = new Y.Doc()) => {
  const connection = connectDoc(doc, {
    ...rig.options(user),
    channel: `presence-board-${name}`,
    page: createManualPage(),
  });
  open.push(connection);
  return { doc, text: doc.getText('text'), connection };
};
type Editor = ReturnType<typeof connect>;

/** Resolves when `holds` does, looking whenever something happens to one of the editors. */
const until = (editors: readonly Editor[], holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (holds()) resolve();
    };
    for (const { doc, connection } of editors) {
      doc.on('afterTransaction', look);
      connection.on('status', look);
      connection.awareness.on('change', look);
    }
    look();
  });

const pair = async (name: string): Promise<[Editor, Editor]> => {
  const editors: [Editor, Editor] = [connect('ana', name), connect('ben', name)];
  await until(editors, () =>
    editors.every(({ connection: { status } }) => status.participants === 2 && status.level),
  );
  return editors;
};

const settled = (editors: readonly Editor[]): Promise<void> =>
  until(editors, () => {
    const texts = editors.map(({ text }) => text.toString());
    const saved = editors.every(({ connection: { status } }) => status.saving === 'saved');
    return saved && texts.every((text) => text === texts[0]);
  });

describe('connectDoc', () => {
  it('two editors of one text converge, whoever types where', async () => {
    const [ana, ben] = await pair('typing');
    for (let count = 0; count < 30; count += 1) {
      ana.text.insert(ana.text.length, 'a');
      ben.text.insert(0, 'b');
      if (count % 5 === 4) ana.text.delete(0, 1);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await settled([ana, ben]);
    expect(ana.text.length).toBe(54);
    const { pendingStructs, pendingDs } = ben.doc.store;
    expect([pendingStructs, pendingDs]).toEqual([null, null]);
    expect(ben.connection.writerOf(ben.doc.clientID)).toBe('ben');
  });

  it('shows each editor the awareness of the other, and its end', async () => {
    const [ana, ben] = await pair('awareness');
    const state = (): Record<string, unknown> | undefined =>
      ben.connection.awareness.getStates().get(ana.doc.clientID);
    ana.connection.awareness.setLocalStateField('cursor', { anchor: 3, head: 5 });
    await until([ana, ben], () => state()?.cursor !== undefined);
    expect(state()).toEqual({
      user: { id: 'ana', name: 'ANA', color: '#336699' },
      cursor: { anchor: 3, head: 5 },
    });
    await ana.connection.destroy();
    await until([ben], () => state() === undefined);
  });

  it('hands in what the document had before it was connected', async () => {
    const doc = new Y.Doc();
    doc.getText('text').insert(0, 'written before');
    const ana = connect('ana', 'before', doc);
    await until([ana], () => ana.connection.status.saving === 'saved' && ana.connection.status.level);
    const ben = connect('ben', 'before');
    await until([ben], () => ben.text.toString() === 'written before');
  });

  it('a document can be connected again: what others wrote is not handed in as its own', async () => {
    const [ana, ben] = await pair('again');
    ana.text.insert(0, 'from ana');
    ben.text.insert(0, 'from ben ');
    await settled([ana, ben]);
    await ana.connection.destroy();
    ana.text.insert(0, 'meanwhile ');
    const errors: string[] = [];
    const again = connect('ana', 'again', ana.doc);
    again.connection.on('error', ({ code }) => errors.push(code));
    await until([again, ben], () => ben.text.toString().startsWith('meanwhile'));
    await settled([again, ben]);
    expect(errors).toEqual([]);
  });

  it('carries what another provider puts into the document', async () => {
    const [ana, ben] = await pair('provider');
    const other = new Y.Doc();
    other.clientID = ana.doc.clientID;
    other.getText('text').insert(0, 'from elsewhere');
    Y.applyUpdate(ana.doc, Y.encodeStateAsUpdate(other), 'another provider');
    await until([ben], () => ben.text.toString() === 'from elsewhere');
  });
});
