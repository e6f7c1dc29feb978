/** Page images: the canvases of an edition, their images, and the regions that glosses target. */

export { onCanvas, sizeAt } from './image-address';
export { fullImageUrl, imageInfo, serviceIri, thumbnailUrl } from './image-service';
export { IMAGE_MAX_BYTES, IMAGE_TYPE, tileImage } from './image-tiling';
export { canvasIri, imageIri, imagePath, parseCanvasIri, parseImageIri } from './iris';
export {
  cropRegion,
  findCanvasOfImage,
  getCanvas,
  getCanvasByIdOrIri,
  getImage,
  getImageFile,
  listCanvases,
  presentCanvas,
  storedImagesAmong,
} from './read';
export {
  findRegion,
  fragmentOf,
  fullCanvasRegion,
  parseRegion,
  requireInsideCanvas,
  selectorOf,
} from './region';
export type * from './schema';
export { type Canvas, deleteImagesOfEdition, type Image } from './store';
export { isUnsafeSvg } from './svg-shape';
export {
  CANVAS_LIMIT,
  type CanvasImage,
  type CanvasInput,
  deleteCanvas,
  insertTextImages,
  putCanvasImages,
  putImageService,
  type TextImage,
  updateCanvas,
  uploadImage,
} from './write';
