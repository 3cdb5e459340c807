/** PostgreSQL: the truth of every engine, and an embedded server for machines that have none. */
export * from './connection.ts'
export * from './embedded.ts'
