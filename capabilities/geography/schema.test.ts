import { z } from '@worldloom/contract'
import { expect, test } from 'vitest'
import { WORLD_FORMAT_VERSION, worldFileSchema } from './world-file.ts'

/**
 * The published schema is made from the one declaration. After a change of the format, write it anew with
 * `npx vitest run capabilities/geography/schema.test.ts -u` and review the difference.
 */
test('docs/reference/world-file.schema.json is the schema in force', async () => {
  const schema = {
    title: 'Worldloom World file',
    description: `Format ${WORLD_FORMAT_VERSION}. Rules beyond the shape: docs/guide/world-files.md.`,
    ...z.toJSONSchema(worldFileSchema, { io: 'input' }),
  }
  await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
    '../../docs/reference/world-file.schema.json',
  )
})
