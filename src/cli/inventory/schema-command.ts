import { inventorySchema } from '../../inventory/index.js';
import { EXIT } from '../exit-codes.js';

/** `rollcall inventory schema`: prints what editors complete and check an inventory by. */
export function printSchema(): number {
  process.stdout.write(`${JSON.stringify(inventorySchema(), undefined, 1)}\n`);
  return EXIT.ok;
}
