/** The typed client for browsers and Node: `connect`, then `enter`, `command`, `query`, `send` and `on`. */
export { BACKOFF_MS } from './backoff.ts'
export { type Connection, type ConnectOptions, connect, SEND_BACKLOG_BYTES_MAX } from './connect.ts'
export { guestSocket, type OpenSocket, type SocketLike, socketUrl } from './socket.ts'
export type {
  CommandInput,
  CommandName,
  CommandOutcome,
  CommandReply,
  ConnectionState,
  EndReason,
  Entered,
  EventData,
  EventName,
  QueryAnswer,
  QueryInput,
  QueryName,
  Refusal,
  Welcome,
  WorldLine,
} from './words.ts'
