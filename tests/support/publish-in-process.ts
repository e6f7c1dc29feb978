import { operator } from '@/lib/identity';
import { publishDraft } from '@/lib/publication';

/** Publishes the draft of argv[2], in a process that a test can kill. */
publishDraft(operator, process.argv[2] ?? '');
