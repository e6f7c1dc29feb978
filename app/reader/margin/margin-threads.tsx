'use client';
import { ImageCard } from './image-card';
import { MarginCards } from './margin-cards';
import { UnanchoredThreads } from './unanchored-threads';

/** The threads of a wide screen: cards beside their passages; without the text (`isImageAlone`) only the open one. */
export function MarginThreads({ isImageAlone }: { isImageAlone: boolean }) {
  return (
    <>
      <ImageCard isAlone={isImageAlone} />
      <UnanchoredThreads />
      {!isImageAlone && <MarginCards />}
    </>
  );
}
