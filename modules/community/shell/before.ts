import type { Place } from '@worldloom/capabilities/movement'
import type { Person } from '@worldloom/capabilities/sessions'
import type { Actor, Ask, Before } from '@worldloom/contract'
import type { Community, Standing } from '../words.ts'

/** Reads who speaks and where, so that the rule need not believe the speaker. */
export const before: Before<Community> = {
  say: async (ask, { channel }, actor) => ({ before: await standing(ask, channel, actor) }),
  history: async (ask, { channel }, actor) => ({ before: await standing(ask, channel, actor) }),
}

async function standing(ask: Ask<Community>, channel: 'world' | 'zone', { player }: Actor): Promise<Standing> {
  const person = (await ask('sessions', 'person', { player })) as Person | null
  const place = channel === 'zone' ? ((await ask('movement', 'where', { player })) as Place | null | undefined) : null
  return { name: person?.name ?? null, zone: place?.zone ?? null }
}
