import { sql } from 'kysely';
import { storeContract } from '../contracts/store-contract.ts';
import { openTestStores } from '../fixtures/stores.ts';

storeContract('SQLite', async () => {
  const { stores, database, close } = await openTestStores();
  return {
    stores,
    close,
    async execute(statement) {
      await sql.raw(statement).execute(database);
    },
  };
});
