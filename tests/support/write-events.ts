import { recordActivity } from '@/lib/activity';
import { transaction } from '@/lib/db';

/**
 * A process that writes events into a group, unless it is killed before: `group actor writers each`. One writer in three
 * holds its transactions open for a while after the event, and every tenth transaction fails.
 */
const [groupId = '', actorId = '', writers = '3', each = '30'] = process.argv.slice(2);
process.stdout.write('ready\n');

async function write(writer: number): Promise<void> {
  for (let i = 0; i < Number(each); i++) {
    await transaction(async (tx) => {
      await recordActivity(tx, { groupId, kind: 'group.updated', actorId });
      if (writer % 3 === 0) await new Promise((wake) => setTimeout(wake, 20 + ((i * 37) % 180)));
      if (i % 10 === 9) throw new Error('undone');
    }).catch((error) => {
      if (error.message !== 'undone') throw error;
    });
  }
}

await Promise.all(Array.from({ length: Number(writers) }, (_, writer) => write(writer)));
process.exit(0);
