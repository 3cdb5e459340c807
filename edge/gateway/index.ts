/** The one port: serves the Client and its objects, knows guests by their cookie, carries frames to and from worlds. */
export { createGateway, type Gateway, type GatewayOptions, type GatewayStats } from './gateway.ts'
export type { GuestStore } from './guests.ts'
export { GATEWAY_LIMITS, type GatewayLimits } from './limits.ts'
