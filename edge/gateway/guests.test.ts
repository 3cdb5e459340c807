import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { ADDRESSES_MAX, Guests } from './guests.ts'
import { memoryGuests } from './trial/stand.ts'

test('only the hash of the secret is kept', async () => {
  const kept: Uint8Array[] = []
  const guests = new Guests({ create: async (_, hash) => void kept.push(hash), find: async () => kept[0] }, 60)
  const { player, token } = await guests.create('a', 1_700_000_000_000)
  const secret = Buffer.from(token.split('.')[1] ?? '', 'base64url')
  expect([secret.length, kept]).toEqual([32, [createHash('sha256').update(secret).digest()]])
  expect(await guests.recognise(token)).toBe(player)
  expect(await guests.recognise(`${player}.${Buffer.alloc(32).toString('base64url')}`)).toBeUndefined()
})

test('strange tokens are nobody, and the store is not even asked', async () => {
  const guests = new Guests({ create: async () => undefined, find: () => Promise.reject(new Error('asked')) }, 60)
  const uuid = '01938000-0000-7000-8000-000000000001'
  for (const token of [undefined, '', '.', uuid, `${uuid}.short`, `x.${'A'.repeat(43)}`, 'x'.repeat(100_000)]) {
    expect(await guests.recognise(token)).toBeUndefined()
  }
})

test('new guests are counted by address, and so many addresses as the bound allows', async () => {
  const store = memoryGuests()
  const guests = new Guests(store, 1)
  await guests.create('first', 0)
  await expect(guests.create('first', 0)).rejects.toMatchObject({ code: 'too-many-guests', retry: 'later' })
  for (let n = 0; n < ADDRESSES_MAX; n++) await guests.create(`address ${n}`, 0)
  // The first address was counted longest ago and is forgotten; the others are not.
  await expect(guests.create(`address ${ADDRESSES_MAX - 1}`, 0)).rejects.toMatchObject({ code: 'too-many-guests' })
  await guests.create('first', 0)
  expect(store.size).toBe(ADDRESSES_MAX + 2)
})
