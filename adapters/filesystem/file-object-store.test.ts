import { createHash } from 'node:crypto'
import { mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { FileObjectStore, OBJECT_BYTES_MAX } from './file-object-store.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'worldloom-objects-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

const bytesOf = (text: string) => new TextEncoder().encode(text)
const pathOf = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
const filesBelow = async () => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(({ name }) => name)
}

describe('FileObjectStore', () => {
  test('gives back what was put, under the SHA-256 of it', async () => {
    const objects = new FileObjectStore(join(folder, 'deep', 'down'))
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), async bytes => {
        const sha256 = await objects.put(bytes)
        expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
        expect(Buffer.from((await objects.get(sha256)) ?? [])).toEqual(Buffer.from(bytes))
      }),
      { numRuns: 20 },
    )
  })

  test('has two levels of folders and leaves no temporary file', async () => {
    const sha256 = await new FileObjectStore(folder).put(bytesOf('one'))
    expect((await stat(pathOf(sha256))).isFile()).toBe(true)
    expect(await filesBelow()).toEqual([sha256])
  })

  test('knows nothing of an object never put', async () => {
    expect(await new FileObjectStore(folder).get('0'.repeat(64))).toBeUndefined()
  })

  test('survives being opened again, and many who put the same at once', async () => {
    const objects = new FileObjectStore(folder)
    const names = await Promise.all(Array.from({ length: 20 }, () => objects.put(bytesOf('together'))))
    expect(new Set(names).size).toBe(1)
    expect(await filesBelow()).toEqual([names[0]])
    expect(await new FileObjectStore(folder).get(names[0] ?? '')).toBeDefined()
  })

  test('refuses bytes that were changed or cut short, and mends them when put again', async () => {
    const objects = new FileObjectStore(folder)
    const sha256 = await objects.put(bytesOf('precious'))
    for (const damage of [() => writeFile(pathOf(sha256), 'preciouz'), () => truncate(pathOf(sha256), 3)]) {
      await damage()
      await expect(objects.get(sha256)).rejects.toMatchObject({ code: 'object-corrupt', retry: 'never' })
      await objects.put(bytesOf('precious'))
      expect(await objects.get(sha256)).toBeDefined()
    }
  })

  test('takes no name that could lead elsewhere', async () => {
    const objects = new FileObjectStore(folder)
    for (const name of ['', '../../etc/passwd', 'A'.repeat(64), '0'.repeat(63), `${'0'.repeat(64)}\n`]) {
      await expect(objects.get(name)).rejects.toMatchObject({ code: 'object-name-invalid' })
    }
  })

  test('has a size limit', async () => {
    const objects = new FileObjectStore(folder)
    await expect(objects.put(new Uint8Array(OBJECT_BYTES_MAX + 1))).rejects.toMatchObject({ code: 'object-too-large' })
    const sha256 = await objects.put(bytesOf('grows'))
    await truncate(pathOf(sha256), OBJECT_BYTES_MAX + 1)
    await expect(objects.get(sha256)).rejects.toMatchObject({ code: 'object-corrupt' })
  })

  test('says so when the folder is none', async () => {
    await writeFile(join(folder, 'file'), '')
    await expect(new FileObjectStore(join(folder, 'file')).put(bytesOf('x'))).rejects.toMatchObject({
      code: 'folder-unusable',
      retry: 'later',
    })
  })
})
