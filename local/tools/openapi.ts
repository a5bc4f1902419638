/**
 * `npm run openapi`: writes docs/openapi.json, the contract of the API, from the schemas by which the API itself parses
 * and answers.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDocument } from 'zod-openapi';
import { ABSENCE_PATHS } from './openapi/absence-paths.ts';
import { ADMINISTRATION_PATHS } from './openapi/administration-paths.ts';
import { REQUEST_PATHS } from './openapi/request-paths.ts';
import { TASK_PATHS } from './openapi/task-paths.ts';

export const OPENAPI_FILE = join(import.meta.dirname, '../../docs/openapi.json');

/** The document, in the words of OpenAPI 3.1. */
export function openApiDocument() {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Meridian',
      version: '1',
      description:
        "Tasks and requests of whoever the token names, for an OA's own task list. The token is the ID token of the company's sign-in, for a client that the company lists for the OA.",
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The address of the pages: output `PagesUrl` of the stack.' }],
    security: [{ idToken: [] }],
    components: {
      securitySchemes: { idToken: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
    paths: {
      ...TASK_PATHS,
      ...REQUEST_PATHS,
      ...ABSENCE_PATHS,
      ...ADMINISTRATION_PATHS,
    },
  });
}

/** The text of the file. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`;
}

if (import.meta.main) {
  writeFileSync(OPENAPI_FILE, openApiText());
}
