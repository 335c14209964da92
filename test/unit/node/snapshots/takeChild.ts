/** Takes snapshots until it is killed: `takeChild.ts <root> <stores>`. */
import { createNodeSnapshots } from '../../../../src/node/snapshots/nodeSnapshots';
import { LIMITS } from './place';

async function main(): Promise<void> {
  const [root = '', stores = ''] = process.argv.slice(2);
  const snapshots = createNodeSnapshots(stores, { idle: 0 });
  for (;;) await snapshots.take(root, { touched: [], keep: true, limits: LIMITS });
}

void main();
