/** Where the local cloud's programs are (made by `local/setup`). */
import { join } from 'node:path';

/** The project's folder. */
export const ROOT = join(import.meta.dirname, '../..');

/** Node 24, which the npm package `node` brings: what AWS runs the functions on. */
export const NODE = join(ROOT, 'node_modules/node/bin/node');

/** Python with MiniStack. */
export const CLOUD_PYTHON = join(ROOT, '.local/python/cloud/bin/python');

/** Python with Tryton. */
export const TRYTON_PYTHON = join(ROOT, '.local/python/tryton/bin/python');
