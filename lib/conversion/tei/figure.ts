import type { Element as SourceElement } from 'hast';
import type { Element } from 'xast';
import { propertyOf } from '../source-tree';
import { cleanText } from './clean-text';
import { emit } from './emit';
import type { TeiContext, TeiState } from './state';
import { tei } from './tei-node';

/** An image as a figure (TEI P5 §14.1): its address, and its alternative text as description. */
export function figureOf(image: SourceElement, context: TeiContext, state: TeiState): Element {
  return emit('figure', {}, image, { context, state }, () => graphicOf(image, state));
}

/** The graphic of an image, and the description of what it shows. */
export function graphicOf(image: SourceElement, state: TeiState): Element[] {
  const source =
    propertyOf(image, 'src') ?? propertyOf(image, 'xLinkHref') ?? propertyOf(image, 'href') ?? '';
  const alternative = cleanText(propertyOf(image, 'alt') ?? '', state).trim();
  return [
    ...(source === '' ? [] : [tei('graphic', { url: cleanText(source, state).replace(/\s/g, '%20') })]),
    ...(alternative === '' ? [] : [tei('figDesc', {}, [alternative])]),
  ];
}
