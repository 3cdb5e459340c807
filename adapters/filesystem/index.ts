/** Content-addressed objects in a folder. */
export * from './file-object-store.ts'
