import { anchorMigration } from '@/lib/annotation';
import { publishEdition } from '@/lib/edition';

/** Publishes the draft of argv[2], says when it is about to end the section argv[3], and then waits to be killed. */
const [, , slug = '', last] = process.argv;
publishEdition(slug, {
  ...anchorMigration,
  stage: async (tx, change) => {
    const notes = await anchorMigration.stage(tx, change);
    if (change.section === last) {
      console.log('here');
      await new Promise(() => setTimeout(() => {}, 60_000));
    }
    return notes;
  },
});
