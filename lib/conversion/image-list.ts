import { createHash } from 'node:crypto';
import type { NoticeList } from './notices';
import { BOUNDS, type ConvertedImage } from './schema';

/** The images of a text, each once, within the bounds on their number and bytes. */
export type ImageList = {
  /** Takes an image and gives its file name; null where it is left out, which is noticed. */
  add(bytes: Uint8Array, image: { mediaType: string; page?: string; place?: string }): string | null;
  all(): ConvertedImage[];
};

/** The image formats that browsers show, by their first bytes; what a file says of itself may be wrong. */
const SIGNATURES: [mediaType: string, ending: string, pattern: RegExp][] = [
  ['image/png', 'png', /^\x89PNG/],
  ['image/jpeg', 'jpg', /^\xFF\xD8\xFF/],
  ['image/gif', 'gif', /^GIF8/],
  ['image/webp', 'webp', /^RIFF[\s\S]{4}WEBP/],
  ['image/avif', 'avif', /^[\s\S]{4}ftypavif/],
];

export function createImageList(notices: NoticeList): ImageList {
  const images = new Map<string, ConvertedImage>();
  let total = 0;
  const leaveOut = (element: string, reason: string, place?: string) => {
    notices.add({ kind: 'left-out', element, reason, place });
    return null;
  };
  return {
    add(bytes, { mediaType, page, place }) {
      const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
      const format = SIGNATURES.find(([, , pattern]) => pattern.test(start));
      if (!format) return leaveOut(mediaType, 'image-format', place);
      const digest = createHash('sha256').update(bytes).digest('hex');
      const known = images.get(digest);
      if (known) return known.id;
      if (images.size >= BOUNDS.images || total + bytes.length > BOUNDS.imageBytes)
        return leaveOut('image', 'too-many-images', place);
      total += bytes.length;
      const id = `${page === undefined ? 'image' : 'page'}-${String(images.size + 1).padStart(3, '0')}.${format[1]}`;
      images.set(digest, { id, mediaType: format[0], bytes, ...(page !== undefined && { page }) });
      return id;
    },
    all: () => [...images.values()],
  };
}
