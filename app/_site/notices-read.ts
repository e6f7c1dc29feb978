/** The event of the window that says that notices were read: the bell counts anew. */
export const NOTICES_READ = 'scholion-notices-read';
