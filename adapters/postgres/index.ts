/** PostgreSQL: the truth of every engine, and an embedded server for machines that have none. */
export * from './connection.ts'
export * from './embedded.ts'
export * from './engine-store.ts'
export * from './guest-store.ts'
export { HOST_LEASE_MS, type HostSession, openHostSession } from './host-session.ts'
export * from './migrations.ts'
export * from './world-registry.ts'
