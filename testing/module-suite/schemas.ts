import { type AnyModule, canonical, type EventSpec, z } from '@worldloom/contract'
import { type Check, findings, plainTrial } from './check.ts'
import { commandsOf, documentSchema, eventsOf, queriesOf } from './declared.ts'
import { ENGINE } from './stage.ts'
import type { SceneRun } from './trial.ts'

/** Why a value does not come back as it was through its schema and JSON; undefined when it does. */
function loss(schema: z.ZodType, value: unknown, asText: boolean): string | undefined {
  try {
    const sent: unknown = asText ? JSON.parse(canonical(value)) : value
    const parsed = schema.safeParse(sent)
    if (!parsed.success)
      return parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')
    if (canonical(parsed.data) !== canonical(value)) return 'the schema drops or changes part of it'
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

/** Why bytes cannot be made of an event's data, or not be read again. */
function codecLoss(codec: NonNullable<EventSpec['binary']>, data: unknown): string | undefined {
  try {
    const bytes = codec.write(data)
    if (bytes[0] !== codec.tag) return `its bytes do not begin with its tag ${codec.tag}`
    const read = codec.read(bytes)
    if (read === undefined) return 'its bytes cannot be read again'
    const same = Buffer.compare(Buffer.from(codec.write(read)), Buffer.from(bytes)) === 0
    return same ? undefined : 'its bytes come back as other bytes'
  } catch (error) {
    return (error as Error).message
  }
}

function lostIn(module: AnyModule, run: SceneRun): string[] {
  const found: string[] = run.misshapen.map(what => `${what} does not fit its schema`)
  const settings = loss(module.words.settings, run.ground.settings.module, true)
  if (settings) found.push(`the sample settings: ${settings}`)
  const add = (what: string, why: string | undefined) => {
    if (why) found.push(`${what}: ${why}`)
  }
  const events = eventsOf(module)
  const documents = new Map<string, unknown>(Object.entries(run.given))
  for (const { type, data, at } of run.events) {
    const declared = events.get(type)
    if (declared) add(`event ${type}`, loss(declared.data, data, !declared.binary))
    if (declared?.binary) add(`event ${type}`, codecLoss(declared.binary, data))
    for (const [key, fold] of foldsOf(module, type, data, at)) {
      const next = fold((documents.get(key) ?? undefined) as never) as unknown
      documents.set(key, next)
      const schema = documentSchema(module, key)
      if (next !== null && schema) add(`document ${key}`, loss(schema, next, module.keeping !== 'ephemeral'))
    }
  }
  for (const { key, data } of run.store.engine(ENGINE).documents.values()) {
    const schema = documentSchema(module, key)
    if (schema && data !== null) add(`stored document ${key}`, loss(schema, JSON.parse(data), true))
  }
  return found
}

/** An event's folds; none when its rule throws, which another check reports. */
function foldsOf(module: AnyModule, type: string, data: unknown, at: number) {
  try {
    return module.evolve[type]?.(data, at) ?? []
  } catch {
    return []
  }
}

/** Schemas that cannot be written down for people who do not read our code. */
function unwritable(module: AnyModule): string[] {
  const found: string[] = []
  const write = (what: string, schema: z.ZodType | undefined, io: 'input' | 'output', bytes = false) => {
    if (!schema) return
    try {
      z.toJSONSchema(schema, { io, unrepresentable: bytes ? 'any' : 'throw' })
    } catch (error) {
      found.push(`${what} has no JSON Schema: ${(error as Error).message}`)
    }
  }
  for (const [name, { input, reply, binary }] of commandsOf(module)) {
    write(`command ${name}`, input, 'input', binary !== undefined)
    // A command that answers nothing has nothing to write down.
    if (reply && reply.type !== 'undefined') write(`the reply of ${name}`, reply, 'output')
  }
  for (const [name, { input, answer }] of queriesOf(module)) {
    write(`query ${name}`, input, 'input')
    write(`the answer of ${name}`, answer, 'output')
  }
  for (const [name, { data, binary }] of eventsOf(module)) write(`event ${name}`, data, 'output', binary !== undefined)
  for (const [kind, schema] of Object.entries(module.words.documents))
    write(`document ${kind}`, schema as z.ZodType, 'output')
  write('its settings', module.words.settings, 'input')
  return found
}

export const schemas: Check = {
  id: 'MOD-5',
  says: 'what it says and remembers fits its schemas, survives being written down, and has a JSON Schema',
  async look(subject) {
    const runs = await plainTrial(subject)
    return findings([...unwritable(subject.module), ...runs.flatMap(run => lostIn(subject.module, run))])
  },
}
