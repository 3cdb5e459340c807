/** The rival: one Colyseus room, its state a map of people, patched at 15 Hz. Moves come as bytes, its cheapest way. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Client, Room, Server } from '@colyseus/core'
import { type SchemaType, schema, t } from '@colyseus/schema'
import { WebSocketTransport } from '@colyseus/ws-transport'
import { intentCodec } from '@worldloom/capabilities/movement'
import { PRESENCE_HZ } from '@worldloom/capabilities/presence'
import { Counters, report } from './reporting.ts'

const Person = schema({ x: t.uint16(), y: t.uint16(), pose: t.uint8() })
const Crowd = schema({
  /** When the tick began, UTC ms, low 32 bits: the load client reads it. */
  at: t.uint32(),
  people: t.map(Person),
})

const MOVE = 0
const counters = new Counters()

class CrowdRoom extends Room<{ state: SchemaType<typeof Crowd> }> {
  override state = new Crowd()
  override patchRate = 1000 / PRESENCE_HZ

  override onCreate(): void {
    this.onMessageBytes(MOVE, (client: Client, bytes: Uint8Array) => {
      const move = intentCodec.read(bytes)
      const person = move && this.state.people.get(client.sessionId)
      if (!person) return
      person.x = move.x
      person.y = move.y
      person.pose = move.pose
    })
  }

  override onJoin(client: Client): void {
    this.state.people.set(client.sessionId, new Person())
  }

  override onLeave(client: Client): void {
    this.state.people.delete(client.sessionId)
  }

  override broadcastPatch(): boolean {
    const beganAt = performance.now()
    this.state.at = Date.now() % 2 ** 32
    const changed = super.broadcastPatch()
    counters.tick(performance.now() - beganAt)
    return changed
  }
}

// No pings: the load client answers none, to stay cheap.
const http = createServer()
const server = new Server({ greet: false, transport: new WebSocketTransport({ server: http, pingInterval: 0 }) })
server.define('crowd', CrowdRoom)
await server.listen(0, '127.0.0.1')
report((http.address() as AddressInfo).port, counters, () => server.gracefullyShutdown(false))
