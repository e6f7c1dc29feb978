import type { SpanDetails } from '../schema';
import { correctionOf, witnessesOf } from './attributes';
import type { BodyState, Frame, OpenApp, OpenChoice } from './body-state';
import { CORRECTED_READINGS, PRINTED_READINGS, roleOf } from './element-roles';
import { openInline } from './inlines';

/** A reading that stands outside an apparatus or a choice; in canon/1 also supplied words. */
export function openLooseReading(body: BodyState, frame: Frame): void {
  const { tag } = frame;
  if (tag.name !== 'supplied') {
    openInline(body, frame, null);
    return;
  }
  const { flow } = body.current;
  body.beside(frame, 'supplied', (words) => {
    const correction = correctionOf(tag, words, 'supplied');
    flow.point((block, offset) => {
      block.corrections.push({ ...correction, start: offset, end: offset });
    });
  });
}

/** Opens a child of a choice: the printed reading is text, the others stand beside it. */
export function openChild(body: BodyState, frame: Frame, choice: OpenChoice): void {
  const { name } = frame.tag;
  const { flow } = body.current;
  const isReading = CORRECTED_READINGS.has(name);
  if (!isReading && choice.printed === null) {
    if (!flow.isOpen) body.openImplicitBlock();
    choice.printed = { start: flow.offset, end: flow.offset };
    frame.isPrinted = true;
    if (!PRINTED_READINGS.includes(name)) body.context.tally.plain(frame.tag, true);
    const role = roleOf(name);
    if (role.role === 'inline') openInline(body, frame, role.kind);
    return;
  }
  body.beside(frame, name);
  if (frame.side) choice.readings.push({ name, tag: frame.tag, side: frame.side.text });
}

/** Ends a choice: its readings become corrections of the printed one. */
export function finishChoice(body: BodyState, choice: OpenChoice): void {
  const { flow } = body.current;
  const readings = [...choice.readings];
  if (choice.printed === null) {
    // There is no printed reading: the first stands in the text.
    const only = readings.shift();
    if (!only || only.side.text.trim() === '') return;
    if (!flow.isOpen) body.openImplicitBlock();
    flow.append(only.side.text);
    body.context.tally.takeBack(only.name, only.side.text, body.current.note);
    return;
  }
  const { start, end } = choice.printed;
  for (const { name, tag, side } of readings) {
    const kind = CORRECTED_READINGS.get(name) ?? 'reg';
    const correction = correctionOf(tag, body.context.isFirstCanon ? side.text : side.text.trim(), kind);
    if (correction.corrected === '') continue;
    flow.point((block) => block.corrections.push({ ...correction, start, end }));
  }
}

/** Opens the lemma or a reading of an apparatus: the first is text (TEI P5 §13.1). */
export function openReading(body: BodyState, frame: Frame, app: OpenApp): void {
  const { tag } = frame;
  const witnesses = witnessesOf(tag);
  if (!app.hasText) {
    app.hasText = true;
    app.start = body.current.flow.offset;
    app.blocks = body.current.flow.blocks.length;
    app.witnesses = witnesses;
    return;
  }
  body.beside(frame, tag.name, (text) => app.readings.push({ text: text.trim(), witnesses }));
}

/** An editor's note on a reading stands beside the text with it. */
export function openReadingNote(body: BodyState, frame: Frame, app: OpenApp): void {
  body.beside(frame, 'note', (words) => {
    const note = words.trim();
    const last = app.readings.at(-1);
    if (note === '') return;
    if (last && last.note === undefined) last.note = note;
    else app.readings.push({ text: '', witnesses: [], note });
  });
}

/** Ends an apparatus: its readings are shown at the words that they are about. */
export function finishApp(body: BodyState, { tag }: Frame, app: OpenApp): void {
  if (app.readings.length === 0) return;
  const { flow } = body.current;
  const { witnesses, readings } = app;
  const span = { kind: 'app' as const, id: null, language: null, targets: [] };
  const details: SpanDetails = { readings, ...(witnesses.length > 0 && { witnesses }) };
  body.markId(tag);
  const last = flow.blocks.at(-1);
  if (!flow.isOpen && last && flow.blocks.length > app.blocks) {
    // The lemma was whole paragraphs or lines; the readings are shown at the last.
    last.spans.push({ ...span, details, start: 0, end: last.length });
    return;
  }
  const start = flow.blocks.length > app.blocks ? 0 : app.start;
  flow.point((block, end) => {
    block.spans.push({ ...span, details, start: Math.min(start, end), end });
  });
}

/** Leaves an element out of the text on purpose; a description of a figure is its alternative text. */
export function skip(body: BodyState, frame: Frame): void {
  const { tag } = frame;
  const figure = body.stack.findLast((above) => above.tag.name === 'figure')?.container;
  body.beside(frame, tag.name, (words) => {
    if (tag.name === 'figDesc' && figure && words.trim() !== '') figure.alt = words.trim();
  });
}
