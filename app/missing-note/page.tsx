import { notFound } from 'next/navigation';

/** Where a link to a note leads that is not there, or not for this reader: a page with a way on, and the status 404. */
export default function MissingNotePage() {
  notFound();
}
