import { correctionOf, pointersOf } from './attributes';
import type { BodyState, Frame } from './body-state';
import { Flow, type FlowNote } from './flow';

/** Opens a note, whose text is a flow of its own, and marks where it is called. */
export function openNote(body: BodyState, frame: Frame): void {
  const { tag, language } = frame;
  const { attributes } = tag;
  const { flow } = body.current;
  if (body.context.isFirstCanon && attributes.get('type') === 'editorial') {
    openEditorialNote(body, frame);
    return;
  }
  const note: FlowNote = {
    xmlId: attributes.get('xml:id') ?? null,
    label: attributes.get('n')?.trim() || null,
    language,
    targets: pointersOf(tag, 'target'),
    blocks: [],
  };
  const offset = body.context.isFirstCanon ? flow.offset : flow.written;
  flow.pointBehind((block, at) => {
    block.notes.push({ offset: at, note });
  }, offset);
  frame.note = note;
  frame.textKind = 'note';
  body.flows.push({ flow: new Flow(), note });
  body.context.tally.beginNote(note);
}

/** Ends a note; one without words is none. */
export function finishNote(body: BodyState, note: FlowNote): void {
  const { flow } = body.current;
  flow.finish();
  note.blocks = flow.blocks;
  for (const block of note.blocks) if (block.kind === 'p') block.kind = 'note';
  body.flows.pop();
  body.context.tally.endNote();
  if (note.blocks.length > 0) body.notes.push(note);
}

/** canon/1: an editor's doubt about words before it. */
export function openEditorialNote(body: BodyState, frame: Frame): void {
  const { flow } = body.current;
  const start = flow.offset;
  body.beside(frame, 'note', (words) => {
    flow.point((block) => {
      const target = pointersOf(frame.tag, 'target')[0]?.slice(1);
      const about = block.spans.find(({ id }) => id !== null && id === target);
      const range = about ? { start: about.start, end: about.end } : { start, end: start };
      block.corrections.push({ ...correctionOf(frame.tag, words, 'note'), ...range });
    });
  });
}
