import { open } from 'node:fs/promises'
import { Fault } from '@worldloom/contract'

/** Reads a file that a person named. Throws a Fault (`file-missing`, `file-unreadable`, `file-too-large`). */
export async function readInput(path: string, bytesMax: number): Promise<Buffer> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new Fault('file-missing', `There is no file ${path}.`)
    throw new Fault('file-unreadable', `${path} cannot be read (${error.code ?? error.message}).`, 'never', error)
  })
  try {
    const chunks: Buffer[] = []
    let bytes = 0
    // Its size is not asked for: a pipe or a device has none, and may never end.
    for await (const chunk of file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > bytesMax)
        throw new Fault('file-too-large', `${path} is larger than ${Math.floor(bytesMax / 1_048_576)} MiB.`)
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } catch (error) {
    if (error instanceof Fault) throw error
    const { code = '', message } = error as NodeJS.ErrnoException
    throw new Fault('file-unreadable', `${path} cannot be read (${code || message}).`, 'never', error)
  } finally {
    await file.close()
  }
}
