/** Where a thread of Node begins: it does not inherit what makes Node read TypeScript. */
import { register } from 'tsx/esm/api';

register();
await import('./node.ts');
