'use client';
import { ImageCard } from './image-card';
import { MarginCards } from './margin-cards';
import { ThreadList } from './thread-list';
import { UnanchoredThreads } from './unanchored-threads';

/** The threads of a wide screen: cards beside their passages, or a list of them. What is open on an image stands above. */
export function MarginThreads({ isList }: { isList: boolean }) {
  return (
    <>
      <ImageCard isList={isList} />
      <UnanchoredThreads />
      {isList ? <ThreadList /> : <MarginCards />}
    </>
  );
}
