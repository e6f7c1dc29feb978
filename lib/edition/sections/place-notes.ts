import type { BodyState } from '../tei/body-state';
import type { Block, FlowNote } from '../tei/flow';

/** Notes that stand elsewhere (a list at the end) belong where they are called, or where their `@target` points to. */
export function placeCalledNotes(body: BodyState): void {
  const byId = new Map(body.notes.flatMap((note) => (note.xmlId ? [[note.xmlId, note] as const] : [])));
  const callFor = new Map<FlowNote, { block: Block; offset: number }>();
  for (const [xmlId, call] of body.calls) {
    const note = byId.get(xmlId);
    if (note) callFor.set(note, call);
  }
  for (const note of body.notes) {
    const target = note.targets.find((pointer) => pointer.startsWith('#'))?.slice(1);
    const block = target === undefined || callFor.has(note) ? undefined : body.anchors.get(target);
    if (block) callFor.set(note, { block, offset: block.length });
  }
  if (callFor.size === 0) return;
  for (const block of [...body.flow.blocks, ...body.notes.flatMap(({ blocks }) => blocks)]) {
    if (block.notes.length > 0) block.notes = block.notes.filter(({ note }) => !callFor.has(note));
  }
  for (const [note, { block, offset }] of callFor) {
    // A note that calls itself stands nowhere else.
    if (note.blocks.includes(block)) continue;
    block.notes.push({ offset: Math.min(offset, block.length), note });
    block.notes.sort((a, b) => a.offset - b.offset);
  }
}
