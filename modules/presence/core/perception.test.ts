import { decodeFrame } from '@worldloom/capabilities/presence'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeIn, Rehearsal } from '../rehearsal.ts'
import { INDEX_REST_MS } from './numbers.ts'

/** A client that knows only what it was sent. */
interface ToyClient {
  zone: string
  readonly known: Map<number, { readonly player: string; x: number; y: number }>
}

const PLAYERS = ['ana', 'bo', 'cy', 'di', 'eli', 'flo']
const ZONES = ['square', 'mill', 'grove']

const deed = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('join' as const), who: fc.nat(5), zone: fc.nat(2) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('move' as const), who: fc.nat(5), x: fc.nat(20) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cross' as const), who: fc.nat(5), zone: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave' as const), who: fc.nat(5) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('tick' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rest' as const) }) },
)

test('PRESENCE-10: no client is ever sent an index it was not told of, and after a cycle all know the truth', () => {
  let frames = 0
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 150, size: 'max' }), deeds => {
      const stage = new Rehearsal()
      const truth = new Map<string, { zone: string; x: number }>()
      const clients = new Map<string, ToyClient>()
      /** The last moment at which each index was somebody's. */
      const owners = new Map<number, { player: string; until: number }>()

      const deliver = (events: ReturnType<Rehearsal['tick']>) => {
        for (const event of events) {
          switch (event.type) {
            case 'snapshot': {
              const client = clients.get(event.data.player)
              expect(client?.zone).toBe(event.data.zone)
              client?.known.clear()
              for (const { index, player, x, y } of event.data.people) client?.known.set(index, { player, x, y })
              break
            }
            case 'appeared': {
              const { zone, index, player, x, y } = event.data
              for (const client of inZone(zone)) client.known.set(index, { player, x, y })
              break
            }
            case 'disappeared':
              for (const client of inZone(event.data.zone)) {
                expect(client.known.get(event.data.index)?.player).toBe(event.data.player)
                client.known.delete(event.data.index)
              }
              break
            case 'frame':
              frames += 1
              for (const { index, x, y } of decodeFrame(event.data.bytes)?.entries ?? []) {
                for (const client of inZone(event.data.zone)) {
                  const person = client.known.get(index)
                  if (!person) throw new Error(`a frame of ${event.data.zone} speaks of unknown index ${index}`)
                  expect(truth.get(person.player)?.zone).toBe(event.data.zone)
                  Object.assign(person, { x, y })
                }
              }
              break
            case 'numbered': {
              const earlier = owners.get(event.data.index)
              if (earlier) expect(stage.at).toBeGreaterThanOrEqual(earlier.until)
              owners.set(event.data.index, { player: event.data.player, until: Number.POSITIVE_INFINITY })
              break
            }
            case 'retired':
              owners.set(event.data.index, { player: event.data.player, until: stage.at + INDEX_REST_MS - 1 })
              break
          }
        }
      }
      const inZone = (zone: string) => [...clients.values()].filter(client => client.zone === zone)

      for (const it of deeds) {
        const player = 'who' in it ? (PLAYERS[it.who] ?? '') : ''
        const zone = 'zone' in it ? (ZONES[it.zone] ?? '') : ''
        const here = truth.get(player)
        if (it.do === 'join' && !here) {
          truth.set(player, { zone, x: 0 })
          clients.set(player, { zone, known: new Map() })
          deliver(stage.react('placed', placeIn(player, zone)))
        } else if (it.do === 'move' && here) {
          here.x = it.x
          deliver(stage.react('moved', placeIn(player, here.zone, it.x)))
        } else if (it.do === 'cross' && here && here.zone !== zone) {
          const from = here.zone
          here.zone = zone
          // As the gateway does: topics follow movement's event before presence has reacted to it.
          const client = clients.get(player)
          if (client) client.zone = zone
          deliver(stage.react('zone-changed', { ...placeIn(player, zone, here.x), from }))
          deliver(stage.react('moved', placeIn(player, zone, here.x)))
        } else if (it.do === 'leave' && here) {
          truth.delete(player)
          clients.delete(player)
          deliver(stage.react('removed', { player, zone: here.zone }))
        } else if (it.do === 'tick') {
          deliver(stage.tick())
        } else if (it.do === 'rest') {
          stage.at += INDEX_REST_MS / 2
        }
      }
      for (let tick = 0; tick < 4; tick += 1) deliver(stage.tick())

      for (const client of clients.values()) {
        const seen = [...client.known.values()].map(({ player, x }) => `${player} ${x}`).sort()
        const there = [...truth]
          .filter(([, { zone }]) => zone === client.zone)
          .map(([player, { x }]) => `${player} ${x}`)
        expect(seen).toEqual(there.sort())
      }
    }),
    { numRuns: 300 },
  )
  expect(frames).toBeGreaterThan(100)
})
