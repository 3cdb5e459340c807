import { AsyncLocalStorage } from 'node:async_hooks'
import { type Check, findings } from './check.ts'
import { trial } from './trial.ts'

/** Which rule is running, through everything that it waits for. */
const running = new AsyncLocalStorage<string>()

type Setter = (run: (...args: unknown[]) => void, ...rest: unknown[]) => unknown

/** Watches the timers that rules set while something runs. Returns who left which; clears what is left. */
async function timersLeftBy(work: () => Promise<unknown>): Promise<string[]> {
  const left = new Map<unknown, string>()
  const was = { ...globals() }
  const watch = (name: 'setTimeout' | 'setInterval' | 'setImmediate') => {
    const set = was[name] as unknown as Setter
    const watched: Setter = (run, ...rest) => {
      const rule = running.getStore()
      if (rule === undefined) return set(run, ...rest)
      const handle = set(
        (...args) => {
          if (name !== 'setInterval') left.delete(handle)
          run(...args)
        },
        ...rest,
      )
      left.set(handle, `${rule} leaves a timer behind (${name})`)
      return handle
    }
    globalThis[name] = Object.assign(watched, set) as never
  }
  const forget = (name: 'clearTimeout' | 'clearInterval' | 'clearImmediate') => {
    const clear = was[name] as (handle: unknown) => void
    globalThis[name] = ((handle: unknown) => {
      left.delete(handle)
      clear(handle)
    }) as never
  }
  watch('setTimeout')
  watch('setInterval')
  watch('setImmediate')
  forget('clearTimeout')
  forget('clearInterval')
  forget('clearImmediate')
  try {
    await work()
  } finally {
    Object.assign(globalThis, was)
    for (const handle of left.keys()) {
      clearTimeout(handle as never)
      clearImmediate(handle as never)
    }
  }
  return [...left.values()]
}

const globals = () => {
  const { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate } = globalThis
  return { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval, clearImmediate }
}

export const noTimersLeft: Check = {
  id: 'MOD-12',
  says: 'once closed, it leaves nothing scheduled',
  async look({ module, samples }) {
    const found: string[] = []
    const probe = {
      run: <T>(what: string, rule: () => T): T => running.run(what, rule),
      before: <T>(what: string, read: () => Promise<T>): Promise<T> => running.run(what, read),
    }
    const left = await timersLeftBy(async () => {
      for (const { timersLeft } of await trial(module, samples, { probe })) {
        if (timersLeft > 0) found.push(`${timersLeft} of the engine's timers are still set after it has closed`)
      }
    })
    return findings([...found, ...left])
  },
}
