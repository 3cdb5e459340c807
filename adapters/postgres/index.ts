/** PostgreSQL: the truth of every engine, and an embedded server for machines that have none. */
export * from './embedded.ts'
