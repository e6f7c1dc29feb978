import { escapeXml } from '@/lib/kernel/code-points';
import { isObject, type Json } from '@/lib/kernel/json';
import type { FoundAnnotation } from './find-annotations';
import { toArray } from './third-party';

/** An annotation of a page that Scholion gives to IIIF viewers (lib/iiif): one for each region of a thread. */
const REGION = /^(https?:\/\/.+\/groups\/[^/]+\/annotations\/[^/?#]+)#region-\d+$/;

/** The annotations of a file, those of one thread joined: its targets are the regions of all. */
export function withRegionsJoined(annotations: FoundAnnotation[]): FoundAnnotation[] {
  const targets = new Map<string, unknown[]>();
  const rest = annotations.filter(({ annotation }) => {
    const [, root] = (isObject(annotation) && REGION.exec(String(annotation.id))) || [];
    if (!root) return true;
    targets.set(root, [...(targets.get(root) ?? []), (annotation as Json).target]);
    return false;
  });
  if (targets.size === 0) return annotations;
  return rest.map((found) => {
    const { annotation } = found;
    const more = isObject(annotation) ? targets.get(String(annotation.id)) : undefined;
    if (!more) return found;
    const joined = { ...(annotation as Json), target: [(annotation as Json).target, more].flat(2) };
    return { ...found, annotation: joined };
  });
}

/** The annotation without the name of its author that stands before each body there, for readers of a viewer. */
export function withoutBylines(annotation: Json): Json {
  const bodies = toArray(annotation.body).map((body) => {
    if (!isObject(body) || typeof body.value !== 'string' || !isObject(body.creator)) return body;
    const byline = `<p><b>${escapeXml(String(body.creator.name))}</b></p>`;
    return body.value.startsWith(byline) ? { ...body, value: body.value.slice(byline.length) } : body;
  });
  return { ...annotation, body: bodies };
}
