/** Page images: the canvases of an edition, the images on them, and the regions that glosses stand on. */

export { canvasIri, canvasNamed, imageIri, imageNamed } from './names';
export { IMAGE_LARGEST, IMAGE_TYPE, readPicture } from './picture';
export {
  type Attached,
  attachCanvases,
  CANVAS_LIMIT,
  changeCanvas,
  putPicture,
  putService,
  removeCanvas,
  type Wanted,
} from './put';
export {
  getCanvas,
  getImage,
  getImageFile,
  getNamedCanvas,
  imagesKept,
  listCanvases,
  pictureOf,
  presentCanvas,
} from './read';
export { fragmentOf, regionAmong, regionOf, requireInside, selectorOf, wholeOf } from './region';
export type * from './schema';
export { infoOf, serviceIri, thumbnailOf, wholeUrlOf } from './service';
export { isUnsafeSvg } from './shape';
export type { Canvas, Image } from './store';
